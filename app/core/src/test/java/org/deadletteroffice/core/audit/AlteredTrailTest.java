package org.deadletteroffice.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deadletteroffice.core.UserSettings;
import org.deadletteroffice.core.store.DataFolder;
import org.deadletteroffice.core.store.Store;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever alters the trail in the store is found out.
class AlteredTrailTest {
    private static final int ROWS = 40;
    private static final int ALTERATIONS = 120;
    private static final List<String> TEXTS =
            List.of(
                    "act",
                    "operator",
                    "host",
                    "profile",
                    "queue",
                    "job",
                    "reason",
                    "details",
                    "previous",
                    "hash");

    @TempDir Path home;

    @Test
    void each_of_a_hundred_and_twenty_random_alterations_is_found() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        try (var store = new Store(DataFolder.at(home))) {
            var settings = new UserSettings(home.resolve("settings.json"), Clock.systemUTC());
            var trail = new AuditTrail(store, Clock.systemUTC(), new Operator(settings));
            for (var i = 1; i <= ROWS; i++) {
                trail.append(
                        "redrive",
                        "kafka",
                        i % 3 == 0 ? null : "orders.dlq",
                        "job" + i,
                        "ticket " + i,
                        Map.of("sent", "" + i, "a", "b"));
            }
            assertThat(trail.verify().intact()).isTrue();
            store.change(
                    handle -> {
                        handle.execute("CREATE TABLE kept_audit AS SELECT * FROM audit");
                        handle.execute("CREATE TABLE kept_head AS SELECT * FROM audit_head");
                    });
            for (var i = 0; i < ALTERATIONS; i++) {
                var number = i;
                var what = store.in(handle -> alter(handle, random, number));
                var verdict = trail.verify();
                assertThat(verdict.intact()).as("seed %d, %d: %s", seed, i, what).isFalse();
                assertThat(verdict.firstBroken()).as(what).isNotNull();
                store.change(
                        handle -> {
                            handle.execute("DELETE FROM audit");
                            handle.execute("INSERT INTO audit SELECT * FROM kept_audit");
                            handle.execute("DELETE FROM audit_head");
                            handle.execute("INSERT INTO audit_head SELECT * FROM kept_head");
                        });
                assertThat(trail.verify().intact()).as("put back").isTrue();
            }
        }
    }

    private static String alter(Handle handle, Random random, int kind) {
        var row = 1 + random.nextInt(ROWS);
        var sql =
                switch (kind % 8) {
                    case 0, 1, 2 -> text(random, row);
                    case 3 ->
                            "UPDATE audit SET at = at + "
                                    + (1 + random.nextInt(100_000))
                                    + " WHERE number = "
                                    + row;
                    case 4 -> "DELETE FROM audit WHERE number = " + row;
                    case 5 -> swap(random, row);
                    case 6 -> insert(random, row);
                    default -> other(random, row);
                };
        assertThat(handle.execute(sql)).as(sql).isPositive();
        return sql;
    }

    private static String text(Random random, int row) {
        var column = TEXTS.get(random.nextInt(TEXTS.size()));
        var isHash = column.equals("hash") || column.equals("previous");
        var to =
                isHash
                        ? "REPEAT('%x', 64)".formatted(random.nextInt(16))
                        : switch (random.nextInt(3)) {
                            case 0 -> "COALESCE(" + column + ", '') || ' '";
                            case 1 -> "'" + Long.toHexString(random.nextLong()) + "'";
                            // The same JSON to a reader, and yet another text.
                            default -> "' ' || COALESCE(" + column + ", '')";
                        };
        return "UPDATE audit SET " + column + " = " + to + " WHERE number = " + row;
    }

    private static String swap(Random random, int row) {
        var other = row == ROWS ? row - 1 - random.nextInt(ROWS - 1) : row + 1;
        return "UPDATE audit SET number = CASE number WHEN %d THEN %d ELSE %d END WHERE number IN (%d, %d)"
                .formatted(row, other, row, row, other);
    }

    private static String insert(Random random, int row) {
        var columns =
                "at, act, operator, host, profile, queue, job, reason, details, previous, hash";
        return random.nextBoolean()
                ? "INSERT INTO audit SELECT %d, %s FROM audit WHERE number = %d"
                        .formatted(ROWS + 1 + random.nextInt(3), columns, row)
                // In the middle: what follows moves on by one.
                : "UPDATE audit SET number = number + 1 WHERE number >= " + row;
    }

    private static String other(Random random, int row) {
        return switch (random.nextInt(4)) {
            case 0 -> "UPDATE audit SET profile = NULL WHERE number = " + row;
            case 1 -> "DELETE FROM audit WHERE number >= " + row;
            case 2 -> "UPDATE audit_head SET number = number - 1";
            default -> "DELETE FROM audit_head";
        };
    }
}
