package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.deadletteroffice.core.audit.AuditRow;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a redrive sends, and what it leaves out.
class RedriveJobTest {
    @TempDir Path home;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void every_message_arrives_once_at_its_origin_without_the_marks_of_its_death(boolean log)
            throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 2_345);
            var job = office.run(office.all());
            assertThat(job.state()).isEqualTo(JobState.DONE);
            assertThat(job.sent()).isEqualTo(2_345);
            assertThat(job.removed()).isEqualTo(2_345);
            assertThat(job.guarantee())
                    .isEqualTo(log ? Guarantee.EXACTLY_ONCE : Guarantee.AT_LEAST_ONCE);
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 2_345));
            assertThat(office.broker.messages(Office.DLQ)).hasSize(log ? 2_345 : 0);

            var arrived = office.broker.messages(Office.ORIGIN).getFirst();
            assertThat(arrived.headers().all())
                    .startsWith(
                            Header.of("tenant", "a"),
                            new Header("empty", new byte[0]),
                            new Header("none", null))
                    .hasSize(6);
            assertThat(arrived.headers().lastText("x-redrive-job")).contains(job.id());
            assertThat(arrived.headers().lastText("x-redrive-count")).contains("1");
            assertThat(arrived.key())
                    .isEqualTo(("key-" + Office.payload(arrived)).getBytes(StandardCharsets.UTF_8));
            var ids =
                    office.broker.messages(Office.ORIGIN).stream()
                            .map(letter -> letter.headers().lastText("x-redrive-id").orElseThrow());
            assertThat(ids).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_log_is_resolved_and_a_second_job_over_it_finds_nothing() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 50);
            office.run(office.all());
            var second = office.run(office.all());
            assertThat(second.state()).isEqualTo(JobState.DONE);
            assertThat(second.planned()).isZero();
            office.reopen();
            assertThat(office.run(office.all()).planned()).isZero();
            assertThat(office.broker.messages(Office.ORIGIN)).hasSize(50);
        }
    }

    @Test
    void what_dies_after_the_snapshot_is_left_alone() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 10);
            var until = office.jobs().rehearse(office.all()).until();
            office.die(10, 20);
            var job = office.run(office.all().upTo(until));
            assertThat(job.sent()).isEqualTo(10);
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 10));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void messages_without_origin_or_with_a_missing_one_are_left_out_with_the_reason(boolean log)
            throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 3);
            office.broker.send(Office.DLQ, MemoryMessage.of("nowhere"));
            office.broker.send(
                    Office.DLQ,
                    MemoryMessage.of("gone")
                            .with(
                                    org.deadletteroffice.memory.DeathHeaders.of(
                                                    "vanished", "E", "m")
                                            .spring()));
            office.broker.send(
                    Office.DLQ,
                    MemoryMessage.of("loop")
                            .with(
                                    org.deadletteroffice.memory.DeathHeaders.of(
                                                    Office.DLQ, "E", "m")
                                            .spring()));
            var job = office.run(office.all());
            assertThat(job.state()).isEqualTo(JobState.DONE_IN_PART);
            assertThat(job.sent()).isEqualTo(3);
            assertThat(job.excluded()).isEqualTo(3);
            assertThat(job.failures().keySet())
                    .anyMatch(reason -> reason.contains("does not say where it came from"))
                    .anyMatch(reason -> reason.contains("'vanished'"))
                    .anyMatch(reason -> reason.contains("the queue in which it lies"));
            assertThat(office.jobs().items(job.id(), JobItem.State.EXCLUDED, 0, 10)).hasSize(3);
            assertThat(office.jobs().items(job.id(), null, 0, 10)).hasSize(6);
        }
    }

    @Test
    void headers_are_edited_in_order_and_the_payload_by_program() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(7, 8);
            var edits =
                    List.<HeaderEdit>of(
                            new HeaderEdit.Set("tenant", "b"),
                            new HeaderEdit.Drop("empty"),
                            new HeaderEdit.Set("x", "y"));
            office.run(Office.to(office.all(), "elsewhere", new Change.Jq(".n += 1"), edits));
            var arrived = office.broker.messages("elsewhere").getFirst();
            assertThat(Office.payload(arrived)).isEqualTo("{\"n\": 8}");
            assertThat(arrived.headers().all().subList(0, 3))
                    .containsExactly(
                            Header.of("tenant", "b"),
                            new Header("none", null),
                            Header.of("x", "y"));
        }
    }

    @Test
    void one_edited_message_is_a_replay_with_digests_in_the_trail() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 3);
            var id = office.broker.messages(Office.DLQ).get(1).id();
            var scope = new Scope.Ids(List.of(id));
            var request =
                    Office.to(
                            RedriveRequest.toOrigin(office.dlq(), scope),
                            Office.ORIGIN,
                            new Change.Payload("mended".getBytes(StandardCharsets.UTF_8)),
                            List.of());
            var job = office.run(request);
            assertThat(job.kind()).isEqualTo(JobKind.REPLAY);
            assertThat(office.payloads(Office.ORIGIN)).containsExactly("mended");
            var trail = office.engine().audit().list(null, job.id(), null, 10);
            assertThat(trail).extracting(AuditRow::act).contains("replay", "edit", "replay done");
            assertThat(
                            trail.stream()
                                    .filter(row -> row.act().equals("edit"))
                                    .findFirst()
                                    .orElseThrow()
                                    .details())
                    .containsKeys("before", "after");
            assertThat(office.engine().audit().verify().intact()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void chosen_messages_go_and_the_others_stay(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 5);
            var ids =
                    List.of(
                            office.broker.messages(Office.DLQ).get(1).id(),
                            office.broker.messages(Office.DLQ).get(3).id(),
                            new MessageId("0-99999"));
            var job = office.run(RedriveRequest.toOrigin(office.dlq(), new Scope.Ids(ids)));
            assertThat(job.sent()).isEqualTo(2);
            assertThat(job.failures()).containsEntry("it lies there no more", 1L);
        }
    }

    @Test
    void a_filter_and_a_group_mean_what_they_say() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 10);
            office.broker.send(
                    Office.DLQ,
                    MemoryMessage.of("{\"n\": 77}")
                            .with(
                                    org.deadletteroffice.memory.DeathHeaders.of(
                                                    Office.ORIGIN, "Other", "else")
                                            .spring()));
            var filtered =
                    RedriveRequest.toOrigin(
                            office.dlq(),
                            new Scope.Matching("payload.n >= 8.0 && payload.n < 50.0"));
            assertThat(office.run(filtered).sent()).isEqualTo(2);
            var last =
                    office.broker.messages(Office.DLQ).stream()
                            .filter(m -> Office.payload(m).contains("77"))
                            .findFirst();
            var fingerprint =
                    office.engine().messages().view(last.orElseThrow(), null).fingerprint();
            assertThat(
                            office.run(
                                            RedriveRequest.toOrigin(
                                                    office.dlq(), new Scope.GroupOf(fingerprint)))
                                    .sent())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_message_that_came_back_too_often_is_poison(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            office.broker.send(
                    Office.DLQ,
                    Office.letter("once").plus("x-redrive-id", "j-1").plus("x-redrive-count", "2"));
            office.broker.send(
                    Office.DLQ,
                    Office.letter("poison")
                            .plus("x-redrive-id", "j-2")
                            .plus("x-redrive-count", "3"));
            var job = office.run(office.all());
            assertThat(job.sent()).isEqualTo(1);
            assertThat(job.failures().keySet())
                    .singleElement()
                    .asString()
                    .contains("came back 3 times");
            assertThat(
                            office.broker
                                    .messages(Office.ORIGIN)
                                    .getFirst()
                                    .headers()
                                    .named("x-redrive-count")
                                    .toList())
                    .containsExactly(Header.of("x-redrive-count", "3"));
        }
    }

    @Test
    void a_broker_that_hands_messages_out_twice_gets_each_sent_once() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 3_000);
            office.broker.faults().answerTwice();
            assertThat(office.run(office.all()).sent()).isEqualTo(3_000);
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 3_000));
        }
    }
}
