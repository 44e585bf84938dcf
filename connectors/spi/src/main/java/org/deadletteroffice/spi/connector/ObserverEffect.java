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

    /// The message is hidden from consumers for up to this long.
    record HidesFor(Duration duration) implements ObserverEffect {}
}
