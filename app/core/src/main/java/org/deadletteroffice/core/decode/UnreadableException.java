package org.deadletteroffice.core.decode;

/// Bytes are not the format that they were read as, or more than is read.
final class UnreadableException extends Exception {
    private final int at;

    /// @param sentence for the operator, beginning small and without its full stop
    /// @param at offset of the byte where reading stopped; -1 where unknown
    UnreadableException(String sentence, int at) {
        // Thrown once a message while guessing: the stack would cost more than the guess.
        super(sentence, null, false, false);
        this.at = at;
    }

    String sentence() {
        var message = getMessage();
        return message == null ? "it cannot be read" : message;
    }

    String where() {
        return at < 0 ? "" : "byte " + at;
    }
}
