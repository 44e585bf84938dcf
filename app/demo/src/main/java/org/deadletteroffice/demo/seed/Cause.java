package org.deadletteroffice.demo.seed;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.deadletteroffice.demo.shop.Message;
import org.deadletteroffice.demo.style.Thrown;

/// A number of dead letters that died of one thing.
///
/// @param passes how often each died; it was replayed with its headers in between
/// @param outage what it died of then and would not now; empty: of what its service still refuses
public record Cause(
        int count,
        When when,
        int passes,
        Function<Instant, Message> message,
        Optional<Thrown> outage) {
    public static Cause of(int count, When when, Function<Instant, Message> message) {
        return new Cause(count, when, 1, message, Optional.empty());
    }

    public Cause passes(int number) {
        return new Cause(count, when, number, message, outage);
    }

    public Cause outage(Thrown thrown) {
        return new Cause(count, when, passes, message, Optional.of(thrown));
    }
}
