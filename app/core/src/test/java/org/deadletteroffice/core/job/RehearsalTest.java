package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.audit.AuditRow;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.memory.Flavour;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is asked before anything is sent.
class RehearsalTest {
    @TempDir Path home;

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

    @Test
    void what_would_go_further_than_asked_for_is_said_and_goes_when_it_is_wanted()
            throws Exception {
        try (var office = new Office(home, false)) {
            office.die(0, 25);
            office.broker.faults().warn(Office.ORIGIN, "It goes to audit as well.");

            var preview = office.jobs().rehearse(office.all());

            assertThat(preview.planned()).isEqualTo(25);
            assertThat(preview.excluded()).isEmpty();
            assertThat(preview.warnings())
                    .singleElement()
                    .satisfies(
                            warning -> {
                                assertThat(warning.reason()).isEqualTo("It goes to audit as well.");
                                assertThat(warning.count()).isEqualTo(25);
                                assertThat(warning.examples()).hasSize(20);
                            });
            assertThat(office.broker.messages(Office.ORIGIN)).isEmpty();
            assertThat(office.run(office.all()).sent()).isEqualTo(25);
        }
    }

    /// Whoever can write into the queue would choose what is called with the operator's rights.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:lambda:eu-central-1:123456789012:function:any",
                "https://example.org/hook"
            })
    void an_address_that_only_the_message_names_is_no_origin(String address) throws Exception {
        try (var office = new Office(home, false)) {
            office.broker.send(
                    Office.DLQ,
                    MemoryMessage.of("{}")
                            .with(Headers.of(Header.of("x-original-queue", address))));

            var preview = office.jobs().rehearse(office.all());

            assertThat(preview.planned()).isZero();
            assertThat(preview.excluded())
                    .singleElement()
                    .extracting(Preview.Exclusion::reason)
                    .asString()
                    .contains("choose a destination");
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
            var job = office.run(request.copy().scope(new Scope.All()).until(until).build());
            assertThat(job.sent()).isEqualTo(3);
            office.engine().brokers().lock(Office.PROFILE);
            assertThatThrownBy(() -> office.jobs().start(request, Office.DLQ))
                    .hasMessageContaining("read-only");
            assertThat(office.engine().audit().list(null, "", null, 20))
                    .extracting(AuditRow::act)
                    .contains("unlock", "rehearsal", "redrive", "redrive done", "lock");
        }
    }
}
