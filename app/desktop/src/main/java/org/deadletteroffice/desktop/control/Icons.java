package org.deadletteroffice.desktop.control;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Icons in the size and colour of the text beside them.
public final class Icons {
    public static FontIcon of(Feather glyph) {
        var icon = new FontIcon(glyph);
        icon.getStyleClass().add("icon");
        return icon;
    }

    private Icons() {}
}
