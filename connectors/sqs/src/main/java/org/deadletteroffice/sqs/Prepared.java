package org.deadletteroffice.sqs;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// A message as SQS or SNS will take it.
///
/// @param subject of a notification; null where there is none
/// @param trace the X-Ray trace; null where there is none
/// @param group the message group id; null where there is none
/// @param deduplication what makes a second send of it void for five minutes; null on a standard
///     queue
record Prepared(
        Outgoing outgoing,
        String body,
        @Nullable String subject,
        int size,
        Map<String, MessageAttributeValue> attributes,
        @Nullable String trace,
        @Nullable String group,
        @Nullable String deduplication) {
    private static final Pattern GROUP = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final String REDRIVE_ID = "x-redrive-id";

    /// @throws BrokerException why it can never go there
    static Prepared of(Outgoing outgoing, Destination destination, String job)
            throws BrokerException {
        var payload = outgoing.payload();
        var body = payload == null ? null : SqsText.read(payload).orElse(null);
        if (payload == null || body == null) {
            throw unfit(
                    payload == null || payload.length == 0
                            ? "The message has no body."
                            : "The body is no text that SQS takes.");
        }
        var envelope = SnsEnvelope.read(body).filter(destination::unwraps).orElse(null);
        var shaped = envelope == null ? destination.shaped(body) : envelope.message();
        Map<String, MessageAttributeValue> inner =
                envelope == null ? Map.of() : envelope.attributes();
        Map<String, MessageAttributeValue> attributes =
                destination.takesAttributes() ? Attributes.of(outgoing.headers(), inner) : Map.of();
        // Most go as they are.
        var bytes = shaped.equals(body) ? payload.length : MessageLimits.utf8(shaped);
        var size = MessageLimits.size(bytes, attributes);
        if (size > destination.maxBytes()) {
            throw destination.tooLarge(size);
        }
        return new Prepared(
                outgoing,
                shaped,
                envelope == null ? null : envelope.subject(),
                size,
                attributes,
                trace(outgoing),
                group(outgoing, destination.isFifo()),
                destination.isFifo() ? deduplication(outgoing, job) : null);
    }

    private static @Nullable String group(Outgoing outgoing, boolean fifo) throws BrokerException {
        var key = outgoing.key();
        if (key == null) {
            // A message without a group is a group of its own: it waits for no other.
            return fifo ? outgoing.original().id().text() : null;
        }
        var group = new String(key, StandardCharsets.UTF_8);
        if (!GROUP.matcher(group).matches()) {
            throw unfit("The key is no message group id: 1 to 128 letters, digits and signs.");
        }
        return group;
    }

    private static @Nullable String trace(Outgoing outgoing) {
        return outgoing.headers().lastText(Attributes.TRACE).orElse(null);
    }

    /// The same for the same message of the same job, however often it is sent. Not the old one: it
    /// may be the message's id, and within its five minutes.
    private static String deduplication(Outgoing outgoing, String job) {
        return outgoing.headers()
                .lastText(REDRIVE_ID)
                .filter(id -> GROUP.matcher(id).matches())
                .orElseGet(() -> job + "-" + outgoing.sequence());
    }

    private static BrokerException unfit(String sentence) {
        return new BrokerException.Unsupported(
                sentence,
                new Remedy.Advice("Edit the message, or send it to another destination."),
                null);
    }
}
