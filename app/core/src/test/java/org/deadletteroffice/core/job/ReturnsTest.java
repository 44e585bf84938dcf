package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.deadletteroffice.memory.Flavour;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.DeadLetter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What comes back of a job.
class ReturnsTest {
    @TempDir Path home;

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

            var rest = office.jobs().rest(id);
            assertThat(office.jobs().rehearse(rest).planned()).isEqualTo(90);
            var again = office.run(Office.with(rest, Pace.FULL));
            assertThat(again.sent()).isEqualTo(90);
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 100));
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

    @Test
    void a_canary_is_refused_where_a_look_would_change_what_it_looks_at() throws Exception {
        try (var office = new Office(home, false)) {
            office.broker.create("counted.dlq", Flavour.COUNTING_QUEUE, 1, Integer.MAX_VALUE);
            var request =
                    RedriveRequest.of(
                                    office.broker.ref(Office.PROFILE, "counted.dlq"),
                                    new Scope.All())
                            .to("elsewhere")
                            .pace(new Pace(null, new Pace.Canary(10, Duration.ofSeconds(1), 0.1)))
                            .build();

            assertThatThrownBy(() -> office.jobs().rehearse(request))
                    .hasMessageContaining("cannot watch counted.dlq");
            assertThatThrownBy(() -> office.jobs().start(request, null))
                    .hasMessageContaining("cannot watch counted.dlq");
            assertThat(office.jobs().list()).isEmpty();
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_comes_back_without_its_headers_is_known_by_what_it_is(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 20);
            office.die(0, 1);
            var job = office.run(office.all());
            var sent = office.broker.messages(Office.ORIGIN);
            // One of two that are alike, another one, one with another key, one that was never
            // sent.
            for (var letter : List.of(sent.get(0), sent.get(3))) {
                office.broker.send(
                        Office.DLQ, MemoryMessage.of(letter.payload()).withKey(letter.key()));
            }
            office.broker.send(
                    Office.DLQ,
                    MemoryMessage.of("other key", "{\"n\": 7}"),
                    Office.letter("{\"n\": 77}"));
            assertThat(office.jobs().lookForReturns(job.id()).returned()).isEqualTo(2);
            assertThat(office.jobs().lookForReturns(job.id()).returned()).isEqualTo(2);
        }
    }
}
