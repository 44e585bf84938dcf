package org.deadletteroffice.desktop.inspect;

/// How a payload is shown.
public enum PayloadMode {
    PRETTY("Pretty"),
    TREE("Tree"),
    RAW("Raw"),
    HEX("Hex");

    private final String words;

    PayloadMode(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
