package org.deadletteroffice.spi.transfer;

/// How often the destination may see a message whose transfer was cut short by a crash and resumed.
/// Ordered from weak to strong.
public enum Guarantee {
    /// The service retries by its own rules.
    SERVICE,
    /// Never lost; twice only after a crash, at most one batch.
    AT_LEAST_ONCE,
    EXACTLY_ONCE;

    public Guarantee weaker(Guarantee other) {
        return compareTo(other) < 0 ? this : other;
    }
}
