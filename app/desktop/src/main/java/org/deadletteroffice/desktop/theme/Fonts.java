package org.deadletteroffice.desktop.theme;

import java.util.List;
import javafx.scene.text.Font;

/// The bundled fonts: Inter for text, JetBrains Mono for payloads.
final class Fonts {
    private static final List<String> FILES =
            List.of(
                    "Inter-Regular.otf",
                    "Inter-Medium.otf",
                    "Inter-SemiBold.otf",
                    "Inter-Bold.otf",
                    "JetBrainsMono-Regular.ttf",
                    "JetBrainsMono-Bold.ttf",
                    "JetBrainsMono-Italic.ttf");

    private static boolean loaded;

    /// Makes them known to style sheets; once is enough.
    static synchronized void load() {
        if (loaded) {
            return;
        }
        for (var file : FILES) {
            var source = Fonts.class.getResource("/org/deadletteroffice/desktop/fonts/" + file);
            if (source == null || Font.loadFont(source.toExternalForm(), 13) == null) {
                throw new IllegalStateException("The font " + file + " is missing or damaged.");
            }
        }
        loaded = true;
    }

    private Fonts() {}
}
