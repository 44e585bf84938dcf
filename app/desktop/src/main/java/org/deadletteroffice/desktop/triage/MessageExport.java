package org.deadletteroffice.desktop.triage;

import java.nio.file.Path;
import org.deadletteroffice.core.job.ExportRequest;
import org.deadletteroffice.core.job.Exported;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.message.QueueRef;

/// Writes messages to a file that `dlo import` brings back. FX thread only.
final class MessageExport {
    private final Desk desk;

    MessageExport(Desk desk) {
        this.desk = desk;
    }

    /// Asks where to; the dialog asks before it replaces a file.
    void choose(QueueRef source, Target about, boolean includeResolved) {
        desk.dialogs()
                .chooseTarget(
                        "Export " + about.words(),
                        source.name().replaceAll("[^\\w.-]", "_") + ".jsonl",
                        file -> write(source, about, includeResolved, file));
    }

    private void write(QueueRef source, Target about, boolean includeResolved, Path file) {
        desk.dialogs().say("Writing " + about.words() + " to " + file + "…");
        desk.background()
                .run(
                        () ->
                                desk.engine()
                                        .jobs()
                                        .export(
                                                new ExportRequest(
                                                        source,
                                                        about.scope(),
                                                        includeResolved,
                                                        file,
                                                        true,
                                                        "")),
                        done -> desk.dialogs().say(words(done)),
                        desk.dialogs()::tell);
    }

    private static String words(Exported done) {
        var wrote =
                "Wrote "
                        + Amounts.of(done.messages(), "message", "messages")
                        + " to "
                        + done.file();
        return done.leftOut() == 0
                ? wrote + "."
                : wrote + "; " + Amounts.of(done.leftOut()) + " could not be read or are gone.";
    }
}
