package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;

/// With which key a message goes to an exchange where nobody names one.
final class DestinationTest {
    /// Seen on a 3.10 node: rejected, waited in a retry queue, and rejected for good.
    private static final Header LOOP =
            Header.of(
                    "x-death",
                    """
                    [{"count":3,"exchange":"shop","queue":"orders","reason":"rejected",\
                    "routing-keys":["created"],"time":{"!T":1769760000}},\
                    {"count":2,"exchange":"","queue":"orders.retry","reason":"expired",\
                    "routing-keys":["orders.retry"],"time":{"!T":1769760005}}]""");

    private static String key(Header... headers) {
        var came = Stream.of(Header.of("amqp-exchange", "dlx"), Header.of("amqp-routing-key", "k"));
        var letter =
                new DeadLetter(
                        new QueueRef("rabbit", "orders.dlq", QueueKind.QUEUE),
                        new MessageId("1"),
                        null,
                        "{}".getBytes(StandardCharsets.UTF_8),
                        new Headers(Stream.concat(Stream.of(headers), came).toList()),
                        null,
                        null,
                        Failure.NONE,
                        null);
        return Destination.of("exchange:shop", letter).routingKey();
    }

    @Test
    void in_a_retry_loop_the_first_death_is_the_one_that_the_broker_names() {
        var queue = Header.of("x-first-death-queue", "orders");
        var reason = Header.of("x-first-death-reason", "rejected");

        assertThat(key(LOOP, queue, reason)).isEqualTo("created");
    }

    @Test
    void where_the_broker_names_none_it_is_the_last_entry() {
        assertThat(key(LOOP)).isEqualTo("orders.retry");
    }

    @Test
    void a_message_that_spring_sent_on_has_its_key_in_a_header() {
        assertThat(key(Header.of("x-original-routingKey", "created"))).isEqualTo("created");
    }

    @Test
    void else_it_is_the_key_by_which_the_message_came() {
        for (var odd : List.of("", "[]", "{}", "[{", "[{\"routing-keys\":[7]}]")) {
            assertThat(key(Header.of("x-death", odd))).as(odd).isEqualTo("k");
        }
        assertThat(key()).isEqualTo("k");
    }
}
