package org.deadletteroffice.sqs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.Origin;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// A received message as the program knows it. The key is the message group id; the time is that of
/// the first send, which a standard queue's message keeps when it dies.
final class Letters {
    /// The convention by which SQS itself tells where a message died.
    static final String READER = "Amazon SQS";

    /// What of a message is asked for; the rest would only be carried to and fro.
    static final List<MessageSystemAttributeName> READ =
            List.of(
                    MessageSystemAttributeName.MESSAGE_GROUP_ID,
                    MessageSystemAttributeName.SENT_TIMESTAMP,
                    MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                    MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN,
                    MessageSystemAttributeName.AWS_TRACE_HEADER);

    private static final String SOURCE_ARN = "DeadLetterQueueSourceArn";

    private final QueueRef queue;
    private final Undelivered undelivered;

    /// By the source's ARN: many messages died in few queues.
    private final Map<String, Failure> deaths = new ConcurrentHashMap<>();

    Letters(QueueRef queue, Undelivered undelivered) {
        this.queue = queue;
        this.undelivered = undelivered;
    }

    DeadLetter of(Message message) {
        var group = system(message, MessageSystemAttributeName.MESSAGE_GROUP_ID);
        var sent = system(message, MessageSystemAttributeName.SENT_TIMESTAMP);
        var received = system(message, MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
        return new DeadLetter(
                queue,
                new MessageId(message.messageId()),
                group == null ? null : group.getBytes(StandardCharsets.UTF_8),
                message.body().getBytes(StandardCharsets.UTF_8),
                headers(message),
                sent == null ? null : Instant.ofEpochMilli(Long.parseLong(sent)),
                received == null ? null : Integer.valueOf(received),
                failure(
                        system(message, MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN),
                        message.body()),
                null);
    }

    /// As it was told: [Message#attributes] makes a new map each time.
    private static @Nullable String system(Message message, MessageSystemAttributeName name) {
        return message.attributesAsStrings().get(name.toString());
    }

    private static Headers headers(Message message) {
        var headers = Attributes.headers(message.messageAttributes());
        var trace = system(message, MessageSystemAttributeName.AWS_TRACE_HEADER);
        if (trace == null) {
            return headers;
        }
        var all = new ArrayList<>(headers.all());
        all.add(Header.of(Attributes.TRACE, trace));
        return new Headers(all);
    }

    /// SQS says where a message died only if its own redrive policy moved it.
    private Failure failure(@Nullable String sourceArn, String body) {
        return sourceArn == null
                ? undelivered.of(body)
                : deaths.computeIfAbsent(sourceArn, arn -> died(QueueAddress.nameOf(arn)));
    }

    private static Failure died(String queue) {
        return Failure.builder()
                .origin(new Origin(queue, null, null))
                .reader(READER)
                .evidence(List.of(SOURCE_ARN))
                .build();
    }
}
