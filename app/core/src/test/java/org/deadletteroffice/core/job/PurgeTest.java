package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.audit.AuditRow;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.memory.Right;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a purge takes away, and what brings it back.
class PurgeTest {
    @TempDir Path home;

    /// What has to come back byte for byte.
    private record Content(List<Byte> key, List<Byte> payload, String headers, long timestamp) {
        static Content of(DeadLetter letter) {
            return new Content(
                    bytes(letter.key()),
                    bytes(letter.payload()),
                    letter.headers().toString(),
                    // As fine as brokers keep it.
                    Objects.requireNonNull(letter.timestamp()).toEpochMilli());
        }

        private static List<Byte> bytes(byte @Nullable [] bytes) {
            var list = new java.util.ArrayList<Byte>();
            for (var each : bytes == null ? new byte[] {'n', 'u', 'l', 'l'} : bytes) {
                list.add(each);
            }
            return list;
        }
    }

    private static List<Content> contents(Office office) {
        return office.broker.messages(Office.DLQ).stream().map(Content::of).toList();
    }

    /// Compared whole, since a list of thousands that differs would be printed.
    private static Map<Content, Long> counted(List<Content> contents) {
        return contents.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static JobInfo run(Office office, PurgeRequest request) throws Exception {
        return office.jobs().await(office.jobs().start(request, Office.DLQ));
    }

    private static JobInfo restore(Office office, String job, MessageId... ids) throws Exception {
        return office.jobs().await(office.jobs().restore(job, List.of(ids), "undone", Office.DLQ));
    }

    private static PurgeRequest all(Office office) {
        return PurgeRequest.of(office.dlq(), new Scope.All());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_was_purged_is_gone_and_comes_back_byte_for_byte(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 1_234);
            office.broker.send(
                    Office.DLQ,
                    MemoryMessage.of((byte[]) null).withKey(new byte[0]),
                    MemoryMessage.of(new byte[] {0, (byte) 0xff})
                            .plus("x-redrive-id", "old-1")
                            .plus("x-redrive-id", "old-2"));
            var before = contents(office);

            var purge = run(office, all(office));
            assertThat(purge.state()).as(purge.sentence()).isEqualTo(JobState.DONE);
            assertThat(purge.kind()).isEqualTo(JobKind.PURGE);
            assertThat(purge.removed()).isEqualTo(1_236);
            assertThat(purge.sent()).as("a purge sends nothing").isZero();
            assertThat(office.broker.messages(Office.DLQ)).isEmpty();
            assertThat(office.broker.messages(Office.ORIGIN)).isEmpty();

            office.reopen();
            var restored = restore(office, purge.id());
            assertThat(restored.state()).as(restored.sentence()).isEqualTo(JobState.DONE);
            assertThat(restored.sent()).isEqualTo(1_236);
            assertThat(counted(contents(office)).equals(counted(before))).isTrue();
            assertThat(office.jobs().items(restored.id(), null, 0, 5))
                    .allSatisfy(item -> assertThat(item.position()).isNotBlank());

            // They lie there as if nothing had happened: seen, and free to be redriven.
            assertThat(
                            office.jobs()
                                    .rehearse(
                                            Office.to(
                                                    office.all(),
                                                    Office.ORIGIN,
                                                    new Change.None(),
                                                    List.of()))
                                    .planned())
                    .isEqualTo(1_236);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_rehearsal_takes_nothing_and_says_what_the_purge_then_does(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 30);
            var request = PurgeRequest.of(office.dlq(), new Scope.Matching("payload.n < 10.0"));
            var preview = office.jobs().rehearse(request);
            assertThat(office.broker.messages(Office.DLQ)).hasSize(30);
            assertThat(preview.planned()).isEqualTo(10);
            assertThat(preview.keptFor()).isEqualTo(Duration.ofDays(30));
            assertThat(preview.effect())
                    .isEqualTo(log ? PurgePreview.Effect.TRIMMED : PurgePreview.Effect.REMOVED);
            assertThat(preview.sentence()).contains("10 messages").contains("30 days");
            office.die(0, 5);
            assertThat(run(office, request.upTo(preview.until())).removed())
                    .as("only what was reviewed")
                    .isEqualTo(10);
        }
    }

    @Test
    void a_log_is_trimmed_up_to_the_first_message_that_nobody_dealt_with() throws Exception {
        try (var office = new Office(home, true)) {
            office.broker.createLog("one.dlq");
            for (var i = 0; i < 10; i++) {
                office.broker.send("one.dlq", Office.letter("{\"n\": " + i + "}"));
            }
            var queue = office.broker.ref(Office.PROFILE, "one.dlq");
            // 0 to 2 were redriven before, 3 to 5 are purged, 6 is nobody's, 7 to 9 are purged.
            office.run(RedriveRequest.toOrigin(queue, new Scope.Matching("payload.n <= 2.0")));
            var request =
                    PurgeRequest.of(
                            queue, new Scope.Matching("payload.n >= 3.0 && payload.n != 6.0"));
            var job = office.jobs().await(office.jobs().start(request, null));
            assertThat(job.removed()).isEqualTo(6);
            assertThat(office.broker.messages("one.dlq"))
                    .extracting(Office::payload)
                    .containsExactly("{\"n\": 6}", "{\"n\": 7}", "{\"n\": 8}", "{\"n\": 9}");
            assertThat(job.sentence()).contains("trimmed by 6").contains("hidden as resolved");
            var left = office.jobs().rehearse(PurgeRequest.of(queue, new Scope.All()));
            assertThat(left.planned()).as("7 to 9 are hidden").isEqualTo(1);
        }
    }

    @Test
    void a_log_that_may_not_be_trimmed_hides_what_was_purged_and_says_so() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 5);
            office.broker.faults().forbid(Right.REMOVE, Office.DLQ);
            assertThat(office.jobs().rehearse(all(office)).effect())
                    .isEqualTo(PurgePreview.Effect.HIDDEN);
            var job = run(office, all(office));
            assertThat(job.state()).isEqualTo(JobState.DONE);
            assertThat(job.sentence()).contains("cannot be trimmed");
            assertThat(office.broker.messages(Office.DLQ)).hasSize(5);
            assertThat(office.jobs().rehearse(all(office)).planned()).isZero();
        }
    }

    @Test
    void a_queue_that_may_not_lose_messages_refuses_before_anything_happens() throws Exception {
        try (var office = new Office(home, false)) {
            office.die(0, 5);
            office.broker.faults().forbid(Right.REMOVE, Office.DLQ);
            assertThatThrownBy(() -> office.jobs().rehearse(all(office)))
                    .hasMessageContaining("cannot be removed");
            assertThatThrownBy(() -> office.jobs().start(all(office), null))
                    .hasMessageContaining("cannot be removed");
            assertThat(office.jobs().list()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void chosen_messages_of_a_job_can_be_put_back_alone(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 20);
            var chosen = office.broker.messages(Office.DLQ).get(7);
            var purge = run(office, all(office));
            var restored = restore(office, purge.id(), chosen.id());
            assertThat(restored.sent()).isEqualTo(1);
            assertThat(office.payloads(Office.DLQ)).containsExactly(Office.payload(chosen));
        }
    }

    @Test
    void what_a_redrive_took_from_a_queue_can_be_put_back_too() throws Exception {
        try (var office = new Office(home, false)) {
            office.die(0, 20);
            var before = contents(office);
            var job = office.run(office.all());
            assertThat(office.broker.messages(Office.DLQ)).isEmpty();
            restore(office, job.id());
            assertThat(counted(contents(office)).equals(counted(before))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void without_an_archive_nothing_can_be_put_back_and_that_is_said(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 600);
            var request = new PurgeRequest(office.dlq(), new Scope.All(), null, false, true, "");
            assertThat(office.jobs().rehearse(request).sentence()).contains("cannot be undone");
            var job = run(office, request);
            assertThat(job.removed()).isEqualTo(600);
            assertThat(office.broker.messages(Office.DLQ)).isEmpty();
            assertThat(home.resolve("archive"))
                    .satisfiesAnyOf(
                            folder -> assertThat(folder).doesNotExist(),
                            folder -> assertThat(folder).isEmptyDirectory());
            assertThatThrownBy(() -> restore(office, job.id()))
                    .isInstanceOf(OperatorException.class)
                    .hasMessageContaining("no copies");
        }
    }

    @Test
    void only_a_job_that_took_something_away_can_be_undone() throws Exception {
        try (var office = new Office(home, false)) {
            office.die(0, 3);
            var purge = run(office, all(office));
            var restored = restore(office, purge.id());
            assertThatThrownBy(() -> restore(office, restored.id()))
                    .hasMessageContaining("took none away");
            assertThatThrownBy(() -> restore(office, "nothere"))
                    .hasMessageContaining("There is no job");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_purge_that_was_closed_midway_goes_on(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 3_000);
            var id = office.jobs().start(all(office), null);
            office.reopen();
            if (office.jobs().find(id).orElseThrow().state() == JobState.INTERRUPTED) {
                office.jobs().resume(id);
            }
            var job = office.jobs().await(id);
            assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.DONE);
            assertThat(job.removed()).isEqualTo(3_000);
            assertThat(office.broker.messages(Office.DLQ)).isEmpty();
            assertThat(restore(office, id).sent()).isEqualTo(3_000);
            assertThat(office.payloads(Office.DLQ))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 3_000));
        }
    }

    @Test
    void production_wants_the_lock_open_the_name_a_reason_and_a_rehearsal() throws Exception {
        try (var office = new Office(home, true, Environment.PRODUCTION)) {
            office.die(0, 3);
            var request =
                    new PurgeRequest(office.dlq(), new Scope.All(), null, true, true, "ticket 7");
            assertThatThrownBy(() -> office.jobs().start(request, Office.DLQ))
                    .hasMessageContaining("read-only");
            office.engine().brokers().unlock(Office.PROFILE, Duration.ofMinutes(5), "ticket 7");
            assertThatThrownBy(() -> office.jobs().start(request, "orders"))
                    .hasMessageContaining("typed");
            assertThatThrownBy(() -> office.jobs().start(request, Office.DLQ))
                    .hasMessageContaining("rehearsed");
            var until = office.jobs().rehearse(request).until();
            var job = run(office, request.upTo(until));
            assertThat(job.removed()).isEqualTo(3);
            assertThatThrownBy(() -> office.jobs().restore(job.id(), List.of(), "", Office.DLQ))
                    .hasMessageContaining("reason");
            restore(office, job.id());
            assertThat(office.engine().audit().list(null, "", null, 20))
                    .extracting(AuditRow::act)
                    .contains("rehearsal", "purge", "purge done", "restore", "restore done");
        }
    }
}
