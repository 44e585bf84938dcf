package org.deadletteroffice.desktop.control;

import javafx.scene.control.Label;

/// A key, drawn where its act is: `R`, `Ctrl K`.
public final class KeyHint extends Label {
    public KeyHint(String keys) {
        super(keys);
        getStyleClass().add("key-hint");
        setMinWidth(USE_PREF_SIZE);
        setAccessibleText("Key " + keys);
    }
}
