package org.deadletteroffice.core.browse;

import java.time.Duration;
import java.util.function.Function;
import org.deadletteroffice.spi.connector.ObserverEffect;

/// What looking at a queue's messages does to them, in the operator's words.
public final class LookCost {
    private LookCost() {}

    /// @param age how a duration reads
    /// @return without a full stop; empty where looking does nothing
    public static String words(ObserverEffect effect, Function<Duration, String> age) {
        return switch (effect) {
            case ObserverEffect.None _ -> "";
            case ObserverEffect.CountsDelivery(var limit) ->
                    limit == null
                            ? "Each look counts as a delivery"
                            : "Each look counts as one of " + limit + " deliveries";
            case ObserverEffect.MarksRedelivered _ ->
                    "Messages looked at are marked as redelivered and held back meanwhile";
            case ObserverEffect.HidesFor(var duration) ->
                    "Messages looked at are hidden from consumers for " + age.apply(duration);
            case ObserverEffect.HidesAndCounts(var duration, var limit) ->
                    "Each look hides a message from consumers for up to "
                            + age.apply(duration)
                            + (limit == null
                                    ? " and counts as a delivery"
                                    : " and counts as one of " + limit + " deliveries");
        };
    }
}
