package org.deadletteroffice.sqs;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Numerals;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// What one message may be. The size of a message is its body and the names, types and values of
/// its attributes, in UTF-8.
final class MessageLimits {
    /// Of one message and of a whole batch, since August 2025; a queue may have less.
    static final int MOST_BYTES = 1 << 20;

    /// Messages of one SendMessageBatch, DeleteMessageBatch, ChangeMessageVisibilityBatch or
    /// ReceiveMessage.
    static final int BATCH = 10;

    /// Requests at once: a far server takes long for each, and a job's batch of 500 messages, which
    /// are 50 requests, is done in two rounds.
    static final int WIDTH = 25;

    static final int MOST_ATTRIBUTES = 10;

    private MessageLimits() {}

    /// @param body its bytes
    static int size(int body, Map<String, MessageAttributeValue> attributes) {
        var size = body;
        for (var attribute : attributes.entrySet()) {
            var value = attribute.getValue();
            size += utf8(attribute.getKey()) + utf8(value.dataType());
            size +=
                    value.binaryValue() != null
                            ? value.binaryValue().asByteArrayUnsafe().length
                            : utf8(value.stringValue());
        }
        return size;
    }

    static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// Of another service, that told no size.
    static BrokerException tooLarge(String where) {
        return new BrokerException.TooLarge(
                "The message is larger than " + where + " takes.",
                MOST_BYTES,
                new Remedy.Advice("Make it smaller, or choose another destination."),
                null);
    }

    static BrokerException tooLarge(String queue, int size, int limit) {
        return new BrokerException.TooLarge(
                "The message has %s; %s takes %s."
                        .formatted(Numerals.of(size, "byte", "bytes"), queue, Numerals.of(limit)),
                limit,
                new Remedy.Advice(
                        "Make it smaller, or raise MaximumMessageSize of "
                                + queue
                                + " (up to 1 MiB)."),
                null);
    }
}
