package org.deadletteroffice.core.browse;

import org.deadletteroffice.core.Durations;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.connector.ObserverEffect.Order;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// What looking at a queue's messages does to them, in the operator's words.
public final class LookCost {
    private static final String MARKED =
            "Messages looked at are marked as redelivered and held back meanwhile";

    private LookCost() {}

    /// @return without a full stop; empty where looking does nothing
    public static String words(ObserverEffect effect) {
        return switch (effect) {
            case ObserverEffect.None _ -> "";
            case ObserverEffect.CountsDelivery(var limit, var order) ->
                    (limit == null
                                    ? "Each look counts as a delivery"
                                    : "Each look counts as one of " + limit + " deliveries")
                            + ". "
                            + MARKED
                            + words(order, "counts for them as well");
            case ObserverEffect.MarksRedelivered(var order) ->
                    MARKED + words(order, "marks them as well");
            case ObserverEffect.MayCountDelivery(var assumed) ->
                    MARKED
                            + words(null, "")
                            + ". The broker does not tell what kind of queue this is: each look may count as "
                            + (assumed == null
                                    ? "a delivery, against a limit that is not known"
                                    : "one of " + assumed + " deliveries, a limit that is assumed");
            case ObserverEffect.HidesFor(var duration) ->
                    "Messages looked at are hidden from consumers for " + Durations.words(duration);
            case ObserverEffect.HidesAndCounts(var duration, var limit) ->
                    "Each look hides a message from consumers for up to "
                            + Durations.words(duration)
                            + (limit == null
                                    ? " and counts as a delivery"
                                    : " and counts as one of " + limit + " deliveries");
        };
    }

    private static String words(@Nullable Order order, String done) {
        if (order == null) {
            return "; their order may change";
        }
        return order.unseen() == 0
                ? "; their order stays"
                : (". To keep the order, up to %s behind those you look at are taken and"
                                + " put back too, which %s; if more lie behind, those you looked"
                                + " at move to the end of the queue")
                        .formatted(Numerals.of(order.unseen(), "message", "messages"), done);
    }
}
