package org.deadletteroffice.desktop.purge;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.scene.Node;
import org.deadletteroffice.core.job.PurgePreview;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.plan.ConfirmPane;
import org.deadletteroffice.desktop.plan.Figures;
import org.deadletteroffice.desktop.plan.PlanSheet;
import org.deadletteroffice.desktop.plan.Reasons;
import org.deadletteroffice.desktop.plan.RehearsalCard;
import org.deadletteroffice.desktop.plan.Trouble;
import org.deadletteroffice.desktop.shell.Shortcut;
import org.deadletteroffice.desktop.text.Amounts;

/// The purge sheet: what, what becomes of it, rehearse, confirm, from top to bottom.
public final class PurgeView extends PlanSheet {
    /// The keys of this sheet.
    public static final List<Shortcut> SHORTCUTS =
            List.of(
                    new Shortcut("Purge", "Ctrl+Enter", "Rehearse; then start the purge"),
                    new Shortcut("Purge", "Esc", "Close without taking anything away"));

    private static final RehearsalCard.Words WORDS =
            new RehearsalCard.Words(
                    "nothing has been taken away",
                    "Not rehearsed yet, or the plan changed since. The rehearsal reads all that is"
                            + " meant, counts it, and fixes what the purge may take: what arrives"
                            + " afterwards stays.",
                    "Reading what is meant, taking nothing…");

    public PurgeView(PurgeModel model) {
        super(
                model,
                "Purge",
                note(model),
                new PurgePane(model),
                new Trouble(model.rehearsal(), model::rehearse),
                new RehearsalCard<>(model.rehearsal(), model::rehearse, WORDS, PurgeView::drawn),
                new ConfirmPane(model.confirmation()));
        getStyleClass().add("purge-view");
        warnOfHarm();
    }

    private static List<Node> drawn(PurgePreview preview) {
        var nodes = new ArrayList<Node>();
        var figures =
                new Figures()
                        .add(
                                Amounts.of(preview.planned()),
                                "would be taken away",
                                preview.planned() == 0 ? Tone.NEUTRAL : Tone.DANGER);
        long left = preview.inScope() - preview.planned();
        if (left > 0) {
            figures.add(Amounts.of(left), "left out", Tone.WARNING);
        }
        figures.add(Amounts.bytes(preview.bytes()), "of keys, payloads and headers", Tone.NEUTRAL);
        nodes.add(figures);
        if (!preview.excluded().isEmpty()) {
            var leftOut = Reasons.leftOut(preview.excluded());
            figures.end(leftOut.link());
            nodes.add(leftOut);
        }
        nodes.add(new Outcome(preview));
        return nodes;
    }

    private static StringBinding note(PurgeModel model) {
        return Bindings.createStringBinding(
                () -> {
                    var preview = model.rehearsal().previewProperty().get();
                    if (preview == null) {
                        return "A rehearsal counts and takes nothing away.";
                    }
                    return Amounts.of(preview.planned())
                            + " go · "
                            + (model.archivedProperty().get()
                                    ? "can be put back for " + model.keptFor()
                                    : "cannot be put back");
                },
                model.rehearsal().previewProperty(),
                model.archivedProperty());
    }
}
