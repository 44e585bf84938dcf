package org.deadletteroffice.desktop.redrive;

import java.util.Arrays;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.SideSheet;
import org.deadletteroffice.desktop.control.StepBar;
import org.deadletteroffice.desktop.plan.ConfirmPane;
import org.deadletteroffice.desktop.plan.EnvironmentBadge;
import org.deadletteroffice.desktop.plan.Trouble;
import org.deadletteroffice.desktop.shell.Shortcut;
import org.deadletteroffice.desktop.text.Amounts;

/// The redrive sheet: what, where and how, rehearse, confirm, from top to bottom.
public final class RedriveView extends StackPane {
    /// The keys of this sheet.
    public static final List<Shortcut> SHORTCUTS =
            List.of(
                    new Shortcut("Redrive", "Ctrl+Enter", "Rehearse; then start the redrive"),
                    new Shortcut("Redrive", "Esc", "Close without sending anything"));

    private static final double WIDTH = 760;
    private static final KeyCombination CONFIRM =
            new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);

    private final RedriveModel model;

    public RedriveView(RedriveModel model) {
        this.model = model;
        getStyleClass().add("redrive-view");
        setMaxWidth(WIDTH);
        setPrefWidth(WIDTH);
        var sheet = new SideSheet(model.title(), model::close);
        sheet.setTitleExtras(EnvironmentBadge.of(model.confirmation().environment()));
        sheet.setAbove(
                new StepBar(
                        Arrays.stream(RedriveModel.Step.values())
                                .map(RedriveModel.Step::words)
                                .toList(),
                        model.stepProperty().map(Enum::ordinal)));

        var body =
                new VBox(
                        14,
                        new PlanPane(model),
                        new HeadersCard(model.headers()),
                        new Trouble(model.rehearsal(), model::rehearse),
                        RehearsalPane.of(model),
                        new ConfirmPane(model.confirmation()));
        body.getStyleClass().add("redrive-body");
        sheet.setBody(body);

        var cancel = Buttons.plain("Cancel", model::close);
        var go = Buttons.primary("", model::goOn);
        go.setId("go");
        go.textProperty().bind(goWords());
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
                            : "Redrive " + Amounts.of(preview.planned());
                },
                model.rehearsal().previewProperty(),
                model.rehearsal().runningProperty(),
                model.startingProperty());
    }

    private BooleanBinding goBlocked() {
        return Bindings.createBooleanBinding(
                () ->
                        model.rehearsal().runningProperty().get()
                                || (model.rehearsal().previewProperty().get() == null
                                        ? !model.faultProperty().get().isEmpty()
                                                || !model.programFaultProperty().get().isEmpty()
                                        : !model.canStartProperty().get()),
                model.rehearsal().runningProperty(),
                model.rehearsal().previewProperty(),
                model.faultProperty(),
                model.programFaultProperty(),
                model.canStartProperty());
    }

    private StringBinding note() {
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
