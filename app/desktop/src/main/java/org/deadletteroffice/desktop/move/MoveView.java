package org.deadletteroffice.desktop.move;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.scene.Node;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.job.MovePreview;
import org.deadletteroffice.desktop.control.Labels;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.plan.ConfirmPane;
import org.deadletteroffice.desktop.plan.Figures;
import org.deadletteroffice.desktop.plan.PlanSheet;
import org.deadletteroffice.desktop.plan.RehearsalCard;
import org.deadletteroffice.desktop.plan.Trouble;
import org.deadletteroffice.desktop.shell.Shortcut;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.message.Count;

/// The sheet of a move by the broker: what, rehearse, confirm, from top to bottom.
public final class MoveView extends PlanSheet {
    /// The keys of this sheet.
    public static final List<Shortcut> SHORTCUTS =
            List.of(
                    new Shortcut("Move", "Ctrl+Enter", "Rehearse; then let the broker move them"),
                    new Shortcut("Move", "Esc", "Close without moving anything"));

    private static final RehearsalCard.Words WORDS =
            new RehearsalCard.Words(
                    "nothing has been moved",
                    "Not rehearsed yet, or the plan changed since. The rehearsal asks the broker"
                            + " how many there are and who reads the destination; it looks at no"
                            + " message.",
                    "Asking the broker, moving nothing…");

    public MoveView(MoveModel model) {
        super(
                model,
                "Move",
                note(model),
                new MovePane(model),
                new Trouble(model.rehearsal(), model::rehearse),
                new RehearsalCard<>(model.rehearsal(), model::rehearse, WORDS, MoveView::drawn),
                new ConfirmPane(model.confirmation()));
        getStyleClass().add("move-view");
        warnOfHarm();
    }

    private static List<Node> drawn(MovePreview preview) {
        var nodes = new ArrayList<Node>();
        var messages = preview.messages();
        nodes.add(
                new Figures()
                        .add(
                                (messages.precision() == Count.Precision.EXACT ? "" : "about ")
                                        + Amounts.of(messages.value()),
                                "would be moved",
                                messages.value() == 0 ? Tone.NEUTRAL : Tone.DANGER));
        if (preview.destination() != null) {
            nodes.add(readers(preview));
        }
        return nodes;
    }

    private static Node readers(MovePreview preview) {
        var readers = preview.readers();
        var part =
                new VBox(
                        4,
                        Labels.small(
                                readers.isEmpty()
                                        ? "Nobody is known to read " + preview.destination() + "."
                                        : "Who gets them: " + String.join("; ", readers) + "."));
        part.getStyleClass().add("card-part");
        return part;
    }

    private static StringBinding note(MoveModel model) {
        return Bindings.createStringBinding(
                () -> {
                    var fault = model.faultProperty().get();
                    if (!fault.isEmpty()) {
                        return fault;
                    }
                    var preview = model.rehearsal().previewProperty().get();
                    return preview == null
                            ? "A rehearsal counts and moves nothing."
                            : Amounts.of(preview.messages().value()) + " go · cannot be undone";
                },
                model.rehearsal().previewProperty(),
                model.faultProperty());
    }
}
