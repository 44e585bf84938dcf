package org.deadletteroffice.core.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.deadletteroffice.core.store.Store;
import org.jdbi.v3.core.Handle;

/// Samples in the store: every 10 s for a day, every 5 min for a month, every hour for a year.
/// Several processes that watch the same broker write to the same slots.
final class History {
    private static final int MOST_SAMPLES = 500;

    /// For how many slots a queue that was not seen counts with its last value.
    private static final int CARRIED_SLOTS = 6;

    private enum Step {
        FINE(10, Duration.ofDays(1), Duration.ofHours(4)),
        MIDDLE(300, Duration.ofDays(31), Duration.ofDays(7)),
        COARSE(3_600, Duration.ofDays(366), Duration.ofDays(366));

        private final int seconds;
        private final Duration kept;
        private final Duration shown;

        /// @param shown the longest span that is read in this step
        Step(int seconds, Duration kept, Duration shown) {
            this.seconds = seconds;
            this.kept = kept;
            this.shown = shown;
        }

        long slot(Instant time) {
            return Math.floorDiv(time.getEpochSecond(), seconds) * seconds;
        }

        static Step of(Duration span) {
            for (var step : values()) {
                if (span.compareTo(step.shown) <= 0) {
                    return step;
                }
            }
            return COARSE;
        }
    }

    /// What is sampled.
    ///
    /// @param name of the queue, or group and queue for a lag
    record Series(String profile, String name, boolean deadLetter) {
        static Series depth(String profile, String queue, boolean deadLetter) {
            return new Series(profile, queue, deadLetter);
        }

        static Series lag(String profile, String group, String queue) {
            return new Series(profile, "lag\n" + group + "\n" + queue, false);
        }
    }

    private final Store store;
    private final Map<Series, Integer> ids = new ConcurrentHashMap<>();

    History(Store store) {
        this.store = store;
    }

    void record(Instant time, Map<Series, Long> values) {
        if (values.isEmpty()) {
            return;
        }
        store.in(
                handle -> {
                    for (var value : values.entrySet()) {
                        var id = id(handle, value.getKey());
                        for (var step : Step.values()) {
                            // The last sample of a slot counts, so that a slot says how it ended.
                            handle.execute(
                                    """
                                    MERGE INTO sample USING (SELECT CAST(? AS INT) AS s, CAST(? AS SMALLINT) AS t,
                                        CAST(? AS BIGINT) AS a, CAST(? AS BIGINT) AS m) AS asked
                                    ON step = t AND at = a AND series = s
                                    WHEN MATCHED THEN UPDATE SET amount = m
                                    WHEN NOT MATCHED THEN INSERT (series, step, at, amount) VALUES (s, t, a, m)""",
                                    id,
                                    step.seconds,
                                    step.slot(time),
                                    value.getValue());
                        }
                    }
                    return Boolean.TRUE;
                });
    }

    void prune(Instant now) {
        store.in(
                handle -> {
                    for (var step : Step.values()) {
                        handle.execute(
                                "DELETE FROM sample WHERE step = ? AND at < ?",
                                step.seconds,
                                now.minus(step.kept).getEpochSecond());
                    }
                    return Boolean.TRUE;
                });
    }

    private int id(Handle handle, Series series) {
        return ids.computeIfAbsent(
                series,
                _ -> {
                    handle.execute(
                            """
                            MERGE INTO series USING (SELECT CAST(? AS VARCHAR) AS p, CAST(? AS VARCHAR) AS n,
                                CAST(? AS BOOLEAN) AS d) AS asked
                            ON profile = p AND name = n
                            WHEN MATCHED THEN UPDATE SET dead_letter = d
                            WHEN NOT MATCHED THEN INSERT (profile, name, dead_letter) VALUES (p, n, d)""",
                            series.profile(),
                            series.name(),
                            series.deadLetter());
                    return handle.createQuery(
                                    "SELECT id FROM series WHERE profile = ? AND name = ?")
                            .bind(0, series.profile())
                            .bind(1, series.name())
                            .mapTo(Integer.class)
                            .one();
                });
    }

    List<Sample> of(Series series, Instant since, Instant now) {
        var step = Step.of(Duration.between(since, now));
        var samples =
                store.in(
                        handle ->
                                handle.createQuery(
                                                """
                                                SELECT at, amount FROM sample JOIN series ON series.id = sample.series
                                                WHERE profile = ? AND name = ? AND step = ? AND at >= ? ORDER BY at""")
                                        .bind(0, series.profile())
                                        .bind(1, series.name())
                                        .bind(2, step.seconds)
                                        .bind(3, since.getEpochSecond())
                                        .map((row, _) -> sample(row.getLong(1), row.getLong(2)))
                                        .list());
        return thinned(samples);
    }

    private record Row(long at, int series, long amount) {}

    /// All dead-letter queues together.
    List<Sample> deadLetters(Instant since, Instant now) {
        var step = Step.of(Duration.between(since, now));
        var rows =
                store.in(
                        handle ->
                                handle.createQuery(
                                                """
                                                SELECT at, series, amount FROM sample JOIN series ON series.id = sample.series
                                                WHERE dead_letter AND step = ? AND at >= ? ORDER BY at, series""")
                                        .bind(0, step.seconds)
                                        .bind(1, since.getEpochSecond())
                                        .map(
                                                (row, _) ->
                                                        new Row(
                                                                row.getLong(1),
                                                                row.getInt(2),
                                                                row.getLong(3)))
                                        .list());
        var bySlot = new TreeMap<Long, List<Row>>();
        rows.forEach(row -> bySlot.computeIfAbsent(row.at(), _ -> new ArrayList<>()).add(row));
        var last = new HashMap<Integer, Row>();
        var sums = new LinkedHashMap<Long, Long>();
        bySlot.forEach(
                (at, slot) -> {
                    slot.forEach(row -> last.put(row.series(), row));
                    var oldest = at - (long) CARRIED_SLOTS * step.seconds;
                    sums.put(
                            at,
                            last.values().stream()
                                    .filter(row -> row.at() >= oldest)
                                    .mapToLong(Row::amount)
                                    .sum());
                });
        return thinned(
                sums.entrySet().stream().map(sum -> sample(sum.getKey(), sum.getValue())).toList());
    }

    private static Sample sample(long at, long amount) {
        return new Sample(Instant.ofEpochSecond(at), amount);
    }

    private static List<Sample> thinned(List<Sample> samples) {
        if (samples.size() <= MOST_SAMPLES) {
            return samples;
        }
        var thin = new ArrayList<Sample>(MOST_SAMPLES);
        for (var i = 0; i < MOST_SAMPLES; i++) {
            thin.add(samples.get((int) ((long) i * (samples.size() - 1) / (MOST_SAMPLES - 1))));
        }
        return thin;
    }
}
