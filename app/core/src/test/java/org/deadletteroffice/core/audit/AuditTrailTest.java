package org.deadletteroffice.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.deadletteroffice.core.UserSettings;
import org.deadletteroffice.core.store.DataFolder;
import org.deadletteroffice.core.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditTrailTest {
    @TempDir Path home;
    private Store store;
    private AuditTrail trail;

    @BeforeEach
    void open() throws Exception {
        store = new Store(DataFolder.at(home));
        trail = trail(store);
    }

    private AuditTrail trail(Store store) {
        var settings = new UserSettings(home.resolve("settings.json"), Clock.systemUTC());
        settings.put(Operator.SETTING, "Ada");
        return new AuditTrail(store, Clock.systemUTC(), new Operator(settings));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void append(int rows) {
        for (var i = 1; i <= rows; i++) {
            trail.append(
                    "redrive",
                    "kafka",
                    "orders.dlq",
                    "job" + i,
                    "ticket " + i,
                    Map.of("sent", "" + i, "a", "b"));
        }
    }

    @Test
    void rows_are_numbered_and_chained_and_say_who() {
        append(3);
        var rows = trail.list(null, "", null, 10);
        assertThat(rows).extracting(AuditRow::number).containsExactly(3L, 2L, 1L);
        assertThat(rows.get(2).previous()).isEqualTo("0".repeat(64));
        assertThat(rows.get(0).previous()).isEqualTo(rows.get(1).hash());
        assertThat(rows.get(0).operator()).endsWith("(Ada)");
        assertThat(rows.get(0).details()).containsEntry("sent", "3");
        assertThat(trail.verify().intact()).isTrue();
        assertThat(trail.verify().rows()).isEqualTo(3);
    }

    @Test
    void an_empty_trail_is_intact() {
        assertThat(trail.verify().intact()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "altered field    | UPDATE audit SET reason = 'nothing' WHERE number = 3 | 3",
                "altered detail   | UPDATE audit SET details = REPLACE(details, '3', '4') WHERE number = 3 | 3",
                "altered time     | UPDATE audit SET at = at + 1 WHERE number = 3 | 3",
                "altered hash     | UPDATE audit SET hash = REPEAT('a', 64) WHERE number = 3 | 3",
                "field to null    | UPDATE audit SET profile = NULL WHERE number = 2 | 2",
                "first removed    | DELETE FROM audit WHERE number = 1 | 1",
                "middle removed   | DELETE FROM audit WHERE number = 3 | 3",
                "last removed     | DELETE FROM audit WHERE number = 5 | 5",
                "all removed      | DELETE FROM audit | 1",
                "inserted         | INSERT INTO audit SELECT 6, at, act, operator, host, profile, queue, job, reason, details, previous, hash FROM audit WHERE number = 5 | 0",
                "reordered        | UPDATE audit SET number = CASE number WHEN 2 THEN 3 ELSE 2 END WHERE number IN (2, 3) | 2",
            })
    void tampering_is_found(String what, String sql, long firstBroken) {
        append(5);
        store.change(handle -> handle.execute(sql));
        if (firstBroken == 0) {
            // Beyond the head: found as soon as the head moves on, or at once by its number.
            store.change(handle -> handle.execute("UPDATE audit_head SET number = 6"));
            assertThat(trail.verify().firstBroken()).as(what).isEqualTo(6L);
        } else {
            var verdict = trail.verify();
            assertThat(verdict.intact()).as(what).isFalse();
            assertThat(verdict.firstBroken()).as(what).isEqualTo(firstBroken);
        }
    }

    @Test
    void writers_of_several_stores_make_one_chain() throws Exception {
        try (var other = new Store(DataFolder.at(home));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var second = trail(other);
            var acts =
                    IntStream.range(0, 40)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () ->
                                                            (i % 2 == 0 ? trail : second)
                                                                    .append(
                                                                            "act", null, null, null,
                                                                            "", Map.of())))
                            .toList();
            for (var act : acts) {
                act.get();
            }
        }
        assertThat(trail.verify().rows()).isEqualTo(40);
        assertThat(trail.verify().intact()).isTrue();
    }

    @Test
    void searches_every_field_without_case_and_wildcards() {
        append(12);
        assertThat(trail.list(null, "TICKET 1", null, 10)).hasSize(4);
        assertThat(trail.list(null, "%", null, 10)).isEmpty();
        assertThat(trail.list(null, "orders.DLQ", 5L, 3))
                .extracting(AuditRow::number)
                .containsExactly(4L, 3L, 2L);
    }

    @Test
    void exports_json_lines_and_csv() throws Exception {
        append(2);
        trail.append("unlock", "prod", null, null, "=cmd|' \"x\"", Map.of());
        var lines = home.resolve("trail.jsonl");
        var table = home.resolve("trail.csv");
        assertThat(trail.export(lines)).isEqualTo(3);
        assertThat(trail.export(table)).isEqualTo(3);
        assertThat(Files.readAllLines(lines))
                .hasSize(3)
                .first()
                .asString()
                .contains("\"act\":\"redrive\"");
        assertThat(Files.readAllLines(table)).hasSize(4);
        assertThat(Files.readString(table)).contains("\"'=cmd|' \"\"x\"\"\"");
    }
}
