package org.deadletteroffice.desktop.theme;

import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import org.deadletteroffice.core.UserSettings;
import org.deadletteroffice.desktop.fx.Background;

/// How the window looks, as the operator chose; remembered between starts.
public final class Appearance {
    /// Of plain text, in pixels.
    public static final double NORMAL = 13;

    private static final PseudoClass COMPACT = PseudoClass.getPseudoClass("compact");
    private static final double SMALLEST = 11;
    private static final double LARGEST = 26;

    private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(Theme.LIGHT);
    private final ObjectProperty<Density> density = new SimpleObjectProperty<>(Density.COMFORTABLE);
    private final DoubleProperty textSize = new SimpleDoubleProperty(NORMAL);

    /// Reads the settings; blocks for nothing but memory.
    public Appearance(UserSettings settings, Background background) {
        settings.get("theme").flatMap(Theme::of).ifPresent(theme::set);
        settings.get("textSize").flatMap(Appearance::size).ifPresent(textSize::set);
        settings.get("density").flatMap(Density::of).ifPresent(density::set);
        density.addListener((_, _, now) -> keep(settings, background, "density", now.key()));
        theme.addListener((_, _, now) -> keep(settings, background, "theme", now.key()));
        textSize.addListener(
                (_, _, now) ->
                        keep(
                                settings,
                                background,
                                "textSize",
                                String.format(Locale.ROOT, "%.1f", now.doubleValue())));
    }

    public ObjectProperty<Theme> themeProperty() {
        return theme;
    }

    public ObjectProperty<Density> densityProperty() {
        return density;
    }

    public DoubleProperty textSizeProperty() {
        return textSize;
    }

    public void toggleTheme() {
        theme.set(theme.get().other());
    }

    /// Dresses `scene` now and whenever the operator changes something.
    public void dress(Scene scene) {
        Runnable apply =
                () -> {
                    theme.get().apply(scene, textSize.get());
                    scene.getRoot()
                            .pseudoClassStateChanged(COMPACT, density.get() == Density.COMPACT);
                };
        density.addListener(_ -> apply.run());
        theme.addListener(_ -> apply.run());
        textSize.addListener(_ -> apply.run());
        apply.run();
    }

    private static void keep(
            UserSettings settings, Background background, String name, String value) {
        // A look that could not be remembered is no reason to interrupt anyone's work.
        background.run(() -> settings.put(name, value), () -> {}, _ -> {});
    }

    private static Optional<Double> size(String text) {
        try {
            return Optional.of(Math.clamp(Double.parseDouble(text), SMALLEST, LARGEST));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
