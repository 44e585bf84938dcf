package org.deadletteroffice.desktop.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.Optional;
import org.deadletteroffice.core.browse.Fates;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HistoryTest {
    private static final Instant FIRST = Instant.ofEpochSecond(1_769_760_000);

    private static Header deaths(String json) {
        return Header.of("x-death", json);
    }

    private static java.util.List<HistoryEvent> history(
            @Nullable Instant published, Header... headers) {
        var letter =
                new DeadLetter(
                        new QueueRef("rabbit", "orders.dlq", QueueKind.QUEUE),
                        new MessageId("k3v5q2"),
                        null,
                        new byte[] {1},
                        Headers.of(headers),
                        published,
                        null,
                        Failure.NONE,
                        null);
        var view =
                new Messages(
                                profile -> {
                                    throw new AssertionError("no broker is asked for " + profile);
                                },
                                Fates.NONE)
                        .view(letter, null);
        return History.of(view, _ -> Optional.empty());
    }

    /// Rejected, waited in a retry queue, and rejected for good.
    @Test
    void deaths_of_rabbitmq_are_told_by_queue_with_count_and_time() {
        var events =
                history(
                        FIRST.minusSeconds(60),
                        deaths(
                                """
                                [{"count":3,"exchange":"shop","queue":"orders","reason":"rejected",\
                                "routing-keys":["created"],"time":{"!T":1769760000}},\
                                {"count":2,"exchange":"","queue":"orders.retry","reason":"expired",\
                                "routing-keys":["orders.retry"],"time":{"!T":1769760005}}]"""));

        assertThat(events)
                .extracting(HistoryEvent::time, HistoryEvent::sentence)
                .containsExactly(
                        tuple(FIRST, "Rejected by a consumer of orders, 2 times from then on"),
                        tuple(
                                FIRST.plusSeconds(5),
                                "Expired in orders.retry, 2 times from then on"),
                        // When it was published says nothing of when it died.
                        tuple(null, "Rejected by a consumer of orders"));
    }

    @Test
    void one_death_has_its_time() {
        assertThat(
                        history(
                                null,
                                deaths(
                                        "[{\"count\":1,\"queue\":\"orders\",\"reason\":\"maxlen\",\"time\":{\"!T\":1769760000}}]")))
                .extracting(HistoryEvent::time, HistoryEvent::sentence)
                .contains(tuple(FIRST, "Pushed out by newer messages in orders"));
    }

    @Test
    void error_of_a_framework_is_told_with_its_tries() {
        assertThat(
                        history(
                                FIRST,
                                Header.of("MT-Reason", "fault"),
                                Header.of("MT-Fault-ExceptionType", "Shop.PaymentException"),
                                Header.of("MT-Fault-RetryCount", "4")))
                .extracting(HistoryEvent::time, HistoryEvent::sentence)
                .containsExactly(tuple(FIRST, "dead-lettered after 5 tries: PaymentException"));
    }
}
