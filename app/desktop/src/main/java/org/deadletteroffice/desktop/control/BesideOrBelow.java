package org.deadletteroffice.desktop.control;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Two regions beside each other where there is room, else one below the other.
public final class BesideOrBelow extends StackPane {
    private static final double GAP = 14;
    private static final double LEAST_HEIGHT = 190;
    private static final double PLAIN_TEXT = 13;

    private final Region first;
    private final Region second;
    private final Label plain = new Label();

    /// @param needed width from which they stand beside each other, in pixels at plain text of 13;
    ///     it grows with the text
    public BesideOrBelow(Region first, Region second, double needed) {
        this.first = first;
        this.second = second;
        for (var region : new Region[] {first, second}) {
            region.setMinHeight(LEAST_HEIGHT);
            HBox.setHgrow(region, Priority.ALWAYS);
            VBox.setVgrow(region, Priority.ALWAYS);
        }
        plain.setManaged(false);
        plain.setVisible(false);
        arrange(true);
        widthProperty().addListener(_ -> arrange(needed));
        plain.fontProperty().addListener(_ -> arrange(needed));
    }

    private void arrange(double needed) {
        arrange(getWidth() >= needed * plain.getFont().getSize() / PLAIN_TEXT);
    }

    private void arrange(boolean beside) {
        var now = getChildren().isEmpty() ? null : getChildren().getFirst();
        if (beside ? now instanceof HBox : now instanceof VBox) {
            return;
        }
        if (now instanceof Pane pane) {
            pane.getChildren().clear();
        }
        getChildren()
                .setAll(
                        beside ? new HBox(GAP, first, second) : new VBox(GAP, first, second),
                        plain);
    }
}
