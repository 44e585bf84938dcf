package org.deadletteroffice.sqs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.deadletteroffice.sqs.AwsStandIn.Asked;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/// What the services' published models say of the values of a request, and the SDK's classes do not
/// carry: how many, how long, which characters.
final class ServiceLimits {
    private static final int BATCH = 10;
    private static final int BATCH_BYTES = 1 << 20;
    private static final int METRICS = 500;
    private static final String SESSION_NAME = "[\\w+=,.@-]{2,64}";
    private static final String ENTRY_ID = "[\\w-]{1,80}";

    private ServiceLimits() {}

    static List<String> exceeded(Asked request) {
        return switch (request.action()) {
            case "SendMessageBatch", "DeleteMessageBatch", "ChangeMessageVisibilityBatch" ->
                    batch(request);
            case "PublishBatch" -> many(request, "PublishBatchRequestEntries.member.", BATCH);
            case "GetMetricData" -> many(request, "MetricDataQueries.member.", METRICS);
            case "AssumeRole" -> session(request.member("RoleSessionName"));
            default -> List.of();
        };
    }

    private static List<String> batch(Asked request) {
        var entries =
                JsonNode.parser().parse(request.text()).field("Entries").orElseThrow().asArray();
        var problems = new ArrayList<String>();
        if (entries.size() > BATCH) {
            problems.add("TooManyEntriesInBatchRequest: " + entries.size());
        }
        var ids = new HashSet<String>();
        var bytes = 0;
        for (var entry : entries) {
            var id = entry.field("Id").map(JsonNode::text).orElse("");
            if (!id.matches(ENTRY_ID)) {
                problems.add("InvalidBatchEntryId: " + id);
            }
            if (!ids.add(id)) {
                problems.add("BatchEntryIdsNotDistinct: " + id);
            }
            bytes += entry.field("MessageBody").map(body -> body.text().length()).orElse(0);
        }
        if (bytes > BATCH_BYTES) {
            problems.add("BatchRequestTooLong: " + bytes);
        }
        return problems;
    }

    private static List<String> many(Asked request, String entries, int most) {
        return request.member(entries + (most + 1) + ".Id").isEmpty()
                ? List.of()
                : List.of("more than " + most + " in " + request.action());
    }

    private static List<String> session(String name) {
        return name.matches(SESSION_NAME) ? List.of() : List.of("no RoleSessionName: " + name);
    }
}
