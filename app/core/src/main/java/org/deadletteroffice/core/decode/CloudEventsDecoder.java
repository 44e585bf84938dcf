package org.deadletteroffice.core.decode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.core.decode.CloudEvents.Mode;
import org.deadletteroffice.core.schema.SchemaChoice;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Headers;

/// CloudEvents 1.0 and 0.3 in structured, batch and binary mode, and JSON that has the shape of an
/// event though no header says so.
///
/// Structured: the tree is the whole event, exact. Binary: the tree is the data; the attributes are
/// headers. The CloudEvents SDK is asked for its verdict, which is shown as an issue; an event that
/// it refuses is read all the same.
final class CloudEventsDecoder implements PayloadDecoder, SchemaChecking {
    private static final Match STRUCTURED =
            new Match(Certainty.DECLARED, "the content type says CloudEvents");
    private static final Match BINARY =
            new Match(Certainty.DECLARED, "it has the headers of a CloudEvent");
    private static final Match SHAPE =
            new Match(
                    Certainty.CONTENT,
                    "it has the members specversion, id, source and type of a CloudEvent");
    private static final Match NO = new Match(Certainty.NO, "not a CloudEvent");

    /// Each event of a batch is judged up to this many.
    private static final int JUDGED = 100;

    private final JsonDecoder json = new JsonDecoder();
    private final Decoders data;

    /// @param data what reads the data of an event in binary mode
    CloudEventsDecoder(Decoders data) {
        this.data = data;
    }

    @Override
    public String name() {
        return "cloudevents";
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        return switch (CloudEvents.modeByHeaders(headers)) {
            case STRUCTURED, BATCH -> STRUCTURED;
            case BINARY -> BINARY;
            case NONE, BY_SHAPE -> {
                if (!CloudEvents.mayHaveShape(payload)) {
                    yield NO;
                }
                var tree = JsonReader.read(payload, Limits.STANDARD.depth()).tree();
                yield tree != null && CloudEvents.hasShape(tree) ? SHAPE : NO;
            }
        };
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        return switch (CloudEvents.modeByHeaders(headers)) {
            case BINARY -> binary(payload, headers, limits);
            case BATCH -> structured(payload, headers, limits, "cloudevents-batch");
            case STRUCTURED, NONE, BY_SHAPE -> structured(payload, headers, limits, "cloudevents");
        };
    }

    private Decoded binary(byte[] payload, Headers headers, Limits limits) {
        var inner = data.decode(payload, headers, null, limits).decoded();
        var issues = new IssueList().addAll(inner.issues());
        var attributes = CloudEvents.attributes(headers);
        var contentType = ContentType.of(headers).map(ContentType::type).orElse(null);
        CloudEventsJudge.complaintAbout(attributes, contentType)
                .ifPresent(complaint -> issues.warning("", refused(complaint)));
        var format = "cloudevents+" + inner.format();
        return inner instanceof Decoded.Wrapped wrapped
                ? new Decoded.Wrapped("cloudevents", payload, wrapped, issues.all())
                : IssueList.with(inner, format, issues.all());
    }

    private Decoded structured(byte[] payload, Headers headers, Limits limits, String prefix) {
        var type = ContentType.of(headers);
        if (type.isPresent() && type.get().type().contains("+") && !type.get().isJson()) {
            var suffix = type.get().type().substring(type.get().type().indexOf('+'));
            return new Decoded.Opaque(
                    prefix + suffix,
                    "A CloudEvent in a format other than JSON; shown as bytes.",
                    List.of());
        }
        var decoded = json.decode(payload, headers, limits);
        var issues = new IssueList().addAll(decoded.issues());
        if (decoded instanceof Decoded.Structured(_, _, var tree, _)) {
            switch (tree) {
                case Tree.Obj event -> judge(payload, event, "", issues);
                case Tree.Arr(var events) -> {
                    if (!prefix.endsWith("batch")) {
                        issues.warning("", "One event was announced, and a list came.");
                    }
                    int i = 0;
                    for (var event : events.subList(0, Math.min(events.size(), JUDGED))) {
                        judge(
                                JsonWriter.compact(event).getBytes(StandardCharsets.UTF_8),
                                event,
                                "$[" + i++ + "]",
                                issues);
                    }
                }
                default -> issues.error("", "A CloudEvent is a JSON object; this is none.");
            }
        }
        return IssueList.with(decoded, prefix + "+json", issues.all());
    }

    private static void judge(byte[] payload, Tree event, String where, IssueList issues) {
        if (event instanceof Tree.Obj object) {
            for (var name : CloudEvents.REQUIRED) {
                if (!(object.get(name).orElse(Tree.NULL) instanceof Tree.Text(var value))
                        || value.isEmpty()) {
                    issues.warning(
                            where.isEmpty() ? "$." + name : where + "." + name,
                            "The required attribute '" + name + "' is missing or empty.");
                }
            }
        }
        CloudEventsJudge.complaintAbout(payload)
                .ifPresent(complaint -> issues.warning(where, refused(complaint)));
    }

    private static String refused(String complaint) {
        return "The CloudEvents SDK would refuse this event: " + complaint;
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        return CloudEvents.modeByHeaders(headers) == Mode.BINARY
                ? data.choose(payload, headers, null).decoder().editText(payload, headers, limits)
                : json.editText(payload, headers, limits);
    }

    @Override
    public SchemaJudgement judgeByItsOwn(String edited, byte[] original, Headers headers) {
        return CloudEvents.modeByHeaders(headers) == Mode.BINARY
                ? data.judge(edited, original, headers, null, SchemaChoice.OWN)
                : SchemaJudgement.NONE_NAMED;
    }

    /// Attributes of a binary event are headers and stay; only its data is encoded.
    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        return CloudEvents.modeByHeaders(headers) == Mode.BINARY
                ? data.choose(original, headers, null).decoder().encode(edited, original, headers)
                : json.encode(edited, original, headers);
    }
}
