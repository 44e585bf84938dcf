package org.deadletteroffice.core.trace;

import java.time.Instant;
import java.util.List;
import org.deadletteroffice.spi.message.MessageId;
import org.jspecify.annotations.Nullable;

/// What was found of one process.
///
/// @param ids those that were followed, the given one first, with what each is
/// @param steps oldest first; those without a time stand at the end
/// @param places where was looked, and how far
/// @param complete nothing was left out within the time that was asked for
public record Trace(List<Id> ids, List<Step> steps, List<Place> places, boolean complete) {
    public Trace {
        ids = List.copyOf(ids);
        steps = List.copyOf(steps);
        places = List.copyOf(places);
    }

    /// @param what `correlation id`, `trace id`, …; `given` for what the operator typed
    public record Id(String id, String what) {}

    /// A message, or an act of the audit.
    ///
    /// @param time of the death or the message; of the act
    /// @param profile null for an act that concerns no broker
    /// @param message null for an act
    /// @param by the id that it has in common with the rest
    /// @param sentence what it is, in words
    public record Step(
            @Nullable Instant time,
            @Nullable String profile,
            @Nullable String queue,
            @Nullable MessageId message,
            String by,
            String sentence) {}

    /// @param profile empty for the audit, and for the ids, of which not all may be followed
    /// @param queue null for a broker as a whole, and for the audit
    /// @param read messages that were looked at
    /// @param found steps from here
    /// @param complete all was read that lies within the time asked for
    /// @param sentence why not, and what to do; empty when complete
    public record Place(
            String profile,
            @Nullable String queue,
            long read,
            long found,
            boolean complete,
            String sentence) {}

    /// How far to look.
    ///
    /// @param profiles those to look at; empty for all
    /// @param since nothing older is read
    /// @param mostRead messages of one queue, newest first; at least 1
    /// @param mostSteps of all together; at least 1
    /// @param holding also queues where looking holds messages back or counts as a delivery
    public record Limits(
            List<String> profiles, Instant since, long mostRead, int mostSteps, boolean holding) {
        public Limits {
            profiles = List.copyOf(profiles);
        }
    }
}
