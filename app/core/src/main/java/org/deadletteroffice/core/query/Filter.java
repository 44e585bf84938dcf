package org.deadletteroffice.core.query;

/// Which messages are meant. Thread-safe and immutable.
///
/// A text is CEL when it parses as CEL over `message`, `payload`, `headers`, `cause` and yields a
/// boolean; else all its words must occur (ignoring case) in key, payload, header values or cause;
/// `"quoted words"` stay together. Before either may stand a [Period].
///
/// CEL variables: `message` {id, key, timestamp, deliveries, size, format, tombstone, queue,
/// partition?}, `payload` (decoded tree; numbers as int or double), `headers` (name → last value as
/// text), `cause` {type, message, stackTrace, origin, partition, position, consumer, tries,
/// fingerprint}. A field that a message lacks makes the filter false for it, not an error.
public final class Filter {
    private static final Filter ALL = new Filter(Period.EVER, "", Kind.ALL, _ -> true);

    private final Period period;
    private final String rest;
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

    private Filter(Period period, String rest, Kind kind, Test test) {
        this.period = period;
        this.rest = rest;
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
        var stripped = text.strip();
        var head = Period.read(stripped);
        var plain = head.rest();
        if (plain.isEmpty()) {
            return head.period().isEver()
                    ? ALL
                    : new Filter(head.period(), "", Kind.ALL, _ -> true);
        }
        try {
            return parse(head.period(), plain);
        } catch (FilterException wrong) {
            throw head.at() == 0 ? wrong : wrong.behind(stripped.substring(0, head.at()));
        }
    }

    private static Filter parse(Period period, String plain) throws FilterException {
        // The CEL library takes a third of a second to load: words alone do not pay for it.
        if (!CelSyntax.isPlainlyWords(plain)) {
            var expression = CelFilter.compile(plain);
            if (expression.isPresent()) {
                return new Filter(period, plain, Kind.EXPRESSION, expression.get());
            }
        }
        return new Filter(period, plain, Kind.WORDS, WordFilter.of(plain));
    }

    public String text() {
        return (period.text() + rest).strip();
    }

    public Period period() {
        return period;
    }

    /// The same in another period.
    public Filter in(Period other) {
        return new Filter(other, rest, kind, test);
    }

    /// Text of a filter that means what this one means of one failure group; only where this is no
    /// search for words.
    public String textWithin(String fingerprint) {
        var group = "cause.fingerprint == \"" + fingerprint + "\"";
        return period.text() + (rest.isEmpty() ? group : "(" + rest + ") && " + group);
    }

    /// True for CEL and for a period alone, false for plain words.
    public boolean isExpression() {
        return kind == Kind.EXPRESSION || (kind == Kind.ALL && !period.isEver());
    }

    public boolean isAll() {
        return kind == Kind.ALL && period.isEver();
    }

    /// Bounded in time for any message; never throws.
    public boolean matches(Searched message) {
        return (period.isEver() || period.holds(message.time())) && test.matches(message);
    }
}
