package org.deadletteroffice.core.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// A request as the store keeps it, so that any process can resume the job.
final class RequestJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    static String write(JobRequest request) {
        var root = JSON.createObjectNode();
        var source = root.putObject("source");
        source.put("profile", request.source().profile());
        source.put("name", request.source().name());
        source.put("kind", request.source().kind().name());
        root.put("reason", request.reason());
        switch (request) {
            case RedriveRequest redrive -> write(root, redrive);
            case PurgeRequest purge -> {
                root.put("act", "purge");
                scope(root.putObject("scope"), purge.scope());
                root.put("until", purge.until() == null ? null : purge.until().text());
                root.put("archived", purge.archived());
                root.put("trimmed", purge.trimmed());
            }
            case RestoreRequest restore -> {
                root.put("act", "restore");
                root.put("job", restore.job());
                scope(root.putObject("scope"), new Scope.Ids(restore.ids()));
            }
            case MoveRequest move -> {
                root.put("act", "move");
                root.put("destination", move.destination());
                root.put("perSecond", move.perSecond());
                root.put("reviewed", move.reviewed());
            }
            case ImportRequest file -> {
                root.put("act", "import");
                root.put("file", file.file().toString());
                root.put("sha256", file.sha256());
            }
        }
        return root.toString();
    }

    private static void write(ObjectNode root, RedriveRequest request) {
        scope(root.putObject("scope"), request.scope());
        root.put("until", request.until() == null ? null : request.until().text());
        root.put("destination", request.destination());
        root.put("destinationProfile", request.destinationProfile());
        change(root.putObject("change"), request.change());
        root.put("replaceKey", request.replaceKey());
        HeaderEditJson.write(root.putArray("headerEdits"), request.headers().edits());
        root.put("keepTimestamp", request.headers().keepTimestamp());
        root.put("keepFailureHeaders", request.headers().keepFailureHeaders());
        root.put("perSecond", request.pace().perSecond());
        var canary = request.pace().canary();
        if (canary != null) {
            root.putObject("canary")
                    .put("first", canary.first())
                    .put("watch", canary.watch().toString())
                    .put("share", canary.share());
        }
        var budget = request.pace().budget();
        if (budget != null) {
            root.putObject("errorBudget").put("most", budget.most()).put("window", budget.window());
        }
        root.put("maxReturns", request.maxReturns());
        root.put("includeResolved", request.includeResolved());
        root.put("includeOvertaken", request.includeOvertaken());
        root.put("forced", request.forced());
    }

    private static void scope(ObjectNode node, Scope scope) {
        switch (scope) {
            case Scope.Ids(var ids) -> {
                var array = node.putArray("ids");
                ids.forEach(id -> array.add(id.text()));
            }
            case Scope.GroupOf(var fingerprint) -> node.put("group", fingerprint);
            case Scope.Matching(var filter) -> node.put("matching", filter);
            case Scope.All _ -> node.put("all", true);
        }
    }

    private static void change(ObjectNode node, Change change) {
        switch (change) {
            case Change.None _ -> node.put("none", true);
            case Change.Payload(var bytes) -> node.put("payload", bytes);
            case Change.Jq(var program) -> node.put("jq", program);
            case Change.Replace(var path, var find, var by) ->
                    node.put("path", path).put("find", find).put("by", by);
        }
    }

    static JobRequest read(String text) {
        try {
            var root = JSON.readTree(text);
            var from = root.get("source");
            var source =
                    new QueueRef(
                            from.get("profile").asText(),
                            from.get("name").asText(),
                            QueueKind.valueOf(from.get("kind").asText()));
            var reason = root.get("reason").asText();
            return switch (root.path("act").asText("redrive")) {
                case "purge" ->
                        new PurgeRequest(
                                source,
                                scope(root.get("scope")),
                                until(root),
                                root.get("archived").asBoolean(),
                                root.get("trimmed").asBoolean(),
                                reason);
                case "restore" ->
                        new RestoreRequest(
                                source, root.get("job").asText(), ids(root.get("scope")), reason);
                case "import" ->
                        new ImportRequest(
                                source,
                                Path.of(root.get("file").asText()),
                                root.get("sha256").asText(),
                                reason);
                case "move" ->
                        new MoveRequest(
                                source,
                                optional(root, "destination"),
                                root.hasNonNull("perSecond") ? root.get("perSecond").asInt() : null,
                                root.hasNonNull("reviewed") ? root.get("reviewed").asLong() : null,
                                reason);
                default -> redrive(root, source, reason);
            };
        } catch (IOException damaged) {
            throw new IllegalStateException("a stored request cannot be read", damaged);
        }
    }

    private static RedriveRequest redrive(JsonNode root, QueueRef source, String reason)
            throws IOException {
        return RedriveRequest.of(source, scope(root.get("scope")))
                .until(until(root))
                .to(optional(root, "destination"))
                .toProfile(optional(root, "destinationProfile"))
                .change(change(root.get("change")))
                .replaceKey(
                        root.hasNonNull("replaceKey") ? root.get("replaceKey").binaryValue() : null)
                .headers(
                        new HeaderPolicy(
                                root.get("keepFailureHeaders").asBoolean(),
                                root.get("keepTimestamp").asBoolean(),
                                HeaderEditJson.read(root.get("headerEdits"))))
                .pace(
                        new Pace(
                                root.hasNonNull("perSecond")
                                        ? root.get("perSecond").asDouble()
                                        : null,
                                root.has("canary") ? canary(root.get("canary")) : null,
                                root.has("errorBudget") ? budget(root.get("errorBudget")) : null))
                .maxReturns(root.get("maxReturns").asInt())
                .includeResolved(root.get("includeResolved").asBoolean())
                .includeOvertaken(root.path("includeOvertaken").asBoolean())
                .forced(root.get("forced").asBoolean())
                .reason(reason)
                .build();
    }

    private static @Nullable Cursor until(JsonNode root) {
        var until = optional(root, "until");
        return until == null ? null : Cursor.parse(until);
    }

    private static List<MessageId> ids(JsonNode scope) {
        var ids = new ArrayList<MessageId>();
        scope.get("ids").forEach(id -> ids.add(new MessageId(id.asText())));
        return ids;
    }

    private static Pace.Canary canary(JsonNode node) {
        return new Pace.Canary(
                node.get("first").asInt(),
                Duration.parse(node.get("watch").asText()),
                node.get("share").asDouble());
    }

    private static Pace.ErrorBudget budget(JsonNode node) {
        return new Pace.ErrorBudget(
                node.get("most").asInt(),
                node.hasNonNull("window") ? node.get("window").asInt() : null);
    }

    private static Scope scope(JsonNode node) {
        if (node.has("ids")) {
            return new Scope.Ids(ids(node));
        }
        if (node.has("group")) {
            return new Scope.GroupOf(node.get("group").asText());
        }
        return node.has("matching")
                ? new Scope.Matching(node.get("matching").asText())
                : new Scope.All();
    }

    private static Change change(JsonNode node) throws IOException {
        if (node.has("payload")) {
            return new Change.Payload(node.get("payload").binaryValue());
        }
        if (node.has("find")) {
            return new Change.Replace(
                    node.get("path").asText(), node.get("find").asText(), node.get("by").asText());
        }
        return node.has("jq") ? new Change.Jq(node.get("jq").asText()) : new Change.None();
    }

    private static @Nullable String optional(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }

    private RequestJson() {}
}
