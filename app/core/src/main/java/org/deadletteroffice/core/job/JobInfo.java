package org.deadletteroffice.core.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.jspecify.annotations.Nullable;

/// A job at one moment.
///
/// @param id short enough to type, unique in the store
/// @param destination in words: `origin` or a queue, with the profile when it is another
/// @param planned messages to send; grows while PLANNING
/// @param sent confirmed by the destination's broker
/// @param removed taken from the source, or marked resolved in a log
/// @param excluded left out by the plan
/// @param failed refused by the broker
/// @param returned came back since
/// @param failures reason → how many, for failed and excluded ones
/// @param rate messages per second just now; null when not running
/// @param remaining null when unknown
/// @param sentence how it stands, in words
/// @param mine runs in this process
public record JobInfo(
        String id,
        JobKind kind,
        JobState state,
        QueueRef source,
        String scope,
        String destination,
        long planned,
        long sent,
        long removed,
        long excluded,
        long failed,
        long returned,
        Map<String, Long> failures,
        Guarantee guarantee,
        Instant started,
        @Nullable Instant ended,
        Duration elapsed,
        @Nullable Double rate,
        @Nullable Duration remaining,
        String operator,
        String reason,
        String sentence,
        boolean mine) {}
