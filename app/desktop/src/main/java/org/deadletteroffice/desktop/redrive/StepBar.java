package org.deadletteroffice.desktop.redrive;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.deadletteroffice.desktop.control.Icons;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.redrive.RedriveModel.Step;
import org.kordamp.ikonli.feather.Feather;

/// The four steps, with the one the operator stands at.
final class StepBar extends HBox {
    private final RedriveModel model;

    StepBar(RedriveModel model) {
        this.model = model;
        getStyleClass().add("step-bar");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(20);
        model.stepProperty().addListener((_, _, _) -> show());
        show();
    }

    private void show() {
        getChildren().clear();
        var now = model.stepProperty().get();
        int position = 0;
        for (var step : Step.values()) {
            position++;
            boolean done = step.compareTo(now) < 0;
            var number = new Label();
            if (done) {
                number.setGraphic(Icons.of(Feather.CHECK));
            } else {
                number.setText(Integer.toString(position));
            }
            number.getStyleClass().add("step-number");
            (done ? Tone.SUCCESS : step == now ? Tone.ACCENT : Tone.NEUTRAL).on(number);
            var words = new Label(step.words());
            words.getStyleClass().add(step.compareTo(now) <= 0 ? "step-now" : "step-later");
            var box = new HBox(8, number, words);
            box.setAlignment(Pos.CENTER_LEFT);
            box.setAccessibleText(
                    step.words() + (done ? ", done" : step == now ? ", current step" : ""));
            getChildren().add(box);
        }
    }
}
