package org.deadletteroffice.sqs;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Settings;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.deadletteroffice.sqs.AwsStandIn.Answer;
import org.deadletteroffice.sqs.SnsAnswers.Subscription;

/// The dead-letter queue of subscriptions of an account that is stood in for, and what lies in it.
final class DeadSubscriptions implements AutoCloseable {
    static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:orders";
    static final QueueRef QUEUE = new QueueRef("aws", "billing-dlq", QueueKind.QUEUE);
    static final String ENVELOPE =
            """
            {"Type":"Notification","MessageId":"m-1","TopicArn":"%s","Subject":"order.placed",\
            "Message":"{\\"order\\":17}","Timestamp":"2026-03-01T10:15:30.123Z","SignatureVersion":"1",\
            "Signature":"x","MessageAttributes":{"tenant":{"Type":"String","Value":"shop"},\
            "seal":{"Type":"Binary","Value":"AAH/"}}}"""
                    .formatted(TOPIC);

    final AwsStandIn aws;
    final BrokerConnection connection;

    DeadSubscriptions() throws IOException {
        this(UnaryOperator.identity());
    }

    /// @param changed what of the profile's settings is another
    DeadSubscriptions(UnaryOperator<Settings> changed) throws IOException {
        aws = new AwsStandIn();
        connection = new SqsConnector().open("aws", changed.apply(aws.settings()));
    }

    void subscribed(boolean raw, Subscription... all) {
        aws.answer("ListSubscriptions", SnsAnswers.subscriptions(all));
        aws.answer("GetSubscriptionAttributes", SnsAnswers.attributes(QUEUE.name(), raw));
    }

    /// One message lies there.
    DeadLetter letter(String body) throws BrokerException {
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

    List<TransferEvent> send(DeadLetter letter, String destination, Header... marks)
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

    /// @throws AssertionError when a request was not as the service's model has it
    @Override
    public void close() {
        connection.close();
        aws.close();
    }
}
