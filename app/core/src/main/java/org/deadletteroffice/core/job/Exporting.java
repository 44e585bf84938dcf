package org.deadletteroffice.core.job;

import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.archive.LetterFile;
import org.deadletteroffice.core.archive.LetterJson;
import org.deadletteroffice.core.ledger.LedgerFates.Known;
import org.deadletteroffice.spi.error.BrokerException;

/// Writes the messages of a scope to a file, in flat memory: beside it first, then moved to its
/// name. Only the user may read it.
final class Exporting {
    private final Workshop workshop;
    private final ExportRequest request;
    private final ScopeRule scope;
    private long messages;
    private long leftOut;

    Exporting(Workshop workshop, ExportRequest request) throws OperatorException {
        this.workshop = workshop;
        this.request = request;
        this.scope = ScopeRule.of(request.scope(), workshop.messages());
    }

    Exported run() throws OperatorException, BrokerException {
        var file = request.file().toAbsolutePath().normalize();
        if (Files.exists(file) && !request.replace()) {
            throw new OperatorException(
                    Kind.REFUSED,
                    "The file " + file + " is there already.",
                    "Choose another name, or allow it to be replaced.");
        }
        try {
            var folder = file.getParent();
            if (folder == null) {
                throw new IOException("no folder for " + file);
            }
            var beside = Files.createTempFile(folder, ".exporting-", ".tmp");
            try {
                write(beside);
                var sha256 = LetterFile.sha256(beside);
                var bytes = Files.size(beside);
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
                audit(file, sha256);
                return new Exported(file, messages, leftOut, bytes, sha256);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException notWritten) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    "The messages could not be written to " + file + ".",
                    "Choose a file in a folder that can be written to and has space.",
                    notWritten);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new BrokerException.Cancelled("The export was interrupted.", stop);
        }
    }

    private void write(Path beside)
            throws IOException, OperatorException, BrokerException, InterruptedException {
        var source = request.source();
        var connection = workshop.brokers().connection(source.profile());
        var identity = connection.queue(source).identity();
        var queue = workshop.fates().queueKey(source, identity).orElse(-1);
        var control = new JobControl();
        try (var out = new FileOutputStream(beside.toFile());
                var lines =
                        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                var reader =
                        new ScopeReader(
                                workshop.brokers(),
                                source,
                                request.scope(),
                                connection.snapshot(source),
                                null,
                                control)) {
            for (var piece = reader.next(); piece.isPresent(); piece = reader.next()) {
                write(piece.get(), queue, lines);
            }
            lines.flush();
            out.getFD().sync();
        }
    }

    private void write(MessageSource.Piece piece, int queue, BufferedWriter lines)
            throws IOException {
        var known = workshop.fates().known(queue, -1, piece.letters());
        leftOut += piece.gone().size();
        for (var letter : piece.letters()) {
            var before = known.getOrDefault(letter.id(), Known.NOTHING);
            if (!scope.means(letter, before, request.includeResolved())) {
                continue;
            }
            if (letter.corrupt() != null) {
                leftOut++;
                continue;
            }
            lines.write(LetterJson.write(letter));
            lines.write('\n');
            messages++;
        }
    }

    private void audit(Path file, String sha256) {
        workshop.audit()
                .append(
                        "export",
                        request.source().profile(),
                        request.source().name(),
                        null,
                        request.reason(),
                        Map.of(
                                "messages", Long.toString(messages),
                                "leftOut", Long.toString(leftOut),
                                "file", file.toString(),
                                "sha256", sha256));
    }
}
