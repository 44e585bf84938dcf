package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.deadletteroffice.sqs.DeadSubscriptions.ENVELOPE;
import static org.deadletteroffice.sqs.DeadSubscriptions.QUEUE;
import static org.deadletteroffice.sqs.DeadSubscriptions.TOPIC;

import java.io.IOException;
import java.util.HashMap;
import java.util.Objects;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.QueueRole;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.sqs.AwsStandIn.Answer;
import org.deadletteroffice.sqs.SnsAnswers.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What SNS could not deliver to one subscriber: whose it is, and the ways back.
class UndeliveredTest {
    private static final String OTHER_TOPIC = "arn:aws:sns:eu-central-1:123456789012:returns";
    private static final Subscription BILLING =
            new Subscription(TOPIC + ":1", "sqs", AwsStandIn.arn("billing"));
    private static final Subscription BY_MAIL =
            new Subscription(OTHER_TOPIC + ":2", "email", "ops@example.com");

    private DeadSubscriptions dead;

    @BeforeEach
    void start() throws IOException {
        dead = new DeadSubscriptions();
    }

    @AfterEach
    void stop() {
        dead.close();
    }

    @Test
    void an_envelope_tells_the_topic_and_so_the_subscriber_to_whom_it_goes_back_as_it_is()
            throws Exception {
        dead.subscribed(false, BILLING, BY_MAIL);

        var letter = dead.letter(ENVELOPE);

        assertThat(letter.failure().reader()).isEqualTo("Amazon SNS");
        assertThat(letter.failure().origin().queue()).isEqualTo("billing");
        assertThat(letter.failure().consumer()).isEqualTo(TOPIC + ":1");
        dead.aws.answer(
                "SendMessageBatch",
                request -> {
                    assertThat(request.member("QueueUrl")).endsWith("/billing");
                    assertThat(AwsStandIn.body(request)).isEqualTo(ENVELOPE);
                    return Answer.ok(
                            "{\"Successful\":[%s],\"Failed\":[]}"
                                    .formatted(AwsStandIn.taken(request, _ -> true)));
                });
        assertThat(dead.send(letter, "billing")).first().isInstanceOf(TransferEvent.Sent.class);
    }

    @Test
    void a_subscriber_that_is_delivered_raw_now_is_sent_what_is_inside() throws Exception {
        dead.subscribed(true, BILLING);
        var letter = dead.letter(ENVELOPE);
        dead.aws.answer(
                "SendMessageBatch",
                request -> {
                    assertThat(AwsStandIn.body(request)).isEqualTo("{\"order\":17}");
                    assertThat(request.text())
                            .contains("\"tenant\":{\"StringValue\":\"shop\"")
                            .contains("\"seal\":{\"BinaryValue\":\"AAH/\"");
                    return Answer.error(400, "InvalidMessageContents", "as told");
                });

        assertThatThrownBy(() -> dead.send(letter, "billing"))
                .isInstanceOf(BrokerException.Unsupported.class);
        assertThat(dead.aws.asked("SendMessageBatch")).hasSize(1);
    }

    @Test
    void what_was_to_be_delivered_raw_is_known_by_the_only_subscription_of_its_queue()
            throws Exception {
        dead.subscribed(true, BILLING);

        var letter = dead.letter("{\"order\":17}");

        assertThat(letter.failure().origin().queue()).isEqualTo("billing");
        assertThat(letter.failure().consumer()).isEqualTo(TOPIC + ":1");
    }

    @Test
    void raw_from_one_of_several_subscriptions_is_nobodys_for_sure() throws Exception {
        dead.subscribed(true, BILLING, BY_MAIL);

        assertThat(dead.letter("{\"order\":17}").failure().isKnown()).isFalse();
    }

    @Test
    void a_subscriber_that_is_no_queue_is_named_and_has_no_origin() throws Exception {
        dead.subscribed(false, BY_MAIL);

        var failure = dead.letter(ENVELOPE.replace(TOPIC, OTHER_TOPIC)).failure();

        assertThat(failure.consumer()).isEqualTo(OTHER_TOPIC + ":2");
        assertThat(failure.origin().queue()).isNull();
    }

    @Test
    void to_the_topic_goes_what_was_published_with_its_subject_and_attributes() throws Exception {
        dead.subscribed(false, BILLING);
        var letter = dead.letter(ENVELOPE);
        var entry = "PublishBatchRequestEntries.member.1.";
        dead.aws.answer(
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

        assertThat(dead.send(letter, TOPIC, Header.of("x-redrive-id", "job-1-0")))
                .containsExactly(new TransferEvent.Sent(0, "orders n-1"));
    }

    @Test
    void what_a_topic_cannot_take_is_refused_before_it_is_published() throws Exception {
        var letter = dead.letter("x".repeat(300_000));

        assertThat(dead.send(letter, TOPIC).getFirst())
                .isInstanceOfSatisfying(
                        TransferEvent.Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isInstanceOf(BrokerException.TooLarge.class));
        assertThat(dead.aws.asked("PublishBatch")).isEmpty();
    }

    @Test
    void its_queue_is_a_dead_letter_queue_and_fed_by_the_topic_through_all_pages()
            throws Exception {
        dead.aws.answer(
                "ListSubscriptions",
                request ->
                        request.members().containsKey("NextToken")
                                ? SnsAnswers.subscriptions(BILLING)
                                : SnsAnswers.page("more", BY_MAIL));
        dead.aws.answer("GetSubscriptionAttributes", SnsAnswers.attributes(QUEUE.name(), false));

        var info = dead.connection.queue(QUEUE);

        assertThat(info.role()).isEqualTo(QueueRole.DEAD_LETTER);
        assertThat(info.feeds()).containsExactly(TOPIC, OTHER_TOPIC);
        dead.connection.queue(QUEUE);
        assertThat(dead.aws.asked("ListSubscriptions")).as("not again at once").hasSize(2);
    }

    @Test
    void the_check_tries_to_publish_nothing_and_prints_the_policy() throws Exception {
        dead.subscribed(false, BILLING);
        dead.aws.answer(
                "ListQueues",
                _ -> Answer.ok("{\"QueueUrls\":[\"%s\"]}".formatted(dead.aws.url(QUEUE.name()))));
        dead.aws.answer("PublishBatch", refused(400, "EmptyBatchRequest", "no entries"));
        assertThat(publishing().state()).isEqualTo(Check.State.PASSED);

        dead.aws.answer(
                "PublishBatch",
                refused(
                        403,
                        "AuthorizationError",
                        "User: bob is not authorized to perform: SNS:Publish on resource: "
                                + TOPIC));
        var denied = publishing();
        assertThat(denied.state()).isEqualTo(Check.State.WARNING);
        assertThat(denied.detail())
                .endsWith("\"Action\":[\"sns:Publish\"],\"Resource\":\"%s\"}]}".formatted(TOPIC));
    }

    private Check publishing() throws BrokerException {
        var steps = new HashMap<String, Check>();
        dead.connection.checks(check -> steps.put(check.name(), check));
        return Objects.requireNonNull(steps.get(SqsChecks.PUBLISHING));
    }

    private static Answer refused(int status, String code, String message) {
        return new Answer(
                status,
                "",
                "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
                        .formatted(code, message));
    }

    @Test
    void without_the_right_queues_are_shown_and_the_check_prints_the_policy() throws Exception {
        dead.aws.answer(
                "ListSubscriptions",
                new Answer(
                        403,
                        "",
                        """
                        <ErrorResponse><Error><Type>Sender</Type><Code>AuthorizationError</Code>
                        <Message>User: bob is not authorized to perform: SNS:ListSubscriptions on resource: *</Message>
                        </Error></ErrorResponse>"""));

        assertThat(dead.connection.queue(QUEUE).role()).isEqualTo(QueueRole.UNKNOWN);
        dead.aws.answer(
                "ListQueues",
                _ -> Answer.ok("{\"QueueUrls\":[\"%s\"]}".formatted(dead.aws.url(QUEUE.name()))));
        var steps = new HashMap<String, Check>();
        dead.connection.checks(check -> steps.put(check.name(), check));
        var step = Objects.requireNonNull(steps.get(SqsChecks.TOPICS));
        assertThat(step.state()).isEqualTo(Check.State.WARNING);
        assertThat(step.detail())
                .contains(
                        "\"Action\":[\"sns:ListSubscriptions\",\"sns:GetSubscriptionAttributes\"]");
        assertThat(step.remedy()).isInstanceOf(Remedy.Grant.class);
    }
}
