package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.deadletteroffice.core.archive.Archive;
import org.deadletteroffice.core.archive.Retention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long copies are kept.
class ArchiveKeeperTest {
    @TempDir Path home;

    private JobInfo purge(Office office, int from, int to) throws Exception {
        office.die(from, to);
        return office.jobs()
                .await(office.jobs().start(PurgeRequest.of(office.dlq(), new Scope.All()), null));
    }

    private void age(String job, Duration age) throws Exception {
        try (var copies = Files.newDirectoryStream(home.resolve("archive"), job + "-*")) {
            for (var file : copies) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
            }
        }
    }

    private List<String> kept() {
        return new Archive(home.resolve("archive")).kept().stream().map(Archive.Kept::job).toList();
    }

    @Test
    void copies_go_after_thirty_days_and_the_trail_says_so() throws Exception {
        try (var office = new Office(home, false)) {
            var old = purge(office, 0, 10).id();
            var young = purge(office, 10, 20).id();
            age(old, Duration.ofDays(31));
            age(young, Duration.ofDays(29));
            var newest = purge(office, 20, 30).id();
            await().until(() -> kept().size() == 2);
            assertThat(kept()).containsExactly(newest, young);
            await().untilAsserted(
                            () ->
                                    assertThat(
                                                    office.engine()
                                                            .audit()
                                                            .list(null, "copies expired", null, 9))
                                            .singleElement()
                                            .satisfies(
                                                    row -> assertThat(row.job()).isEqualTo(old)));
            assertThatThrownBy(() -> office.jobs().restore(old, List.of(), "", null))
                    .hasMessageContaining("holds no copies")
                    .extracting(
                            thrown ->
                                    ((org.deadletteroffice.core.OperatorException) thrown).remedy())
                    .asString()
                    .contains("30 days");
            office.jobs().await(office.jobs().restore(young, List.of(), "", null));
            assertThat(office.broker.messages(Office.DLQ)).hasSize(10);
        }
    }

    @Test
    void the_settings_say_how_long_and_how_much() throws Exception {
        try (var office = new Office(home, false)) {
            office.engine().settings().put(Retention.DAYS, "2");
            office.engine().settings().put(Retention.MEBIBYTES, "3");
            assertThat(Retention.of(office.engine().settings()))
                    .isEqualTo(new Retention(Duration.ofDays(2), 3 << 20));
            office.engine().settings().put(Retention.DAYS, "-1");
            assertThat(Retention.of(office.engine().settings()).age())
                    .isEqualTo(Duration.ofDays(30));
        }
    }

    @Test
    void the_oldest_go_first_when_it_is_too_much_and_never_those_of_an_open_job() {
        var archive = new Archive(home.resolve("archive"));
        var now = Instant.parse("2026-03-01T00:00:00Z");
        for (var i = 0; i < 5; i++) {
            write("job" + i, 100, now.minus(Duration.ofHours(5 - i)));
        }
        var deleted =
                archive.expire(
                        new Retention(Duration.ofDays(30), 250), job -> job.equals("job0"), now);
        assertThat(deleted).extracting(Archive.Kept::job).containsExactly("job2", "job1");
        assertThat(kept()).containsExactly("job4", "job3", "job0");
    }

    private void write(String job, int bytes, Instant last) {
        try {
            var file = home.resolve("archive").resolve(job + "-1.dla");
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[bytes]);
            Files.setLastModifiedTime(file, FileTime.from(last));
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
