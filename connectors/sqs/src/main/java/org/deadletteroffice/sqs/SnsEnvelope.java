package org.deadletteroffice.sqs;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// What SNS puts around a message that it delivers to a queue without raw delivery (SNS Developer
/// Guide, "Parsing message formats"): what the publisher sent is inside.
///
/// @param topic the topic's ARN
/// @param id the message's, by SNS; empty where there is none
/// @param subject null where the publisher gave none
/// @param message what the publisher sent
/// @param attributes those that the publisher gave
record SnsEnvelope(
        String topic,
        String id,
        @Nullable String subject,
        String message,
        Map<String, MessageAttributeValue> attributes) {
    /// Empty for a body that is none.
    static Optional<SnsEnvelope> read(String body) {
        // Only to tell cheaply what is not worth parsing.
        if (!body.stripLeading().startsWith("{") || !body.contains("\"TopicArn\"")) {
            return Optional.empty();
        }
        try {
            var envelope = JsonNodeParser.create().parse(body);
            var topic = text(envelope, "TopicArn");
            var message = text(envelope, "Message");
            return topic == null
                            || message == null
                            || !"Notification".equals(text(envelope, "Type"))
                    ? Optional.empty()
                    : Optional.of(
                            new SnsEnvelope(
                                    topic,
                                    Objects.requireNonNullElse(text(envelope, "MessageId"), ""),
                                    text(envelope, "Subject"),
                                    message,
                                    attributes(envelope)));
        } catch (RuntimeException noEnvelope) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(JsonNode object, String member) {
        return object.field(member).filter(JsonNode::isString).map(JsonNode::text).orElse(null);
    }

    private static Map<String, MessageAttributeValue> attributes(JsonNode envelope) {
        var attributes = new LinkedHashMap<String, MessageAttributeValue>();
        envelope.field("MessageAttributes")
                .ifPresent(
                        all ->
                                all.asObject()
                                        .forEach(
                                                (name, value) ->
                                                        attributes.put(name, attribute(value))));
        return attributes;
    }

    private static MessageAttributeValue attribute(JsonNode node) {
        var type = node.field("Type").orElseThrow().text();
        var value = node.field("Value").orElseThrow().text();
        var attribute = MessageAttributeValue.builder().dataType(type);
        return type.startsWith("Binary")
                ? attribute
                        .binaryValue(SdkBytes.fromByteArray(Base64.getDecoder().decode(value)))
                        .build()
                : attribute.stringValue(value).build();
    }
}
