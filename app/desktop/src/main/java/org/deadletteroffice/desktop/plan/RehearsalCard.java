package org.deadletteroffice.desktop.plan;

import java.util.List;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Labels;

/// What would happen: asked for, under way, or found.
///
/// @param <T> what a rehearsal finds
public final class RehearsalCard<T> extends VBox {
    private final Rehearsing<T> rehearsing;
    private final Words words;
    private final Function<T, List<Node>> drawing;
    private final VBox result = new VBox();

    /// @param state beside the title: what has not happened
    /// @param notYet why to rehearse
    /// @param underWay while it runs
    public record Words(String state, String notYet, String underWay) {}

    /// @param drawing what was found, from top to bottom
    public RehearsalCard(
            Rehearsing<T> rehearsing,
            Runnable rehearse,
            Words words,
            Function<T, List<Node>> drawing) {
        this.rehearsing = rehearsing;
        this.words = words;
        this.drawing = drawing;
        getStyleClass().add("card");
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        var again = Buttons.plain("Run again", rehearse);
        again.setId("rehearse-again");
        again.disableProperty().bind(rehearsing.runningProperty().or(rehearsing.overProperty()));
        again.textProperty()
                .bind(rehearsing.previewProperty().map(_ -> "Run again").orElse("Rehearse"));
        var head =
                new HBox(8, Labels.section("Rehearsal"), Labels.note(words.state()), filler, again);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("card-head");
        getChildren().addAll(head, result);
        rehearsing.previewProperty().addListener((_, _, _) -> show());
        rehearsing.runningProperty().addListener((_, _, _) -> show());
        show();
    }

    private void show() {
        var preview = rehearsing.previewProperty().get();
        if (rehearsing.runningProperty().get()) {
            var turning = new ProgressIndicator();
            turning.setPrefSize(18, 18);
            var row = new HBox(10, turning, Labels.small(words.underWay()));
            row.setAlignment(Pos.CENTER_LEFT);
            result.getChildren().setAll(part(row));
        } else if (preview == null) {
            result.getChildren().setAll(part(Labels.small(words.notYet())));
        } else {
            result.getChildren().setAll(drawing.apply(preview));
        }
    }

    private static Node part(Node node) {
        var part = new VBox(node);
        part.getStyleClass().add("card-part");
        return part;
    }
}
