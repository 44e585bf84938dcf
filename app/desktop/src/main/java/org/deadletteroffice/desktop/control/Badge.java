package org.deadletteroffice.desktop.control;

import javafx.scene.control.Label;

/// A pill with a word or a number.
public final class Badge extends Label {
    public Badge(String text, Tone tone) {
        super(text);
        getStyleClass().add("badge");
        tone.on(this);
        setMinWidth(USE_PREF_SIZE);
    }

    public Badge() {
        this("", Tone.NEUTRAL);
    }

    public void show(String text, Tone tone) {
        setText(text);
        tone.on(this);
    }
}
