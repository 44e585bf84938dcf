package org.deadletteroffice.desktop.control;

import javafx.scene.layout.Region;

/// A small disc that tells a state by its colour; the text beside it tells the same in words.
public final class Dot extends Region {
    public Dot(Tone tone) {
        getStyleClass().add("dot");
        tone.on(this);
        setMinSize(USE_PREF_SIZE, USE_PREF_SIZE);
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    }

    public void show(Tone tone) {
        tone.on(this);
    }
}
