package org.deadletteroffice.core.browse;

import org.deadletteroffice.core.Durations;
import org.deadletteroffice.spi.connector.ObserverEffect;

/// What looking at a queue's messages does to them, in the operator's words.
public final class LookCost {
    private LookCost() {}

    /// @return without a full stop; empty where looking does nothing
    public static String words(ObserverEffect effect) {
        return switch (effect) {
            case ObserverEffect.None _ -> "";
            case ObserverEffect.CountsDelivery(var limit) ->
                    limit == null
                            ? "Each look counts as a delivery"
                            : "Each look counts as one of " + limit + " deliveries";
            case ObserverEffect.MarksRedelivered _ ->
                    "Messages looked at are marked as redelivered and held back meanwhile";
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
}
