package org.deadletteroffice.core.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.archive.LetterFile;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.jspecify.annotations.Nullable;

/// Reads the messages of an exported file, line by line; each is named for its line.
final class FileSource implements MessageSource {
    private static final int PIECE = 1_000;
    private static final long PIECE_BYTES = 4 << 20;

    private final ImportRequest request;
    private final LetterFile.Reader reader;

    /// @param position where an earlier reader stopped; null for the beginning
    /// @throws OperatorException when the file is gone, or is not the one that was checked
    FileSource(ImportRequest request, @Nullable String position) throws OperatorException {
        this.request = request;
        try {
            if (!LetterFile.sha256(request.file()).equals(request.sha256())) {
                throw Importing.changed(request.file());
            }
            reader = LetterFile.open(request.file(), position);
        } catch (IOException unreadable) {
            throw Importing.unreadable(request.file(), unreadable);
        }
    }

    @Override
    public Optional<Piece> next() throws OperatorException {
        var letters = new ArrayList<DeadLetter>();
        var bytes = 0L;
        try {
            while (letters.size() < PIECE && bytes < PIECE_BYTES) {
                var letter = reader.next(request.source());
                if (letter.isEmpty()) {
                    break;
                }
                letters.add(letter.get());
                bytes += letter.get().size();
            }
        } catch (IOException unreadable) {
            throw Importing.unreadable(request.file(), unreadable);
        }
        return letters.isEmpty()
                ? Optional.empty()
                : Optional.of(new Piece(letters, List.<MessageId>of(), position()));
    }

    @Override
    public boolean goOn() {
        return false;
    }

    @Override
    public String position() {
        return reader.position();
    }

    @Override
    public void close() {
        reader.close();
    }
}
