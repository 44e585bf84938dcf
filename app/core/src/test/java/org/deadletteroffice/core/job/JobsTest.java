package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.audit.AuditRow;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.memory.Flavour;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.memory.Right;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobsTest {
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
            var job = office.run(office.all().over(new Scope.All(), until));
            assertThat(job.sent()).isEqualTo(10);
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 10));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_rehearsal_sends_nothing_and_says_what_the_job_then_does(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            office.broker.create("tiny", log ? Flavour.LOG : Flavour.QUEUE, 1, 320);
            office.die(0, 30);
            office.broker.send(
                    Office.DLQ,
                    Office.letter("x".repeat(400)),
                    MemoryMessage.of("{\"no\": \"origin\"}"));
            var before = office.broker.messages(Office.DLQ);
            var request = Office.to(office.all(), "tiny", new Change.Jq(".seen = true"), List.of());
            var preview = office.jobs().rehearse(request);
            assertThat(office.broker.messages("tiny")).isEmpty();
            assertThat(office.broker.messages(Office.DLQ)).isEqualTo(before);
            assertThat(preview.inScope()).isEqualTo(32);
            assertThat(preview.planned()).isEqualTo(31);
            assertThat(preview.excluded())
                    .singleElement()
                    .extracting(Preview.Exclusion::count)
                    .isEqualTo(1L);
            assertThat(preview.destinations()).containsEntry("tiny", 31L);
            assertThat(preview.samples()).isNotEmpty();
            assertThat(preview.samples().getFirst().payload()).isNotEmpty();
            assertThat(preview.samples().getFirst().headers()).isNotEmpty();
            assertThat(preview.droppedHeaders()).containsEntry("kafka_dlt-exception-message", 30L);

            var job = office.run(request);
            assertThat(job.planned()).isEqualTo(preview.planned());
            assertThat(job.excluded()).isEqualTo(preview.inScope() - preview.planned());
            assertThat(job.failures()).containsOnlyKeys(preview.excluded().getFirst().reason());
            assertThat(office.broker.messages("tiny")).hasSize(31);
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
    void a_destination_that_is_the_source_is_refused_unless_forced() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 1);
            var request = Office.to(office.all(), Office.DLQ, new Change.None(), List.of());
            assertThatThrownBy(() -> office.jobs().start(request, null))
                    .isInstanceOfSatisfying(
                            OperatorException.class,
                            refused ->
                                    assertThat(refused.kind())
                                            .isEqualTo(OperatorException.Kind.REFUSED));
            assertThatThrownBy(() -> office.jobs().rehearse(request))
                    .isInstanceOf(OperatorException.class);
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_lost_confirmation_of_an_exactly_once_transfer_sends_nothing_twice(boolean log)
            throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 1_200);
            office.broker.faults().loseNextAnswer();
            var job = office.run(office.all());
            assertThat(job.state()).isEqualTo(JobState.DONE);
            var expected = Office.expected(0, 1_200);
            if (log) {
                assertThat(office.payloads(Office.ORIGIN))
                        .containsExactlyInAnyOrderElementsOf(expected);
            } else {
                assertThat(office.payloads(Office.ORIGIN)).containsAll(expected);
                var ids =
                        office.broker.messages(Office.ORIGIN).stream()
                                .map(
                                        letter ->
                                                letter.headers()
                                                        .lastText("x-redrive-id")
                                                        .orElseThrow())
                                .distinct();
                assertThat(ids).as("a repeat carries the same id").hasSize(1_200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_broker_that_comes_back_soon_is_waited_for(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 900);
            office.broker.faults().failAfter(300);
            var id = office.jobs().start(office.all(), null);
            Thread.ofVirtual()
                    .start(
                            () -> {
                                await().pollDelay(Duration.ofMillis(300)).until(() -> true);
                                office.broker.faults().heal();
                            });
            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.DONE);
            if (log) {
                assertThat(office.payloads(Office.ORIGIN))
                        .containsExactlyInAnyOrderElementsOf(Office.expected(0, 900));
            } else {
                assertThat(office.payloads(Office.ORIGIN)).containsAll(Office.expected(0, 900));
            }
        }
    }

    @Test
    void a_broker_that_refuses_the_sender_interrupts_the_job_with_a_sentence() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 10);
            office.broker.faults().forbid(Right.READ, Office.DLQ);
            var id = office.jobs().start(office.all(), null);
            var job = office.jobs().await(id);
            assertThat(job.state()).isEqualTo(JobState.INTERRUPTED);
            assertThat(job.sentence()).contains("does not allow").contains("resume");
            office.broker.faults().heal();
            office.jobs().resume(id);
            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.DONE);
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 10));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_paused_job_goes_on_and_a_stopped_one_leaves_the_rest(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 500);
            var id = office.jobs().start(Office.with(office.all(), new Pace(200.0, null)), null);
            await().until(() -> office.jobs().find(id).orElseThrow().sent() > 20);
            office.jobs().pause(id);
            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.PAUSED);
            await().until(() -> settled(office, id));
            var paused = office.broker.messages(Office.ORIGIN).size();
            assertThat(paused).isLessThan(500);
            await().during(Duration.ofMillis(500))
                    .until(() -> office.broker.messages(Office.ORIGIN).size() == paused);
            office.jobs().resume(id);
            await().until(() -> office.broker.messages(Office.ORIGIN).size() > paused);
            office.jobs().stop(id);
            var job = office.jobs().await(id);
            assertThat(job.state()).isEqualTo(JobState.STOPPED);
            assertThat(job.sent())
                    .isEqualTo(job.removed())
                    .isEqualTo(office.broker.messages(Office.ORIGIN).size());
            if (!log) {
                assertThat(office.broker.messages(Office.DLQ)).hasSize(500 - (int) job.sent());
            }
            var rest = office.run(office.all());
            assertThat(rest.sent()).isEqualTo(500 - job.sent());
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 500));
        }
    }

    private static boolean settled(Office office, String id) {
        var job = office.jobs().find(id).orElseThrow();
        return job.sent() == office.broker.messages(Office.ORIGIN).size()
                && job.removed() == job.sent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_closed_program_leaves_its_job_interrupted_and_the_next_resumes_it(boolean log)
            throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 400);
            var id = office.jobs().start(Office.with(office.all(), new Pace(400.0, null)), null);
            await().until(() -> office.jobs().find(id).orElseThrow().sent() > 50);
            office.reopen();
            assertThat(office.jobs().find(id).orElseThrow().state())
                    .isEqualTo(JobState.INTERRUPTED);
            office.jobs().resume(id);
            var job = office.jobs().await(id);
            assertThat(job.state()).isEqualTo(JobState.DONE);
            assertThat(job.sent()).isEqualTo(400);
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 400));
        }
    }

    @Test
    void an_interrupted_job_can_be_abandoned_and_only_an_interrupted_one() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 100);
            var id = office.jobs().start(Office.with(office.all(), new Pace(50.0, null)), null);
            assertThatThrownBy(() -> office.jobs().abandon(id))
                    .hasMessageContaining("is not interrupted");
            await().until(() -> office.jobs().find(id).orElseThrow().sent() > 0);
            office.reopen();
            office.jobs().abandon(id);
            assertThat(office.jobs().find(id).orElseThrow().state()).isEqualTo(JobState.ABANDONED);
            assertThatThrownBy(() -> office.jobs().resume(id)).hasMessageContaining("has ended");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void canaries_that_come_back_stop_the_job(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 100);
            var pace = new Pace(null, new Pace.Canary(10, Duration.ofSeconds(20), 0.2));
            var id = office.jobs().start(Office.with(office.all(), pace), null);
            await().until(() -> office.jobs().find(id).orElseThrow().state() == JobState.WATCHING);
            assertThat(office.broker.messages(Office.ORIGIN)).hasSize(10);
            office.broker.messages(Office.ORIGIN).stream()
                    .limit(3)
                    .forEach(letter -> failAgain(office, letter));
            var job = office.jobs().await(id);
            assertThat(job.state()).isEqualTo(JobState.STOPPED);
            assertThat(job.sentence()).contains("3 of the first 10 came back");
            assertThat(job.returned()).isEqualTo(3);
            assertThat(office.broker.messages(Office.ORIGIN)).hasSize(10);
        }
    }

    @Test
    void canaries_that_stay_out_let_the_rest_go() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 100);
            var pace = new Pace(null, new Pace.Canary(10, Duration.ofMillis(300), 0.0));
            var job = office.run(Office.with(office.all(), pace));
            assertThat(job.state()).isEqualTo(JobState.DONE);
            assertThat(office.broker.messages(Office.ORIGIN)).hasSize(100);
        }
    }

    private static void failAgain(Office office, DeadLetter letter) {
        var death = org.deadletteroffice.memory.DeathHeaders.of(Office.ORIGIN, "Again", "still");
        office.broker.send(
                Office.DLQ,
                new MemoryMessage(
                        null,
                        letter.key(),
                        letter.payload(),
                        org.deadletteroffice.memory.DeathHeaders.after(
                                letter.headers(), death.spring()),
                        null,
                        org.deadletteroffice.spi.message.Failure.NONE));
    }

    @Test
    void what_comes_back_after_the_end_is_counted() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 20);
            var job = office.run(office.all());
            office.broker.messages(Office.ORIGIN).stream()
                    .limit(4)
                    .forEach(letter -> failAgain(office, letter));
            assertThat(office.jobs().lookForReturns(job.id()).returned()).isEqualTo(4);
            assertThat(office.jobs().lookForReturns(job.id()).returned()).isEqualTo(4);
            await().until(() -> office.jobs().find(job.id()).orElseThrow().returned() == 4);
        }
    }

    @Test
    void what_was_refused_can_be_tried_again_alone() throws Exception {
        try (var office = new Office(home, false)) {
            office.die(0, 5);
            office.broker.delete("elsewhere");
            var request = Office.to(office.all(), "elsewhere", new Change.None(), List.of());
            var job = office.run(request);
            assertThat(job.excluded()).isEqualTo(5);
            assertThatThrownBy(() -> office.jobs().retryFailed(job.id()))
                    .hasMessageContaining("no failed messages");
        }
    }

    @Test
    void production_is_read_only_until_unlocked_and_wants_name_reason_and_rehearsal()
            throws Exception {
        try (var office = new Office(home, true, Environment.PRODUCTION)) {
            office.die(0, 3);
            var request = Office.to(office.all(), Office.ORIGIN, new Change.None(), List.of());
            assertThatThrownBy(() -> office.jobs().start(request, Office.DLQ))
                    .hasMessageContaining("read-only");
            office.engine().brokers().unlock(Office.PROFILE, Duration.ofMinutes(5), "ticket 7");
            assertThatThrownBy(() -> office.jobs().start(request, "orders"))
                    .hasMessageContaining("typed");
            assertThatThrownBy(() -> office.jobs().start(request, Office.DLQ))
                    .hasMessageContaining("rehearsed");
            var until = office.jobs().rehearse(request).until();
            var job = office.run(request.over(new Scope.All(), until));
            assertThat(job.sent()).isEqualTo(3);
            office.engine().brokers().lock(Office.PROFILE);
            assertThatThrownBy(() -> office.jobs().start(request, Office.DLQ))
                    .hasMessageContaining("read-only");
            assertThat(office.engine().audit().list(null, "", null, 20))
                    .extracting(AuditRow::act)
                    .contains("unlock", "rehearsal", "redrive", "redrive done", "lock");
        }
    }

    @Test
    void changes_are_told() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 5);
            var seen = new java.util.concurrent.CopyOnWriteArrayList<List<JobInfo>>();
            try (var _ = office.jobs().changes().subscribe(seen::add)) {
                var job = office.run(office.all());
                await().until(
                                () ->
                                        seen.getLast().stream()
                                                .anyMatch(
                                                        info ->
                                                                info.id().equals(job.id())
                                                                        && info.state()
                                                                                == JobState.DONE));
            }
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
