package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.sqs.AwsFaults;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.Test;

/// What is removed from SQS, what another reader holds meanwhile, and what counts that come late
/// say of both, against ElasticMQ.
class RemovingTest extends OnElasticMq {
    @Test
    void what_another_reader_hides_is_not_taken_for_removed() throws Exception {
        var queue = queue("");
        fixture.seed(queue.name(), List.of(ForeignMessage.of("shared")));
        var id = all(queue).getFirst().id();
        var url = url(queue);
        fixture.client().receiveMessage(r -> r.queueUrl(url).visibilityTimeout(60));

        assertThatThrownBy(() -> connection.remove(queue, List.of(id)))
                .isInstanceOf(BrokerException.Throttled.class)
                .hasMessageContaining("another reader");
    }

    @Test
    void what_another_reader_hides_is_not_taken_for_removed_while_counts_are_late()
            throws Exception {
        var queue = queue("");
        fixture.seed(queue.name(), texts(10));
        var url = url(queue);
        var taken =
                fixture.client()
                        .receiveMessage(
                                r -> r.queueUrl(url).maxNumberOfMessages(3).visibilityTimeout(60))
                        .messages();
        var ids = taken.stream().map(one -> new MessageId(one.messageId())).toList();
        try (var aws = new AwsFaults(fixture.endpoint());
                var late = lately(aws)) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> hidden(late, queue) == 3);

            // The seven others are received by then and not counted as hidden yet.
            assertThatThrownBy(() -> late.remove(queue, ids))
                    .isInstanceOf(BrokerException.Throttled.class)
                    .hasMessageContaining("another reader");
            assertThat(fixture.depth(queue.name())).isEqualTo(10);

            taken.forEach(
                    one ->
                            fixture.client()
                                    .changeMessageVisibility(
                                            r ->
                                                    r.queueUrl(url)
                                                            .receiptHandle(one.receiptHandle())
                                                            .visibilityTimeout(0)));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(BrokerException.Throttled.class)
                    .until(() -> late.remove(queue, ids).size() == 3);
        }
        assertThat(fixture.depth(queue.name())).isEqualTo(7);
    }

    @Test
    void what_is_gone_counts_as_removed_at_once_though_counts_are_late() throws Exception {
        var queue = queue("");
        fixture.seed(queue.name(), texts(10));
        var gone = all(queue).stream().map(DeadLetter::id).limit(3).toList();
        connection.remove(queue, gone);
        try (var aws = new AwsFaults(fixture.endpoint());
                var late = lately(aws)) {
            assertThat(late.remove(queue, gone)).isEqualTo(gone);
        }
        assertThat(fixture.depth(queue.name())).isEqualTo(7);
    }

    @Test
    void what_a_rehearsal_held_is_not_taken_for_another_readers_while_counts_are_late()
            throws Exception {
        var queue = queue("");
        fixture.seed(queue.name(), texts(20));
        try (var aws = new AwsFaults(fixture.endpoint());
                var late = lately(aws)) {
            try (var rehearsal = late.browse(queue)) {
                assertThat(rehearsal.page(Cursor.oldest(), Direction.NEWER, 50).messages())
                        .hasSize(20);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> hidden(late, queue) == 20);
            }
            assertThat(hidden(late, queue)).as("told late").isEqualTo(20);
            try (var job = late.transfer(new TransferPlan("late-job", queue, "quirks"));
                    var scan = late.scan(queue, Cursor.oldest(), Cursor.newest())) {
                for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                    late.remove(
                            queue, batch.get().messages().stream().map(DeadLetter::id).toList());
                }
                assertThat(hidden(late, queue)).as("told late").isEqualTo(20);
                assertThat(job.guarantee().name()).isEqualTo("AT_LEAST_ONCE");
            }
        }
        assertThat(fixture.depth(queue.name())).isZero();
    }

    private static long hidden(BrokerConnection connection, QueueRef queue) throws BrokerException {
        return Objects.requireNonNull(connection.queue(queue).shares()).held();
    }

    @Test
    void everything_is_purged_by_sqs_itself() throws Exception {
        var queue = queue("");
        fixture.seed(queue.name(), List.of(ForeignMessage.of("1"), ForeignMessage.of("2")));

        connection.purge(queue, Cursor.newest());

        assertThat(fixture.peek(queue.name())).isEmpty();
    }

    private static List<ForeignMessage> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> ForeignMessage.of("m" + i)).toList();
    }

    /// A connection that is told how many messages there are three seconds late.
    private static BrokerConnection lately(AwsFaults aws) {
        aws.countLate(Duration.ofSeconds(3));
        var values = new HashMap<>(fixture.settings().values());
        values.put("endpoint", aws.endpoint().toString());
        return open(values);
    }
}
