package org.deadletteroffice.desktop.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Scene;

/// The two looks of the window.
public enum Theme {
    LIGHT(new PrimerLight().getUserAgentStylesheet()),
    DARK(new PrimerDark().getUserAgentStylesheet());

    private static final PseudoClass IS_DARK = PseudoClass.getPseudoClass("dark");
    private static final List<String> SHEETS =
            List.of("tokens", "frame", "controls", "screens", "triage");

    private final String base;

    Theme(String base) {
        this.base = base;
    }

    /// Dresses a scene; again to change. On the FX thread.
    ///
    /// @param textSize of plain text in pixels, 11 to 26; everything in the window grows with it
    public void apply(Scene scene, double textSize) {
        Fonts.load();
        scene.setUserAgentStylesheet(base);
        var sheets = SHEETS.stream().map(Theme::sheet).toList();
        if (!scene.getStylesheets().equals(sheets)) {
            scene.getStylesheets().setAll(sheets);
        }
        var root = scene.getRoot();
        root.pseudoClassStateChanged(IS_DARK, this == DARK);
        root.setStyle(String.format(Locale.ROOT, "-fx-font-size: %.1fpx;", textSize));
    }

    public Theme other() {
        return this == LIGHT ? DARK : LIGHT;
    }

    /// As kept in the settings.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Theme> of(String key) {
        return List.of(values()).stream().filter(theme -> theme.key().equals(key)).findFirst();
    }

    private static String sheet(String name) {
        var source =
                Objects.requireNonNull(
                        Theme.class.getResource(
                                "/org/deadletteroffice/desktop/css/" + name + ".css"));
        return source.toExternalForm();
    }
}
