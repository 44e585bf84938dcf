package org.deadletteroffice.core.decode;

import java.util.Optional;
import java.util.Set;
import org.deadletteroffice.spi.decode.Tree;
import org.jspecify.annotations.Nullable;

/// Envelopes that hold the message as a member of the same JSON: nothing has to be unwrapped, and
/// all of it can be read, filtered and edited. Told by their members.
///
/// @param format `debezium+json`
/// @param sentence what it says of the message
record KnownShape(String format, String sentence) {
    /// What the pointers of Amazon's extended clients are called, in the order of their age.
    private static final Set<String> POINTERS =
            Set.of(
                    "software.amazon.payloadoffloading.PayloadS3Pointer",
                    "com.amazon.sqs.javamessaging.MessageS3Pointer");

    static Optional<KnownShape> of(Tree tree) {
        if (tree instanceof Tree.Arr(var items) && items.size() == 2) {
            return Optional.ofNullable(pointer(items.getFirst(), items.getLast()));
        }
        if (!(tree instanceof Tree.Obj object) || object.members().size() < 2) {
            return Optional.empty();
        }
        KnownShape shape = null;
        // By the first letters of a few names: every JSON message of a scan passes here.
        for (var member : object.members()) {
            shape =
                    switch (member.name()) {
                        case "payload" -> object.get("schema").isPresent() ? connect(object) : null;
                        case "op" -> change(object);
                        case "detail-type" -> event(object);
                        case "messageType" -> massTransit(object);
                        default -> null;
                    };
            if (shape != null) {
                return Optional.of(shape);
            }
        }
        return Optional.empty();
    }

    /// A claim check: the payload lies in S3, and the message says where.
    private static @Nullable KnownShape pointer(Tree name, Tree place) {
        if (!(name instanceof Tree.Text(var type))
                || !POINTERS.contains(type)
                || !(place instanceof Tree.Obj object)) {
            return null;
        }
        var bucket = JsonEnvelope.text(object, "s3BucketName");
        var key = JsonEnvelope.text(object, "s3Key");
        return bucket.isEmpty() || key.isEmpty()
                ? null
                : new KnownShape(
                        "s3-pointer+json",
                        ("A claim check: the payload itself is the object s3://%s/%s, which is"
                                        + " fetched when you ask for it. A replay sends the"
                                        + " pointer.")
                                .formatted(bucket, key));
    }

    /// Kafka Connect's JSON converter with `schemas.enable`, a change event of Debezium in it or
    /// not.
    private static @Nullable KnownShape connect(Tree.Obj object) {
        if (object.members().size() != 2) {
            return null;
        }
        var inner =
                object.get("payload").orElse(null) instanceof Tree.Obj payload
                        ? change(payload)
                        : null;
        if (inner != null) {
            return inner;
        }
        return object.get("schema").orElse(null) instanceof Tree.Obj schema
                        && schema.get("type").isPresent()
                ? new KnownShape(
                        "connect+json", "Kafka Connect's JSON with its schema; data in 'payload'.")
                : null;
    }

    private static @Nullable KnownShape change(Tree.Obj object) {
        if (!(object.get("source").orElse(null) instanceof Tree.Obj source)
                || (object.get("before").isEmpty() && object.get("after").isEmpty())) {
            return null;
        }
        var act =
                switch (JsonEnvelope.text(object, "op")) {
                    case "c" -> "insert into";
                    case "u" -> "update of";
                    case "d" -> "delete from";
                    case "r" -> "snapshot of";
                    case "t" -> "truncation of";
                    default -> "change of";
                };
        var table = new StringBuilder();
        for (var part : new String[] {"db", "schema", "table", "collection"}) {
            var name = JsonEnvelope.text(source, part);
            if (!name.isEmpty()) {
                table.append(table.isEmpty() ? "" : ".").append(name);
            }
        }
        return new KnownShape(
                "debezium+json",
                "Debezium change event: %s %s.".formatted(act, table.isEmpty() ? "?" : table));
    }

    private static @Nullable KnownShape event(Tree.Obj object) {
        var source = JsonEnvelope.text(object, "source");
        return source.isEmpty() || object.get("detail").isEmpty()
                ? null
                : new KnownShape(
                        "eventbridge+json",
                        "EventBridge event '%s' from %s; data in 'detail'."
                                .formatted(JsonEnvelope.text(object, "detail-type"), source));
    }

    private static @Nullable KnownShape massTransit(Tree.Obj object) {
        if (object.get("message").isEmpty()
                || !(object.get("messageType").orElse(null) instanceof Tree.Arr(var types))
                || types.isEmpty()
                || !(types.getFirst() instanceof Tree.Text(var type))
                || !type.startsWith("urn:message:")) {
            return null;
        }
        return new KnownShape(
                "masstransit+json",
                "MassTransit message %s; data in 'message'."
                        .formatted(type.substring("urn:message:".length())));
    }
}
