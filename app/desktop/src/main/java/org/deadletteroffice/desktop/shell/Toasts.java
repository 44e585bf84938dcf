package org.deadletteroffice.desktop.shell;

import javafx.animation.PauseTransition;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.deadletteroffice.desktop.control.Buttons;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Sentences in passing, at the lower right; they go away by themselves and never take the
/// keyboard.
final class Toasts extends VBox {
    static final Duration SHOWN = Duration.seconds(6);

    /// What can be acted on stays long enough to be read and reached.
    static final Duration OFFERED = Duration.seconds(15);
    private static final int MOST = 4;

    Toasts() {
        super(8);
        getStyleClass().add("toasts");
        setPickOnBounds(false);
        setAlignment(Pos.BOTTOM_RIGHT);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        StackPane.setAlignment(this, Pos.BOTTOM_RIGHT);
        StackPane.setMargin(this, new Insets(0, 16, 46, 0));
    }

    void show(String sentence, @Nullable String act, @Nullable Runnable doIt, Duration shown) {
        var text = new Label(sentence);
        text.setWrapText(true);
        text.setMaxWidth(380);
        HBox.setHgrow(text, Priority.ALWAYS);
        var toast = new HBox(10, text);
        toast.getStyleClass().add("toast");
        toast.setAlignment(Pos.CENTER_LEFT);
        toast.setAccessibleText(sentence);
        if (act != null && doIt != null) {
            Button button =
                    Buttons.plain(
                            act,
                            () -> {
                                getChildren().remove(toast);
                                doIt.run();
                            });
            toast.getChildren().add(button);
        }
        toast.getChildren()
                .add(
                        Buttons.icon(
                                Feather.X, "Close this notice", () -> getChildren().remove(toast)));
        getChildren().add(toast);
        if (getChildren().size() > MOST) {
            getChildren().removeFirst();
        }
        var pause = new PauseTransition(shown);
        pause.setOnFinished(_ -> getChildren().remove(toast));
        pause.play();
    }
}
