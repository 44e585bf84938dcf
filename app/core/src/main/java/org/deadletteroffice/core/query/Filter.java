package org.deadletteroffice.core.query;

import org.deadletteroffice.core.browse.MessageView;

/// Which messages are meant. Thread-safe and immutable.
///
/// A text is CEL when it parses as CEL over `message`, `payload`, `headers`, `cause` and yields a
/// boolean; else all its words must occur (ignoring case) in key, payload, header values or cause;
/// `"quoted words"` stay together.
///
/// CEL variables: `message` {id, key, timestamp, deliveries, size, format, tombstone, queue,
/// partition?}, `payload` (decoded tree; numbers as int or double), `headers` (name → last value as
/// text), `cause` {type, message, stackTrace, origin, partition, position, consumer, tries,
/// fingerprint}. A field that a message lacks makes the filter false for it, not an error.
public final class Filter {
    private Filter() {
        throw new UnsupportedOperationException();
    }

    /// Matches everything.
    public static Filter all() {
        throw new UnsupportedOperationException();
    }

    /// Blank text matches everything.
    ///
    /// @throws FilterException when it was meant as CEL and is wrong
    public static Filter parse(String text) throws FilterException {
        throw new UnsupportedOperationException();
    }

    public String text() {
        throw new UnsupportedOperationException();
    }

    /// True for CEL, false for plain words.
    public boolean isExpression() {
        throw new UnsupportedOperationException();
    }

    public boolean isAll() {
        throw new UnsupportedOperationException();
    }

    /// Bounded in time for any message; never throws.
    public boolean matches(MessageView message) {
        throw new UnsupportedOperationException();
    }
}
