package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// What is remembered of messages that come and go. Nothing is asked of a service: all that came is
/// removed before the visit ends.
class HoldTest {
    private static final QueueRef QUEUE = new QueueRef("aws", "orders-dlq", QueueKind.QUEUE);
    private static final QueueAddress ADDRESS =
            new QueueAddress("orders-dlq", "http://localhost:9/0/orders-dlq");

    private static final double MOST_BYTES = 8;

    private Account account;
    private Hold hold;

    @BeforeEach
    void enter() throws Exception {
        account =
                new Account(
                        new SqsProfile(
                                Settings.of(
                                                Map.of(
                                                        "region", "eu-central-1",
                                                        "endpoint", "http://localhost:9",
                                                        "signIn", "KEYS",
                                                        "accessKeyId", "AKIAEXAMPLE",
                                                        "topics", "false",
                                                        "metrics", "false"))
                                        .withSecret("secretKey", new Secret("example"))));
        var visibility = Duration.ofHours(11);
        hold =
                new Hold(
                        QUEUE,
                        new Receiver(account, ADDRESS, visibility, Duration.ZERO),
                        new Letters(QUEUE, new Undelivered(account, ADDRESS)),
                        visibility);
        hold.enter();
    }

    @AfterEach
    void leave() {
        hold.leave();
        account.close();
    }

    /// A redrive holds a few thousand at a time, and may see ten million of them.
    @Test
    void what_was_removed_takes_no_memory() {
        var held = new ArrayDeque<MessageId>();
        pass(60_000, held);
        var before = used();
        var passing = 300_000;

        pass(passing, held);

        var each = (used() - before) / (double) passing;
        System.out.printf("Of each message removed %.1f bytes stay%n", each);
        assertThat(each).isLessThan(MOST_BYTES);
        assertThat(hold.received()).isEqualTo(60_000 + passing);
        assertThat(hold.journal().size()).isEqualTo(held.size()).isEqualTo(hold.size());
        hold.removed(List.copyOf(held));
    }

    private void pass(int count, ArrayDeque<MessageId> held) {
        for (var batch = 0; batch < count / 10; batch++) {
            var messages =
                    IntStream.range(0, 10).mapToObj(_ -> message(UUID.randomUUID())).toList();
            hold.take(messages, System.nanoTime());
            messages.forEach(message -> held.add(new MessageId(message.messageId())));
            if (held.size() > 2_000) {
                hold.removed(
                        IntStream.range(0, 10)
                                .mapToObj(_ -> Objects.requireNonNull(held.poll()))
                                .toList());
            }
        }
    }

    private static Message message(UUID id) {
        return Message.builder()
                .messageId(id.toString())
                .receiptHandle("handle of " + UUID.randomUUID())
                .body("{\"order\":1}")
                .attributes(
                        Map.of(
                                MessageSystemAttributeName.SENT_TIMESTAMP,
                                "1767225600000",
                                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                                "3",
                                MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN,
                                "arn:aws:sqs:eu-central-1:123456789012:orders"))
                .build();
    }

    /// Bytes of the heap that something holds.
    private static long used() {
        var runtime = Runtime.getRuntime();
        var least = Long.MAX_VALUE;
        for (var i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    @Test
    void a_message_that_comes_twice_is_one() {
        var message = message(UUID.randomUUID());
        var second = message.toBuilder().receiptHandle("newer").build();

        assertThat(hold.take(List.of(message), System.nanoTime())).isEqualTo(1);
        assertThat(hold.take(List.of(second), System.nanoTime())).isZero();

        assertThat(hold.received()).isEqualTo(1);
        assertThat(held(message).handle).isEqualTo("newer");
        hold.removed(List.of(held(message).id));
    }

    @Test
    void a_message_whose_time_ran_out_and_that_comes_again_keeps_its_place() {
        var message = message(UUID.randomUUID());
        hold.take(List.of(message), System.nanoTime());
        var first = held(message);
        hold.lost(List.of(first));
        assertThat(hold.find(List.of(first.id))).isEmpty();

        assertThat(hold.take(List.of(message), System.nanoTime())).isEqualTo(1);

        assertThat(hold.received()).isEqualTo(1);
        assertThat(held(message)).isSameAs(first);
        hold.removed(List.of(first.id));
    }

    @Test
    void a_message_that_comes_after_its_removal_is_not_shown_but_removed_again() {
        var message = message(UUID.randomUUID());
        hold.take(List.of(message), System.nanoTime());
        hold.removed(List.of(held(message).id));

        assertThat(hold.take(List.of(message), System.nanoTime())).isZero();

        assertThat(hold.received()).isEqualTo(1);
        assertThat(hold.cameAgain())
                .singleElement()
                .extracting(one -> one.id.text())
                .isEqualTo(message.messageId());
        assertThat(hold.cameAgain()).isEmpty();
    }

    private Held held(Message message) {
        var id = new MessageId(message.messageId());
        return Objects.requireNonNull(hold.find(List.of(id)).get(id));
    }
}
