package org.deadletteroffice.desktop.control;

import atlantafx.base.theme.Styles;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

/// Buttons as this window draws them, each named for a screen reader and with its key shown.
public final class Buttons {
    public static Button plain(String text, Runnable act) {
        var button = new Button(text);
        button.setOnAction(_ -> act.run());
        button.setMinWidth(Button.USE_PREF_SIZE);
        return button;
    }

    public static Button plain(String text, Feather glyph, Runnable act) {
        var button = plain(text, act);
        button.setGraphic(Icons.of(glyph));
        return button;
    }

    /// The one act that a place is for.
    public static Button primary(String text, Runnable act) {
        var button = plain(text, act);
        button.getStyleClass().add(Styles.SUCCESS);
        return button;
    }

    public static Button danger(String text, Runnable act) {
        var button = plain(text, act);
        button.getStyleClass().add("danger-text");
        return button;
    }

    /// Only a picture; `name` is its tooltip and what a screen reader says.
    public static Button icon(Feather glyph, String name, Runnable act) {
        var button = new Button(null, Icons.of(glyph));
        button.setOnAction(_ -> act.run());
        button.getStyleClass().add("icon-button");
        button.setAccessibleText(name);
        button.setTooltip(tip(name));
        return button;
    }

    public static Hyperlink link(String text, Runnable act) {
        var link = new Hyperlink(text);
        link.getStyleClass().add("plain-link");
        link.setOnAction(
                _ -> {
                    link.setVisited(false);
                    act.run();
                });
        link.setMinWidth(Hyperlink.USE_PREF_SIZE);
        return link;
    }

    /// Shows `keys` inside the button, right of its text.
    public static Button withKey(Button button, String keys) {
        var hint = new KeyHint(keys);
        var before = button.getGraphic();
        if (before == null) {
            button.setGraphic(hint);
            button.setContentDisplay(ContentDisplay.RIGHT);
            button.setGraphicTextGap(8);
        } else {
            var text = new Label();
            text.textProperty().bind(button.textProperty());
            text.setMinWidth(0);
            var row = new HBox(7, before, text, hint);
            row.getStyleClass().add("icon-and-key");
            button.setGraphic(row);
            button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        }
        button.setAccessibleHelp("Key " + keys);
        return button;
    }

    public static Tooltip tip(String text) {
        var tip = new Tooltip(text);
        tip.setShowDelay(Duration.millis(400));
        tip.setWrapText(true);
        tip.setMaxWidth(420);
        return tip;
    }

    private Buttons() {}
}
