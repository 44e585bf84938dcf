package org.deadletteroffice.desktop.inspect;

import java.nio.file.Files;
import java.util.List;
import javafx.beans.value.ObservableValue;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.text.Amounts;
import org.jspecify.annotations.Nullable;

/// What can be done with the message that is read; nothing while none is. FX thread only.
public final class MessageActs {
    private final Desk desk;
    private final ObservableValue<@Nullable MessageView> message;

    MessageActs(Desk desk, ObservableValue<@Nullable MessageView> message) {
        this.desk = desk;
        this.message = message;
    }

    public void replay() {
        var shown = message.getValue();
        if (shown != null) {
            var letter = shown.letter();
            desk.navigation()
                    .open(
                            new Sheet.Redrive(
                                    RedriveRequest.toOrigin(letter.queue(), only(shown)),
                                    1,
                                    true,
                                    "message " + letter.id()));
        }
    }

    /// Takes this one message away, with a copy.
    public void purge() {
        var shown = message.getValue();
        if (shown != null) {
            var letter = shown.letter();
            desk.navigation()
                    .open(
                            new Sheet.Purge(
                                    letter.queue(),
                                    only(shown),
                                    1,
                                    true,
                                    "message " + letter.id()));
        }
    }

    private static Scope only(MessageView shown) {
        return new Scope.Ids(List.of(shown.letter().id()));
    }

    public void edit() {
        var shown = message.getValue();
        if (shown != null) {
            desk.navigation().open(new Sheet.Edit(shown.letter().queue(), shown));
        }
    }

    /// Through all brokers and the audit, by the ids it bears.
    public void trace() {
        var shown = message.getValue();
        if (shown != null) {
            desk.navigation().open(new Sheet.Trace(shown));
        }
    }

    /// Beside the nearest message of its key that its reader did not fail on.
    public void compareWithSuccess() {
        var shown = message.getValue();
        if (shown != null) {
            desk.background()
                    .run(
                            () -> desk.engine().siblings().of(shown),
                            found -> {
                                var nearest = found.nearest();
                                if (nearest.isEmpty()) {
                                    desk.dialogs().say(found.note());
                                    return;
                                }
                                var later = found.before() == null ? null : found.after();
                                desk.navigation()
                                        .open(new Sheet.Compare(shown, nearest.get(), later));
                            },
                            desk.dialogs()::tell);
        }
    }

    public void openJob(String job) {
        desk.navigation().open(new Place.Jobs(job));
    }

    public void copyId() {
        var shown = message.getValue();
        if (shown != null) {
            desk.dialogs().copy(shown.letter().id().text(), "Message id");
        }
    }

    public void copyStackTrace() {
        var shown = message.getValue();
        if (shown != null && shown.failure().stackTrace() != null) {
            desk.dialogs().copy(shown.failure().stackTrace(), "Stack trace");
        }
    }

    /// Writes the payload's bytes as they lie.
    public void savePayload() {
        var shown = message.getValue();
        var payload = shown == null ? null : shown.letter().payload();
        if (shown == null || payload == null) {
            return;
        }
        save(
                desk,
                "Save payload",
                shown.letter().queue().name() + "-" + shown.letter().id(),
                payload);
    }

    /// Asks for a file and writes bytes to it.
    static void save(Desk desk, String title, String name, byte[] bytes) {
        desk.dialogs()
                .chooseTarget(
                        title,
                        name + ".bin",
                        file ->
                                desk.background()
                                        .run(
                                                () -> Files.write(file, bytes),
                                                _ ->
                                                        desk.dialogs()
                                                                .say(
                                                                        Amounts.bytes(bytes.length)
                                                                                + " written to "
                                                                                + file.getFileName()
                                                                                + "."),
                                                desk.dialogs()::tell));
    }
}
