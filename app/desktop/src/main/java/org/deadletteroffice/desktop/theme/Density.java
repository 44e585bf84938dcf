package org.deadletteroffice.desktop.theme;

import java.util.List;
import java.util.Optional;

/// How close rows of lists and tables stand.
public enum Density {
    COMFORTABLE("Comfortable"),
    COMPACT("Compact");

    private final String words;

    Density(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /// As kept in the settings.
    String key() {
        return words.toLowerCase(java.util.Locale.ROOT);
    }

    static Optional<Density> of(String key) {
        return List.of(values()).stream().filter(each -> each.key().equals(key)).findFirst();
    }
}
