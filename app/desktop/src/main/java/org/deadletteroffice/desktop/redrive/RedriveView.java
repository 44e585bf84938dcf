package org.deadletteroffice.desktop.redrive;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.SideSheet;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.ErrorCard;
import org.deadletteroffice.desktop.shell.Shortcut;
import org.deadletteroffice.desktop.text.Amounts;
import org.jspecify.annotations.Nullable;

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
    private final VBox trouble = new VBox();

    public RedriveView(RedriveModel model) {
        this.model = model;
        getStyleClass().add("redrive-view");
        setMaxWidth(WIDTH);
        setPrefWidth(WIDTH);
        var sheet = new SideSheet(model.title(), model::close);
        sheet.setTitleExtras(environment());
        sheet.setAbove(new StepBar(model));

        var body =
                new VBox(
                        14,
                        new PlanPane(model),
                        trouble,
                        new RehearsalPane(model),
                        new ConfirmPane(model));
        body.getStyleClass().add("redrive-body");
        sheet.setBody(body);
        trouble.setManaged(false);
        model.problemProperty().addListener((_, _, problem) -> show(problem));
        show(model.problemProperty().get());

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

    private Node environment() {
        var badge =
                switch (model.environment()) {
                    case PRODUCTION -> new Badge("PROD", Tone.DANGER);
                    case STAGING -> new Badge("STAGING", Tone.WARNING);
                    case DEVELOPMENT -> new Badge("DEV", Tone.NEUTRAL);
                };
        var box = new HBox(badge);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private void show(@Nullable Problem problem) {
        trouble.getChildren().clear();
        trouble.setManaged(problem != null);
        trouble.setVisible(problem != null);
        if (problem != null) {
            var again = Buttons.plain("Rehearse again", model::rehearse);
            trouble.getChildren().add(new ErrorCard(problem, again));
        }
    }

    private StringBinding goWords() {
        return Bindings.createStringBinding(
                () -> {
                    var preview = model.previewProperty().get();
                    if (model.rehearsingProperty().get()) {
                        return "Rehearsing…";
                    }
                    if (preview == null) {
                        return "Rehearse";
                    }
                    return model.startingProperty().get()
                            ? "Starting…"
                            : "Redrive " + Amounts.of(preview.planned());
                },
                model.previewProperty(),
                model.rehearsingProperty(),
                model.startingProperty());
    }

    private javafx.beans.binding.BooleanBinding goBlocked() {
        return Bindings.createBooleanBinding(
                () ->
                        model.rehearsingProperty().get()
                                || (model.previewProperty().get() == null
                                        ? !model.faultProperty().get().isEmpty()
                                                || !model.programFaultProperty().get().isEmpty()
                                        : !model.canStartProperty().get()),
                model.rehearsingProperty(),
                model.previewProperty(),
                model.faultProperty(),
                model.programFaultProperty(),
                model.canStartProperty());
    }

    private StringBinding note() {
        return Bindings.createStringBinding(
                () -> {
                    var preview = model.previewProperty().get();
                    var fault = model.faultProperty().get();
                    if (!fault.isEmpty()) {
                        return fault;
                    }
                    if (preview == null) {
                        return model.rehearsingProperty().get()
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
                model.previewProperty(),
                model.rehearsingProperty(),
                model.faultProperty());
    }

    /// A label for the left column of the form.
    static Label name(String words) {
        var label = new Label(words);
        label.getStyleClass().add("form-name");
        label.setMinWidth(Label.USE_PREF_SIZE);
        return label;
    }

    /// A small, quiet label.
    static Label small(String words) {
        var label = new Label(words);
        label.getStyleClass().add("small-muted");
        label.setWrapText(true);
        return label;
    }
}
