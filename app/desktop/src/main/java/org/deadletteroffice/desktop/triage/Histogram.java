package org.deadletteroffice.desktop.triage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.deadletteroffice.core.browse.FailureGroup;
import org.jspecify.annotations.Nullable;

/// How many messages died when: counts in equal spans of time.
///
/// @param counts oldest first; empty where nothing is known of times
/// @param first when the first of all groups died
/// @param last when the last did
record Histogram(List<Long> counts, Instant first, Instant last) {
    static final Histogram NOTHING = new Histogram(List.of(), Instant.EPOCH, Instant.EPOCH);

    /// @param fingerprint counts only this group, over the time of all; null for all
    static Histogram of(List<FailureGroup> groups, @Nullable String fingerprint) {
        var first =
                groups.stream()
                        .map(FailureGroup::first)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo);
        var last =
                groups.stream()
                        .map(FailureGroup::last)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo);
        if (first.isEmpty() || last.isEmpty() || !first.get().isBefore(last.get())) {
            return NOTHING;
        }
        var spans = groups.getFirst().trend().size();
        var counts = new ArrayList<>(Collections.nCopies(spans, 0L));
        for (var group : groups) {
            if (fingerprint == null || fingerprint.equals(group.fingerprint())) {
                for (int i = 0; i < spans; i++) {
                    counts.set(i, counts.get(i) + group.trend().get(i));
                }
            }
        }
        return new Histogram(counts, first.get(), last.get());
    }

    /// Where a span begins; that behind the last is the end of all.
    Instant start(int span) {
        long width = last.toEpochMilli() - first.toEpochMilli() + 1;
        return first.plusMillis((long) Math.ceil(width * (double) span / counts.size()));
    }
}
