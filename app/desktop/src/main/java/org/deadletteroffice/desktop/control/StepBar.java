package org.deadletteroffice.desktop.control;

import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;

/// Steps in a row, with the one the operator stands at.
public final class StepBar extends HBox {
    private final List<String> steps;

    /// @param now the place of the current step, from 0
    public StepBar(List<String> steps, ObservableValue<Integer> now) {
        this.steps = steps;
        getStyleClass().add("step-bar");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(20);
        now.addListener((_, _, at) -> show(at));
        show(now.getValue());
    }

    private void show(int now) {
        getChildren().clear();
        for (int at = 0; at < steps.size(); at++) {
            getChildren().add(step(at, now));
        }
    }

    private Node step(int at, int now) {
        boolean done = at < now;
        var number = new Label();
        if (done) {
            number.setGraphic(Icons.of(Feather.CHECK));
        } else {
            number.setText(Integer.toString(at + 1));
        }
        number.getStyleClass().add("step-number");
        (done ? Tone.SUCCESS : at == now ? Tone.ACCENT : Tone.NEUTRAL).on(number);
        var words = new Label(steps.get(at));
        words.getStyleClass().add(at <= now ? "step-now" : "step-later");
        var box = new HBox(8, number, words);
        box.setAlignment(Pos.CENTER_LEFT);
        box.setAccessibleText(
                steps.get(at) + (done ? ", done" : at == now ? ", current step" : ""));
        return box;
    }
}
