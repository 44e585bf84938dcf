package org.deadletteroffice.desktop.redrive;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import org.deadletteroffice.desktop.plan.ConfirmPane;
import org.deadletteroffice.desktop.plan.PlanSheet;
import org.deadletteroffice.desktop.plan.Trouble;
import org.deadletteroffice.desktop.shell.Shortcut;
import org.deadletteroffice.desktop.text.Amounts;

/// The redrive sheet: what, where and how, rehearse, confirm, from top to bottom.
public final class RedriveView extends PlanSheet {
    /// The keys of this sheet.
    public static final List<Shortcut> SHORTCUTS =
            List.of(
                    new Shortcut("Redrive", "Ctrl+Enter", "Rehearse; then start the redrive"),
                    new Shortcut("Redrive", "Esc", "Close without sending anything"));

    public RedriveView(RedriveModel model) {
        super(
                model,
                "Redrive",
                note(model),
                new PlanPane(model),
                new HeadersCard(model.headers()),
                new Trouble(model.rehearsal(), model::rehearse),
                RehearsalPane.of(model),
                new ConfirmPane(model.confirmation()));
        getStyleClass().add("redrive-view");
    }

    private static StringBinding note(RedriveModel model) {
        return Bindings.createStringBinding(
                () -> {
                    var preview = model.rehearsal().previewProperty().get();
                    var fault = model.faultProperty().get();
                    if (!fault.isEmpty()) {
                        return fault;
                    }
                    if (preview == null) {
                        return model.rehearsal().runningProperty().get()
                                ? "The whole plan runs, and nothing is sent."
                                : "A rehearsal runs the whole plan and sends nothing.";
                    }
                    long stay = preview.inScope() - preview.planned();
                    return Amounts.of(preview.planned())
                            + " will be sent · "
                            + Amounts.of(stay)
                            + (stay == 1 ? " stays" : " stay")
                            + " · a copy of every original is kept 30 days";
                },
                model.rehearsal().previewProperty(),
                model.rehearsal().runningProperty(),
                model.faultProperty());
    }
}
