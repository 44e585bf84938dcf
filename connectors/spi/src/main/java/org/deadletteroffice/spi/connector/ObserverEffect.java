package org.deadletteroffice.spi.connector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What looking at a message does to it.
public sealed interface ObserverEffect {
    ObserverEffect NONE = new None();

    /// Looking leaves no trace.
    record None() implements ObserverEffect {}

    /// As [MarksRedelivered], and each look counts as a delivery as well; past `limit` the broker
    /// drops or moves the message.
    ///
    /// @param limit null where there is none
    /// @param order null where nobody knows
    record CountsDelivery(@Nullable Integer limit, @Nullable Order order)
            implements ObserverEffect {}

    /// The message is marked as delivered before, for ever, and nobody else gets it while somebody
    /// looks.
    ///
    /// @param order null where nobody knows
    record MarksRedelivered(@Nullable Order order) implements ObserverEffect {}

    /// What becomes of the order when messages that were looked at go back.
    ///
    /// @param unseen so many others are taken at most to keep it, and cost what a look does; in a
    ///     longer queue what was looked at moves to the end. 0: it stays as it is
    record Order(int unseen) {
        public static final Order KEPT = new Order(0);
    }

    /// As [MarksRedelivered], and it may count as a delivery as well, since nobody tells of which
    /// kind the queue is.
    ///
    /// @param assumed past so many deliveries the message is taken to be in danger; null where none
    ///     is assumed, though there may be a limit
    record MayCountDelivery(@Nullable Integer assumed) implements ObserverEffect {}

    /// The message is hidden from consumers for up to this long.
    record HidesFor(Duration duration) implements ObserverEffect {}

    /// Each look hides the message from consumers and counts as a delivery (Amazon SQS).
    ///
    /// @param duration hidden for up to this long; given back when the visit ends
    /// @param limit past so many deliveries the broker moves the message on; null where it does not
    record HidesAndCounts(Duration duration, @Nullable Integer limit) implements ObserverEffect {}
}
