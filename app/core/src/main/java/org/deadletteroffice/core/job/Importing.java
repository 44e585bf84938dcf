package org.deadletteroffice.core.job;

import java.io.IOException;
import java.nio.file.Path;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.archive.LetterFile;
import org.deadletteroffice.spi.message.QueueRef;

/// Checks a file of messages before any of it is sent.
final class Importing {
    /// @param messages how many the file holds
    record Checked(ImportRequest request, long messages) {}

    /// Reads the whole file.
    ///
    /// @throws OperatorException WRONG_USE when it cannot be read, or a line is no message
    static Checked check(QueueRef to, Path file, String reason) throws OperatorException {
        var whole = file.toAbsolutePath().normalize();
        try (var reader = LetterFile.open(whole, null)) {
            var messages = 0L;
            while (reader.next(to).isPresent()) {
                messages++;
            }
            return new Checked(
                    new ImportRequest(to, whole, LetterFile.sha256(whole), reason), messages);
        } catch (LetterFile.BadLine bad) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    "Line " + bad.line() + " of " + file + " is no message: " + bad.getMessage(),
                    "Correct the line or take it out; nothing was sent.",
                    bad);
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    static OperatorException unreadable(Path file, IOException cause) {
        return new OperatorException(
                Kind.WRONG_USE,
                "The file " + file + " cannot be read.",
                "Check its name and its permissions.",
                cause);
    }

    static OperatorException changed(Path file) {
        return new OperatorException(
                Kind.REFUSED,
                "The file " + file + " was changed since the import began.",
                "Put the file back as it was and resume the job, or abandon it.");
    }

    private Importing() {}
}
