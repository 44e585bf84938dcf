package org.deadletteroffice.desktop.control;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Steps, each with how it went and what would mend it.
public final class CheckList extends VBox {
    /// How a step stands.
    public enum State {
        WAITING("waiting"),
        RUNNING("running"),
        PASSED("passed"),
        WARNING("passed, with a warning"),
        FAILED("failed"),
        SKIPPED("skipped");

        private final String words;

        State(String words) {
            this.words = words;
        }
    }

    /// @param detail what was found; may be empty
    /// @param remedy what would mend it; may be empty
    public record Step(String name, State state, String detail, String remedy) {}

    public CheckList() {
        getStyleClass().add("check-list");
    }

    public void show(List<Step> steps) {
        getChildren().setAll(steps.stream().map(CheckList::row).toList());
    }

    private static Node row(Step step) {
        var name = new Label(step.name());
        name.getStyleClass().add("check-name");
        name.setWrapText(true);
        var texts = new VBox(1, name);
        HBox.setHgrow(texts, Priority.ALWAYS);
        if (!step.detail().isEmpty()) {
            texts.getChildren().add(small(step.detail(), "check-detail"));
        } else if (step.state() == State.WAITING || step.state() == State.RUNNING) {
            texts.getChildren().add(small(step.state().words, "check-detail"));
        }
        if (!step.remedy().isEmpty()) {
            texts.getChildren().add(small(step.remedy(), "check-remedy"));
        }
        var mark = new StackPane(mark(step.state()));
        mark.getStyleClass().add("check-mark");
        mark.setAlignment(Pos.TOP_CENTER);
        tone(step.state()).on(mark);
        var row = new HBox(8, mark, texts);
        row.getStyleClass().add("check-row");
        row.setAccessibleText(
                step.name()
                        + " "
                        + step.state().words
                        + ". "
                        + step.detail()
                        + " "
                        + step.remedy());
        row.setFocusTraversable(true);
        return row;
    }

    private static Label small(String text, String styleClass) {
        var label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add(styleClass);
        return label;
    }

    private static Node mark(State state) {
        return switch (state) {
            case RUNNING -> new ProgressIndicator();
            case PASSED -> Icons.of(Feather.CHECK);
            case WARNING -> Icons.of(Feather.ALERT_TRIANGLE);
            case FAILED -> Icons.of(Feather.X);
            case SKIPPED -> Icons.of(Feather.MINUS);
            case WAITING -> Icons.of(Feather.MORE_HORIZONTAL);
        };
    }

    private static Tone tone(State state) {
        return switch (state) {
            case PASSED -> Tone.SUCCESS;
            case WARNING -> Tone.WARNING;
            case FAILED -> Tone.DANGER;
            case WAITING, RUNNING, SKIPPED -> Tone.NEUTRAL;
        };
    }
}
