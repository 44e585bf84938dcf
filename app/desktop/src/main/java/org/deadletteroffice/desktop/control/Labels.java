package org.deadletteroffice.desktop.control;

import javafx.scene.control.Label;

/// Labels that recur: quiet notes, names of fields, titles of cards.
public final class Labels {
    /// A small, quiet label that wraps.
    public static Label small(String words) {
        var label = new Label(words);
        label.getStyleClass().add("small-muted");
        label.setWrapText(true);
        return label;
    }

    /// A small, quiet label of one line that is never cut.
    public static Label note(String words) {
        var label = small(words);
        label.setWrapText(false);
        label.setMinWidth(Label.USE_PREF_SIZE);
        return label;
    }

    /// For the left column of a form.
    public static Label formName(String words) {
        var label = new Label(words);
        label.getStyleClass().add("form-name");
        label.setMinWidth(Label.USE_PREF_SIZE);
        return label;
    }

    /// Of a card.
    public static Label section(String words) {
        var label = new Label(words);
        label.getStyleClass().add("section-title");
        label.setMinWidth(Label.USE_PREF_SIZE);
        return label;
    }

    private Labels() {}
}
