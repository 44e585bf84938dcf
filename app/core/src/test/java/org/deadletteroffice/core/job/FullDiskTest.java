package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The disk of ledger and archive runs full in the middle of the work. On a file system of its own,
/// which only root on Linux can make.
class FullDiskTest {
    private static final int MESSAGES = 4_000;

    @TempDir Path folder;
    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                command("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()) == 0,
                "a small file system cannot be made here (root on Linux can)");
    }

    @AfterEach
    void unmount() throws Exception {
        command("umount", "-l", disk.toString());
    }

    private static int command(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        } catch (IOException noSuchCommand) {
            return 127;
        }
    }

    private void fill() throws IOException {
        try (var out = Files.newOutputStream(disk.resolve("filler"))) {
            var block = new byte[4_096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space");
        }
    }

    @Test
    void a_job_is_held_says_why_and_goes_on_when_there_is_space_again() throws Exception {
        try (var office = new Office(disk.resolve("home"), false)) {
            office.die(0, MESSAGES);
            var id = office.jobs().start(Office.with(office.all(), new Pace(2_000.0, null)), null);
            await().until(() -> office.broker.messages(Office.ORIGIN).size() > 500);
            fill();
            var run = office.jobs().running(id).orElseThrow();
            await().atMost(Duration.ofSeconds(60)).until(() -> run.held() != null);
            assertThat(run.held()).contains("full").contains("Free some space");
            var arrived = office.broker.messages(Office.ORIGIN).size();
            await().during(Duration.ofMillis(700))
                    .until(() -> office.broker.messages(Office.ORIGIN).size() == arrived);
            assertThat(arrived).as("nothing is sent that is not written down").isLessThan(MESSAGES);

            Files.delete(disk.resolve("filler"));
            var job = office.jobs().await(id);
            while (job.state() == JobState.PAUSED) {
                job = office.jobs().await(id);
            }
            assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.DONE);
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, MESSAGES));
            assertThat(office.engine().audit().verify().intact()).isTrue();
        }
    }

    @Test
    void a_job_that_is_stopped_on_a_full_disk_can_be_resumed_or_has_its_end() throws Exception {
        try (var office = new Office(disk.resolve("home"), true)) {
            office.die(0, MESSAGES);
            var id = office.jobs().start(Office.with(office.all(), new Pace(2_000.0, null)), null);
            await().until(() -> office.broker.messages(Office.ORIGIN).size() > 500);
            fill();
            var run = office.jobs().running(id).orElseThrow();
            await().atMost(Duration.ofSeconds(60)).until(() -> run.held() != null);
            run.hear(org.deadletteroffice.core.ledger.Wish.STOP);
            Files.delete(disk.resolve("filler"));
            await().atMost(Duration.ofSeconds(60)).until(() -> !run.isAlive());
            var job = office.jobs().find(id).orElseThrow();
            assertThat(job.state()).isIn(JobState.STOPPED, JobState.INTERRUPTED);
            if (job.state() == JobState.INTERRUPTED) {
                office.jobs().resume(id);
                assertThat(office.jobs().await(id).state()).isEqualTo(JobState.DONE);
            } else {
                office.run(office.all());
            }
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, MESSAGES));
        }
    }
}
