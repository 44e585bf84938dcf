package org.deadletteroffice.sqs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;
import software.amazon.awssdk.protocols.jsoncore.JsonWriter;

/// What SNS invokes a Lambda function with (Lambda Developer Guide, "Invoking Lambda functions with
/// Amazon SNS notifications"): the envelope, two of its members under other names.
final class SnsEvent {
    private static final Map<String, String> RENAMED =
            Map.of("SigningCertURL", "SigningCertUrl", "UnsubscribeURL", "UnsubscribeUrl");
    private static final List<String> ALWAYS = List.of("Subject", "MessageAttributes");

    private SnsEvent() {}

    /// @param subscription the ARN of the function's
    /// @param envelope as it came into a queue
    static String of(String subscription, String envelope) {
        var out = JsonWriter.create();
        out.writeStartObject().writeFieldName("Records").writeStartArray().writeStartObject();
        out.writeFieldName("EventSource").writeValue("aws:sns");
        out.writeFieldName("EventVersion").writeValue("1.0");
        out.writeFieldName("EventSubscriptionArn").writeValue(subscription);
        out.writeFieldName("Sns").writeStartObject();
        var members = JsonNodeParser.create().parse(envelope).asObject();
        members.forEach(
                (name, value) -> {
                    out.writeFieldName(RENAMED.getOrDefault(name, name));
                    JsonCopy.write(out, value);
                });
        for (var name : ALWAYS) {
            if (!members.containsKey(name)) {
                out.writeFieldName(name);
                if (name.equals("Subject")) {
                    out.writeNull();
                } else {
                    out.writeStartObject().writeEndObject();
                }
            }
        }
        out.writeEndObject().writeEndObject().writeEndArray().writeEndObject();
        return new String(out.getBytes(), StandardCharsets.UTF_8);
    }
}
