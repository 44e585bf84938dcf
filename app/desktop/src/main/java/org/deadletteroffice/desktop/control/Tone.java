package org.deadletteroffice.desktop.control;

import java.util.Locale;
import javafx.scene.Node;

/// What a colour means; the style sheet says which colour it is.
public enum Tone {
    NEUTRAL,
    ACCENT,
    SUCCESS,
    WARNING,
    DANGER;

    /// Gives `node` this tone and takes any other away.
    public void on(Node node) {
        for (var tone : values()) {
            node.getStyleClass().remove(tone.styleClass());
        }
        node.getStyleClass().add(styleClass());
    }

    private String styleClass() {
        return "tone-" + name().toLowerCase(Locale.ROOT);
    }
}
