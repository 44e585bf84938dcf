package org.deadletteroffice.sqs;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;
import software.amazon.awssdk.protocols.jsoncore.JsonWriter;

/// What a Lambda on-failure destination writes about an event that a function could not work off
/// (Lambda Developer Guide, "Capturing records of asynchronous invocations"): the event is inside.
final class LambdaRecord {
    private LambdaRecord() {}

    /// @param function the ARN of who is to get the event; a record of another one is kept as it is
    /// @return empty for a body that is no record of this function
    static Optional<String> event(String body, String function) {
        // Only to tell cheaply what is not worth parsing.
        if (!body.contains("\"requestPayload\"") || !body.contains("\"functionArn\"")) {
            return Optional.empty();
        }
        try {
            var record = JsonNodeParser.create().parse(body);
            var of =
                    record.field("requestContext")
                            .flatMap(context -> context.field("functionArn"))
                            .filter(JsonNode::isString)
                            .map(JsonNode::text)
                            .orElse("");
            return unqualified(of).equals(unqualified(function))
                    ? record.field("requestPayload").map(LambdaRecord::text)
                    : Optional.empty();
        } catch (RuntimeException noRecord) {
            return Optional.empty();
        }
    }

    /// Without a version or an alias.
    private static String unqualified(String arn) {
        var parts = arn.split(":", -1);
        return parts.length > 7 ? arn.substring(0, arn.lastIndexOf(':')) : arn;
    }

    private static String text(JsonNode payload) {
        var out = JsonWriter.create();
        JsonCopy.write(out, payload);
        return new String(out.getBytes(), StandardCharsets.UTF_8);
    }
}
