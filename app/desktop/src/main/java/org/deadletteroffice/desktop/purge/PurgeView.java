package org.deadletteroffice.desktop.purge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.job.PurgePreview;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.SideSheet;
import org.deadletteroffice.desktop.control.StepBar;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.plan.ConfirmPane;
import org.deadletteroffice.desktop.plan.EnvironmentBadge;
import org.deadletteroffice.desktop.plan.Figures;
import org.deadletteroffice.desktop.plan.LeftOut;
import org.deadletteroffice.desktop.plan.RehearsalCard;
import org.deadletteroffice.desktop.plan.Trouble;
import org.deadletteroffice.desktop.shell.Shortcut;
import org.deadletteroffice.desktop.text.Amounts;

/// The purge sheet: what, what becomes of it, rehearse, confirm, from top to bottom.
public final class PurgeView extends StackPane {
    /// The keys of this sheet.
    public static final List<Shortcut> SHORTCUTS =
            List.of(
                    new Shortcut("Purge", "Ctrl+Enter", "Rehearse; then start the purge"),
                    new Shortcut("Purge", "Esc", "Close without taking anything away"));

    private static final double WIDTH = 760;
    private static final KeyCombination CONFIRM =
            new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);
    private static final RehearsalCard.Words WORDS =
            new RehearsalCard.Words(
                    "nothing has been taken away",
                    "Not rehearsed yet, or the plan changed since. The rehearsal reads all that is"
                            + " meant, counts it, and fixes what the purge may take: what arrives"
                            + " afterwards stays.",
                    "Reading what is meant, taking nothing…");

    private final PurgeModel model;

    public PurgeView(PurgeModel model) {
        this.model = model;
        getStyleClass().add("purge-view");
        setMaxWidth(WIDTH);
        setPrefWidth(WIDTH);
        var sheet = new SideSheet(model.title(), model::close);
        sheet.setTitleExtras(EnvironmentBadge.of(model.confirmation().environment()));
        sheet.setAbove(
                new StepBar(
                        Arrays.stream(PurgeModel.Step.values())
                                .map(PurgeModel.Step::words)
                                .toList(),
                        model.stepProperty().map(Enum::ordinal)));
        var body =
                new VBox(
                        14,
                        new PurgePane(model),
                        new Trouble(model.rehearsal(), model::rehearse),
                        new RehearsalCard<>(
                                model.rehearsal(), model::rehearse, WORDS, PurgeView::drawn),
                        new ConfirmPane(model.confirmation()));
        body.getStyleClass().add("redrive-body");
        sheet.setBody(body);

        var cancel = Buttons.plain("Cancel", model::close);
        var go = Buttons.plain("", model::goOn);
        go.setId("go");
        go.textProperty().bind(goWords());
        model.rehearsal().previewProperty().addListener((_, _, now) -> danger(go, now != null));
        danger(go, model.rehearsal().previewProperty().get() != null);
        Buttons.withKey(go, "Ctrl ↵");
        go.disableProperty().bind(goBlocked());
        sheet.setActs(cancel, go);
        sheet.footNote().textProperty().bind(note());
        getChildren().add(sheet);
        addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (CONFIRM.match(event)) {
                        model.goOn();
                        event.consume();
                    }
                });
    }

    /// Rehearsing harms nothing; what comes after it does.
    private static void danger(Node go, boolean on) {
        go.getStyleClass().removeAll("danger", "success");
        go.getStyleClass().add(on ? "danger" : "success");
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
            var leftOut = new LeftOut(preview.excluded());
            figures.end(leftOut.link());
            nodes.add(leftOut);
        }
        nodes.add(new Outcome(preview));
        return nodes;
    }

    private StringBinding goWords() {
        return Bindings.createStringBinding(
                () -> {
                    var preview = model.rehearsal().previewProperty().get();
                    if (model.rehearsal().runningProperty().get()) {
                        return "Rehearsing…";
                    }
                    if (preview == null) {
                        return "Rehearse";
                    }
                    return model.startingProperty().get()
                            ? "Starting…"
                            : "Purge " + Amounts.of(preview.planned());
                },
                model.rehearsal().previewProperty(),
                model.rehearsal().runningProperty(),
                model.startingProperty());
    }

    private BooleanBinding goBlocked() {
        return Bindings.createBooleanBinding(
                () ->
                        model.rehearsal().runningProperty().get()
                                || (model.rehearsal().previewProperty().get() != null
                                        && !model.canStartProperty().get()),
                model.rehearsal().runningProperty(),
                model.rehearsal().previewProperty(),
                model.canStartProperty());
    }

    private StringBinding note() {
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
