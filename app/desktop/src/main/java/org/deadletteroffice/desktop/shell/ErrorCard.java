package org.deadletteroffice.desktop.shell;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Icons;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.fx.Problem;
import org.kordamp.ikonli.feather.Feather;

/// What went wrong, what to do, and the buttons to do it.
public final class ErrorCard extends HBox {
    private final VBox texts = new VBox(3);

    public ErrorCard(Problem problem, Node... acts) {
        getStyleClass().add("error-card");
        setAlignment(Pos.TOP_LEFT);
        HBox.setHgrow(texts, Priority.ALWAYS);
        show(problem, acts);
    }

    public void show(Problem problem, Node... acts) {
        tone(problem).on(this);
        var sentence = new Label(problem.sentence());
        sentence.getStyleClass().add("error-sentence");
        sentence.setWrapText(true);
        texts.getChildren().setAll(sentence);
        if (!problem.remedy().isEmpty()) {
            var remedy = new Label(problem.remedy());
            remedy.getStyleClass().add("error-remedy");
            remedy.setWrapText(true);
            texts.getChildren().add(remedy);
        }
        if (acts.length > 0) {
            var row = new FlowPane(8, 8, acts);
            row.getStyleClass().add("error-acts");
            texts.getChildren().add(row);
        }
        getChildren().setAll(Icons.of(glyph(problem)), texts);
        setAccessibleText(problem.sentence() + " " + problem.remedy());
    }

    private static Feather glyph(Problem problem) {
        return switch (problem.kind()) {
            case AWAY -> Feather.WIFI_OFF;
            case FORBIDDEN -> Feather.LOCK;
            case MISSING -> Feather.SEARCH;
            case WRONG -> Feather.ALERT_CIRCLE;
            case STORE -> Feather.HARD_DRIVE;
            case STOPPED -> Feather.SLASH;
            case UNEXPECTED -> Feather.ALERT_TRIANGLE;
        };
    }

    private static Tone tone(Problem problem) {
        return switch (problem.kind()) {
            case STOPPED, MISSING -> Tone.WARNING;
            case AWAY, FORBIDDEN, WRONG, STORE, UNEXPECTED -> Tone.DANGER;
        };
    }
}
