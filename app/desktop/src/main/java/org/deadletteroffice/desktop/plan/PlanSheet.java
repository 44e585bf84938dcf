package org.deadletteroffice.desktop.plan;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.SideSheet;
import org.deadletteroffice.desktop.control.StepBar;
import org.deadletteroffice.desktop.text.Amounts;

/// The sheet of a plan: its steps, its parts from top to bottom, and one button that rehearses
/// first and starts then.
public class PlanSheet extends StackPane {
    private static final double WIDTH = 760;
    private static final KeyCombination GO_ON =
            new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);

    private final PlanModel<?> model;
    private final Button go;

    /// @param verb what the button does in the end: `Purge`
    /// @param note what is to be known before the button is pressed
    protected PlanSheet(
            PlanModel<?> model, String verb, ObservableValue<String> note, Node... parts) {
        this.model = model;
        setMaxWidth(WIDTH);
        setPrefWidth(WIDTH);
        var sheet = new SideSheet(model.title(), model::close);
        sheet.setTitleExtras(EnvironmentBadge.of(model.confirmation().environment()));
        sheet.setAbove(
                new StepBar(
                        model.steps().stream().map(Step::words).toList(),
                        model.stepProperty().map(model.steps()::indexOf)));
        var body = new VBox(14, parts);
        body.getStyleClass().add("plan-body");
        sheet.setBody(body);

        go = Buttons.primary("", model::goOn);
        go.setId("go");
        go.textProperty().bind(goWords(verb));
        Buttons.withKey(go, "Ctrl ↵");
        go.disableProperty().bind(model.blockedProperty());
        sheet.setActs(Buttons.plain("Cancel", model::close), go);
        sheet.footNote().textProperty().bind(note);
        getChildren().add(sheet);
        addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (GO_ON.match(event)) {
                        model.goOn();
                        event.consume();
                    }
                });
    }

    /// Colours the button by what it does: rehearsing harms nothing, what comes after it does.
    protected final void warnOfHarm() {
        model.rehearsal().previewProperty().addListener((_, _, _) -> colour());
        colour();
    }

    private void colour() {
        go.getStyleClass().removeAll("danger", "success");
        go.getStyleClass().add(model.preview() == null ? "success" : "danger");
    }

    private StringBinding goWords(String verb) {
        return Bindings.createStringBinding(
                () -> {
                    if (model.rehearsal().runningProperty().get()) {
                        return "Rehearsing…";
                    }
                    if (model.preview() == null) {
                        return "Rehearse";
                    }
                    return model.startingProperty().get()
                            ? "Starting…"
                            : verb + " " + Amounts.of(model.planned());
                },
                model.rehearsal().previewProperty(),
                model.rehearsal().runningProperty(),
                model.startingProperty());
    }
}
