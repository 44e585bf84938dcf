package org.deadletteroffice.spi.message;

/// A number of messages and how far it can be trusted.
public record Count(long value, Precision precision) {
    /// How `value` relates to the truth at the moment it was asked.
    public enum Precision {
        EXACT,
        APPROXIMATE,
        AT_MOST,
        AT_LEAST
    }

    public static Count exact(long value) {
        return new Count(value, Precision.EXACT);
    }

    public static Count atMost(long value) {
        return new Count(value, Precision.AT_MOST);
    }

    public static Count atLeast(long value) {
        return new Count(value, Precision.AT_LEAST);
    }

    public static Count approximate(long value) {
        return new Count(value, Precision.APPROXIMATE);
    }
}
