package org.deadletteroffice.sqs;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;

/// Where a queue's or a subscription's messages die.
///
/// @param target the ARN of the dead-letter queue
/// @param maxReceives after so many receives the next one moves the message; null for a
///     subscription, which has none
record RedrivePolicy(String target, @Nullable Integer maxReceives) {
    /// Reads the attribute `RedrivePolicy`, in which the count is a number or a string; empty when
    /// there is none or it makes no sense.
    static Optional<RedrivePolicy> read(@Nullable String json) {
        if (json == null || json.isBlank()) {
            return Optional.empty();
        }
        try {
            var policy = JsonNodeParser.create().parse(json);
            var target = policy.field("deadLetterTargetArn").map(JsonNode::text);
            if (target.isEmpty()) {
                return Optional.empty();
            }
            var count =
                    policy.field("maxReceiveCount")
                            .map(node -> node.isNumber() ? node.asNumber() : node.text())
                            .map(Integer::valueOf)
                            .orElse(null);
            return Optional.of(new RedrivePolicy(target.get(), count));
        } catch (RuntimeException malformed) {
            return Optional.empty();
        }
    }

    /// Reads the attribute `RedriveAllowPolicy` of a queue.
    ///
    /// @return the ARNs of the queues whose dead letters it is there for; empty where it names none
    static List<String> allowed(@Nullable String json) {
        if (json == null || json.isBlank()) {
            return List.of();
        }
        try {
            return JsonNodeParser.create()
                    .parse(json)
                    .field("sourceQueueArns")
                    .map(arns -> arns.asArray().stream().map(JsonNode::text).toList())
                    .orElse(List.of());
        } catch (RuntimeException malformed) {
            return List.of();
        }
    }
}
