package org.deadletteroffice.spi.connector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What looking at a message does to it.
public sealed interface ObserverEffect {
    ObserverEffect NONE = new None();

    /// Looking leaves no trace.
    record None() implements ObserverEffect {}

    /// Each look counts as a delivery; past `limit` the broker drops or moves the message.
    ///
    /// @param limit null where there is none
    record CountsDelivery(@Nullable Integer limit) implements ObserverEffect {}

    /// The message is marked as delivered before, for ever, and nobody else gets it while somebody
    /// looks.
    record MarksRedelivered() implements ObserverEffect {}

    /// The message is hidden from consumers for up to this long.
    record HidesFor(Duration duration) implements ObserverEffect {}

    /// Each look hides the message from consumers and counts as a delivery (Amazon SQS).
    ///
    /// @param duration hidden for up to this long; given back when the visit ends
    /// @param limit past so many deliveries the broker moves the message on; null where it does not
    record HidesAndCounts(Duration duration, @Nullable Integer limit) implements ObserverEffect {}
}
