package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.deadletteroffice.sqs.AwsStandIn.Answer;
import org.junit.jupiter.api.Test;

/// Batches of which AWS takes a part, is too slow for one, or publishes one to a topic.
class ServiceSendingTest extends OnAwsStandIn {
    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:orders";

    private static Outgoing outgoing(int number, String destination, Header... headers) {
        return outgoing(number, destination, "m" + number, headers);
    }

    private static Outgoing outgoing(
            int number, String destination, String text, Header... headers) {
        var body = text.getBytes(StandardCharsets.UTF_8);
        var letter =
                new DeadLetter(
                        QUEUE,
                        new MessageId("00000000-0000-0000-0000-%012d".formatted(number)),
                        null,
                        body,
                        Headers.of(headers),
                        null,
                        null,
                        Failure.NONE,
                        null);
        return new Outgoing(number, letter, destination, null, null, body, letter.headers(), null);
    }

    private List<TransferEvent> send(Outgoing... batch) throws BrokerException {
        try (var transfer = connection.transfer(new TransferPlan("job-1", QUEUE, "aws"))) {
            return transfer.send(List.of(batch));
        }
    }

    @Test
    void entries_that_fail_for_good_are_refused_and_others_are_sent_again() throws Exception {
        aws.answer(
                "SendMessageBatch",
                request ->
                        Answer.ok(
                                """
                                {"Successful":[%s],
                                 "Failed":[{"Id":"1","SenderFault":true,"Code":"InvalidMessageContents","Message":"no"},
                                           {"Id":"2","SenderFault":false,"Code":"InternalError","Message":"later"}]}
                                """
                                        .formatted(AwsStandIn.taken(request, "0"::equals))));

        var events = send(outgoing(0, "orders"), outgoing(1, "orders"), outgoing(2, "orders"));

        assertThat(events.get(0)).isEqualTo(new TransferEvent.Sent(0, "orders id-0"));
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        TransferEvent.Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isInstanceOf(BrokerException.Unsupported.class));
        assertThat(events.get(2)).isEqualTo(new TransferEvent.Untouched(2));
    }

    @Test
    void batch_of_which_nothing_went_is_left_to_who_waits_and_tries_again() {
        aws.answer(
                "SendMessageBatch",
                Answer.ok(
                        "{\"Successful\":[],\"Failed\":[{\"Id\":\"0\",\"SenderFault\":false,\"Code\":\"RequestThrottled\"}]}"));

        assertThatThrownBy(() -> send(outgoing(0, "orders")))
                .isInstanceOf(BrokerException.Throttled.class);
    }

    @Test
    void requests_that_went_are_told_though_another_was_throttled() throws Exception {
        var requests = new AtomicInteger();
        aws.answer(
                "SendMessageBatch",
                request ->
                        requests.getAndIncrement() == 1
                                ? Answer.error(400, "RequestThrottled", "slow down")
                                : Answer.ok(
                                        "{\"Successful\":[%s],\"Failed\":[]}"
                                                .formatted(AwsStandIn.taken(request, _ -> true))));
        var batch =
                IntStream.range(0, 30)
                        .mapToObj(number -> outgoing(number, "orders", "m" + number))
                        .toArray(Outgoing[]::new);

        var events = send(batch);

        assertThat(events).hasSize(30);
        assertThat(events.stream().filter(event -> event instanceof TransferEvent.Sent))
                .hasSize(10 * (requests.get() - 1));
        assertThat(events.stream().filter(event -> event instanceof TransferEvent.Untouched))
                .as("to be sent again")
                .hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void message_larger_than_the_limit_of_the_target_is_refused_before_it_is_sent()
            throws Exception {
        aws.answer(
                "GetQueueAttributes",
                Answer.ok(
                        "{\"Attributes\":{\"QueueArn\":\"%s\",\"MaximumMessageSize\":\"1024\"}}"
                                .formatted(AwsStandIn.arn("orders"))));
        var large = outgoing(0, "orders", Header.of("padding", "x".repeat(1_023)));

        try (var transfer = connection.transfer(new TransferPlan("job-1", QUEUE, "aws"))) {
            assertThat(transfer.rehearse(List.of(large)).getFirst())
                    .isInstanceOfSatisfying(
                            TransferEvent.Refused.class,
                            refused ->
                                    assertThat(refused.reason())
                                            .isInstanceOfSatisfying(
                                                    BrokerException.TooLarge.class,
                                                    told ->
                                                            assertThat(told.limit())
                                                                    .isEqualTo(1_024)));
        }
        assertThat(aws.asked("SendMessageBatch")).isEmpty();
    }

    @Test
    void batches_are_cut_by_count_and_by_size() throws Exception {
        var batches = new AtomicInteger();
        aws.answer(
                "SendMessageBatch",
                request -> {
                    batches.incrementAndGet();
                    assertThat(request.text().length()).isLessThan(1_100_000);
                    return Answer.ok(
                            "{\"Successful\":[%s],\"Failed\":[]}"
                                    .formatted(AwsStandIn.taken(request, _ -> true)));
                });
        var batch =
                IntStream.range(0, 9)
                        .mapToObj(number -> outgoing(number, "orders", "x".repeat(300_000)))
                        .toArray(Outgoing[]::new);

        assertThat(send(batch)).hasSize(9).allMatch(event -> event instanceof TransferEvent.Sent);
        assertThat(batches).hasValue(3);
    }

    @Test
    void a_topic_is_published_to_by_its_arn() throws Exception {
        aws.answer(
                "PublishBatch",
                request -> {
                    assertThat(request.members())
                            .containsEntry("TopicArn", TOPIC)
                            .containsEntry("PublishBatchRequestEntries.member.1.Message", "m1")
                            .containsEntry(
                                    "PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Name",
                                    "kind")
                            .containsEntry(
                                    "PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.DataType",
                                    "String");
                    return SnsAnswers.published();
                });

        assertThat(send(outgoing(1, TOPIC, Header.of("kind", "order"))))
                .containsExactly(new TransferEvent.Sent(1, "orders n-1"));
    }
}
