package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.message.QueueRole;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.deadletteroffice.sqs.AwsStandIn.Answer;
import org.deadletteroffice.sqs.SnsAnswers.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What SNS could not deliver to one subscriber: whose it is, and the ways back.
class UndeliveredTest {
    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:orders";
    private static final String OTHER_TOPIC = "arn:aws:sns:eu-central-1:123456789012:returns";
    private static final QueueRef QUEUE = new QueueRef("aws", "billing-dlq", QueueKind.QUEUE);
    private static final Subscription BILLING =
            new Subscription(TOPIC + ":1", "sqs", AwsStandIn.arn("billing"));
    private static final Subscription BY_MAIL =
            new Subscription(OTHER_TOPIC + ":2", "email", "ops@example.com");
    private static final String ENVELOPE =
            """
            {"Type":"Notification","MessageId":"m-1","TopicArn":"%s","Subject":"order.placed",\
            "Message":"{\\"order\\":17}","Timestamp":"2026-03-01T10:15:30.123Z","SignatureVersion":"1",\
            "Signature":"x","MessageAttributes":{"tenant":{"Type":"String","Value":"shop"},\
            "seal":{"Type":"Binary","Value":"AAH/"}}}"""
                    .formatted(TOPIC);

    private AwsStandIn aws;
    private BrokerConnection connection;

    @BeforeEach
    void start() throws IOException {
        aws = new AwsStandIn();
        connection = aws.open();
    }

    @AfterEach
    void stop() {
        connection.close();
        aws.close();
    }

    private void subscribed(boolean raw, Subscription... all) {
        aws.answer("ListSubscriptions", SnsAnswers.subscriptions(all));
        aws.answer("GetSubscriptionAttributes", SnsAnswers.attributes(QUEUE.name(), raw));
    }

    /// One message lies there.
    private DeadLetter letter(String body) throws BrokerException {
        var given = new AtomicBoolean();
        aws.answer(
                "ReceiveMessage",
                _ ->
                        Answer.ok(
                                given.getAndSet(true)
                                        ? "{}"
                                        : AwsStandIn.message(
                                                "00000000-0000-0000-0000-000000000001", body)));
        aws.answer("ChangeMessageVisibilityBatch", Answer.ok("{\"Successful\":[],\"Failed\":[]}"));
        try (var browse = connection.browse(QUEUE)) {
            return browse.page(Cursor.oldest(), Direction.NEWER, 1).messages().getFirst();
        }
    }

    private List<TransferEvent> send(DeadLetter letter, String destination, Header... marks)
            throws BrokerException {
        try (var transfer = connection.transfer(new TransferPlan("job-1", QUEUE, "aws"))) {
            return transfer.send(
                    List.of(
                            new Outgoing(
                                    0,
                                    letter,
                                    destination,
                                    null,
                                    null,
                                    letter.payload(),
                                    Headers.of(marks),
                                    null)));
        }
    }

    @Test
    void an_envelope_tells_the_topic_and_so_the_subscriber_to_whom_it_goes_back_as_it_is()
            throws Exception {
        subscribed(false, BILLING, BY_MAIL);

        var letter = letter(ENVELOPE);

        assertThat(letter.failure().reader()).isEqualTo("Amazon SNS");
        assertThat(letter.failure().origin().queue()).isEqualTo("billing");
        assertThat(letter.failure().consumer()).isEqualTo(TOPIC + ":1");
        aws.answer(
                "SendMessageBatch",
                request -> {
                    assertThat(request.member("QueueUrl")).endsWith("/billing");
                    assertThat(AwsStandIn.body(request)).isEqualTo(ENVELOPE);
                    return Answer.ok(
                            "{\"Successful\":[%s],\"Failed\":[]}"
                                    .formatted(AwsStandIn.taken(request, _ -> true)));
                });
        assertThat(send(letter, "billing")).first().isInstanceOf(TransferEvent.Sent.class);
    }

    @Test
    void a_subscriber_that_is_delivered_raw_now_is_sent_what_is_inside() throws Exception {
        subscribed(true, BILLING);
        var letter = letter(ENVELOPE);
        aws.answer(
                "SendMessageBatch",
                request -> {
                    assertThat(AwsStandIn.body(request)).isEqualTo("{\"order\":17}");
                    assertThat(request.text())
                            .contains("\"tenant\":{\"StringValue\":\"shop\"")
                            .contains("\"seal\":{\"BinaryValue\":\"AAH/\"");
                    return Answer.error(400, "InvalidMessageContents", "as told");
                });

        assertThatThrownBy(() -> send(letter, "billing"))
                .isInstanceOf(BrokerException.Unsupported.class);
        assertThat(aws.asked("SendMessageBatch")).hasSize(1);
    }

    @Test
    void what_was_to_be_delivered_raw_is_known_by_the_only_subscription_of_its_queue()
            throws Exception {
        subscribed(true, BILLING);

        var letter = letter("{\"order\":17}");

        assertThat(letter.failure().origin().queue()).isEqualTo("billing");
        assertThat(letter.failure().consumer()).isEqualTo(TOPIC + ":1");
    }

    @Test
    void raw_from_one_of_several_subscriptions_is_nobodys_for_sure() throws Exception {
        subscribed(true, BILLING, BY_MAIL);

        assertThat(letter("{\"order\":17}").failure().isKnown()).isFalse();
    }

    @Test
    void a_subscriber_that_is_no_queue_is_named_and_has_no_origin() throws Exception {
        subscribed(false, BY_MAIL);

        var failure = letter(ENVELOPE.replace(TOPIC, OTHER_TOPIC)).failure();

        assertThat(failure.consumer()).isEqualTo(OTHER_TOPIC + ":2");
        assertThat(failure.origin().queue()).isNull();
    }

    @Test
    void to_the_topic_goes_what_was_published_with_its_subject_and_attributes() throws Exception {
        subscribed(false, BILLING);
        var letter = letter(ENVELOPE);
        var entry = "PublishBatchRequestEntries.member.1.";
        aws.answer(
                "PublishBatch",
                request -> {
                    assertThat(request.members())
                            .containsEntry("TopicArn", TOPIC)
                            .containsEntry(entry + "Message", "{\"order\":17}")
                            .containsEntry(entry + "Subject", "order.placed")
                            .containsEntry(entry + "MessageAttributes.entry.1.Name", "tenant")
                            .containsEntry(
                                    entry + "MessageAttributes.entry.1.Value.StringValue", "shop")
                            .containsEntry(entry + "MessageAttributes.entry.2.Name", "seal")
                            .containsEntry(
                                    entry + "MessageAttributes.entry.2.Value.BinaryValue", "AAH/")
                            .containsEntry(
                                    entry + "MessageAttributes.entry.3.Name", "x-redrive-id");
                    return SnsAnswers.published();
                });

        assertThat(send(letter, TOPIC, Header.of("x-redrive-id", "job-1-0")))
                .containsExactly(new TransferEvent.Sent(0, "orders n-1"));
    }

    @Test
    void what_a_topic_cannot_take_is_refused_before_it_is_published() throws Exception {
        var letter = letter("x".repeat(300_000));

        assertThat(send(letter, TOPIC).getFirst())
                .isInstanceOfSatisfying(
                        TransferEvent.Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isInstanceOf(BrokerException.TooLarge.class));
        assertThat(aws.asked("PublishBatch")).isEmpty();
    }

    @Test
    void its_queue_is_a_dead_letter_queue_and_fed_by_the_topic_through_all_pages()
            throws Exception {
        aws.answer(
                "ListSubscriptions",
                request ->
                        request.members().containsKey("NextToken")
                                ? SnsAnswers.subscriptions(BILLING)
                                : SnsAnswers.page("more", BY_MAIL));
        aws.answer("GetSubscriptionAttributes", SnsAnswers.attributes(QUEUE.name(), false));

        var info = connection.queue(QUEUE);

        assertThat(info.role()).isEqualTo(QueueRole.DEAD_LETTER);
        assertThat(info.feeds()).containsExactly(TOPIC, OTHER_TOPIC);
        connection.queue(QUEUE);
        assertThat(aws.asked("ListSubscriptions")).as("not again at once").hasSize(2);
    }

    @Test
    void without_the_right_queues_are_shown_and_the_check_prints_the_policy() throws Exception {
        aws.answer(
                "ListSubscriptions",
                new Answer(
                        403,
                        "",
                        """
                        <ErrorResponse><Error><Type>Sender</Type><Code>AuthorizationError</Code>
                        <Message>User: bob is not authorized to perform: SNS:ListSubscriptions on resource: *</Message>
                        </Error></ErrorResponse>"""));

        assertThat(connection.queue(QUEUE).role()).isEqualTo(QueueRole.UNKNOWN);
        aws.answer(
                "ListQueues",
                _ -> Answer.ok("{\"QueueUrls\":[\"%s\"]}".formatted(aws.url(QUEUE.name()))));
        var steps = new HashMap<String, Check>();
        connection.checks(check -> steps.put(check.name(), check));
        var step = Objects.requireNonNull(steps.get(SqsChecks.TOPICS));
        assertThat(step.state()).isEqualTo(Check.State.WARNING);
        assertThat(step.detail())
                .contains(
                        "\"Action\":[\"sns:ListSubscriptions\",\"sns:GetSubscriptionAttributes\"]");
        assertThat(step.remedy()).isInstanceOf(Remedy.Grant.class);
    }
}
