package org.deadletteroffice.core.query;

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
    private static final Filter ALL = new Filter("", Kind.ALL, _ -> true);

    private final String text;
    private final Kind kind;
    private final Test test;

    private enum Kind {
        ALL,
        EXPRESSION,
        WORDS
    }

    /// Whether one message is meant; never throws.
    interface Test {
        boolean matches(Searched message);
    }

    private Filter(String text, Kind kind, Test test) {
        this.text = text;
        this.kind = kind;
        this.test = test;
    }

    /// Matches everything.
    public static Filter all() {
        return ALL;
    }

    /// Blank text matches everything.
    ///
    /// @throws FilterException when it was meant as CEL and is wrong
    public static Filter parse(String text) throws FilterException {
        var plain = text.strip();
        if (plain.isEmpty()) {
            return ALL;
        }
        // The CEL library takes a third of a second to load: words alone do not pay for it.
        if (!CelSyntax.isPlainlyWords(plain)) {
            var expression = CelFilter.compile(plain);
            if (expression.isPresent()) {
                return new Filter(plain, Kind.EXPRESSION, expression.get());
            }
        }
        return new Filter(plain, Kind.WORDS, WordFilter.of(plain));
    }

    public String text() {
        return text;
    }

    /// True for CEL, false for plain words.
    public boolean isExpression() {
        return kind == Kind.EXPRESSION;
    }

    public boolean isAll() {
        return kind == Kind.ALL;
    }

    /// Bounded in time for any message; never throws.
    public boolean matches(Searched message) {
        return test.matches(message);
    }
}
