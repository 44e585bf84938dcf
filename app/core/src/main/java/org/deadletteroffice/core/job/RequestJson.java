package org.deadletteroffice.core.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// A request as the store keeps it, so that any process can resume the job.
final class RequestJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    static String write(RedriveRequest request) {
        var root = JSON.createObjectNode();
        var source = root.putObject("source");
        source.put("profile", request.source().profile());
        source.put("name", request.source().name());
        source.put("kind", request.source().kind().name());
        scope(root.putObject("scope"), request.scope());
        root.put("until", request.until() == null ? null : request.until().text());
        root.put("destination", request.destination());
        root.put("destinationProfile", request.destinationProfile());
        change(root.putObject("change"), request.change());
        root.put("replaceKey", request.replaceKey());
        var edits = root.putArray("headerEdits");
        for (var edit : request.headerEdits()) {
            var node = edits.addObject().put("name", edit.name());
            if (edit instanceof HeaderEdit.Set(_, var value)) {
                node.put("value", value);
            }
        }
        root.put("keepTimestamp", request.keepTimestamp());
        root.put("keepFailureHeaders", request.keepFailureHeaders());
        root.put("perSecond", request.pace().perSecond());
        var canary = request.pace().canary();
        if (canary != null) {
            root.putObject("canary")
                    .put("first", canary.first())
                    .put("watch", canary.watch().toString())
                    .put("share", canary.share());
        }
        root.put("maxReturns", request.maxReturns());
        root.put("includeResolved", request.includeResolved());
        root.put("forced", request.forced());
        root.put("reason", request.reason());
        return root.toString();
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
        }
    }

    static RedriveRequest read(String text) {
        try {
            var root = JSON.readTree(text);
            var source = root.get("source");
            var until = optional(root, "until");
            var edits = new ArrayList<HeaderEdit>();
            for (var edit : root.get("headerEdits")) {
                var name = edit.get("name").asText();
                edits.add(
                        edit.has("value")
                                ? new HeaderEdit.Set(name, edit.get("value").asText())
                                : new HeaderEdit.Drop(name));
            }
            return new RedriveRequest(
                    new QueueRef(
                            source.get("profile").asText(),
                            source.get("name").asText(),
                            QueueKind.valueOf(source.get("kind").asText())),
                    scope(root.get("scope")),
                    until == null ? null : Cursor.parse(until),
                    optional(root, "destination"),
                    optional(root, "destinationProfile"),
                    change(root.get("change")),
                    root.hasNonNull("replaceKey") ? root.get("replaceKey").binaryValue() : null,
                    edits,
                    root.get("keepTimestamp").asBoolean(),
                    root.get("keepFailureHeaders").asBoolean(),
                    new Pace(
                            root.hasNonNull("perSecond") ? root.get("perSecond").asDouble() : null,
                            root.has("canary") ? canary(root.get("canary")) : null),
                    root.get("maxReturns").asInt(),
                    root.get("includeResolved").asBoolean(),
                    root.get("forced").asBoolean(),
                    root.get("reason").asText());
        } catch (IOException damaged) {
            throw new IllegalStateException("a stored request cannot be read", damaged);
        }
    }

    private static Pace.Canary canary(JsonNode node) {
        return new Pace.Canary(
                node.get("first").asInt(),
                Duration.parse(node.get("watch").asText()),
                node.get("share").asDouble());
    }

    private static Scope scope(JsonNode node) {
        if (node.has("ids")) {
            var ids = new ArrayList<MessageId>();
            node.get("ids").forEach(id -> ids.add(new MessageId(id.asText())));
            return new Scope.Ids(ids);
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
        return node.has("jq") ? new Change.Jq(node.get("jq").asText()) : new Change.None();
    }

    private static @Nullable String optional(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }

    private RequestJson() {}
}
