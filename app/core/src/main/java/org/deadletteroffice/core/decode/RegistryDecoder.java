package org.deadletteroffice.core.decode;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.core.decode.SchemaJudgement.Gap;
import org.deadletteroffice.core.schema.SchemaRef;
import org.deadletteroffice.core.schema.SchemaText;
import org.deadletteroffice.core.schema.Schemas;
import org.deadletteroffice.core.schema.Schemas.Answer;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// Payloads whose schema lies elsewhere, read by that schema: Avro, Protobuf, JSON Schema. Where
/// the schema cannot be had they stay bytes with the reason; JSON is read without one, and so is,
/// field by field, what a header calls Protobuf.
public final class RegistryDecoder implements PayloadDecoder, SchemaChecking {
    private static final Match NO = new Match(Certainty.NO, "no schema registry framing");

    private final JsonDecoder json = new JsonDecoder();
    private final SchemaCodecs codecs = new SchemaCodecs();
    private final Schemas schemas;

    /// With no place to ask for schemas.
    public RegistryDecoder() {
        this(Schemas.NONE);
    }

    RegistryDecoder(Schemas schemas) {
        this.schemas = schemas;
    }

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        var frame = SchemaFrame.of(payload, headers);
        return frame == null ? NO : frame.match();
    }

    /// What stands behind the framing.
    ///
    /// @param prefix bytes before it
    private record Content(SchemaFrame frame, int prefix, byte[] bytes) {}

    private static Content content(SchemaFrame frame, byte[] payload, Limits limits)
            throws UnreadableException {
        int prefix = Math.min(frame.prefix(), payload.length);
        var bytes = Arrays.copyOfRange(payload, prefix, payload.length);
        if (!frame.deflated()) {
            return new Content(frame, prefix, bytes);
        }
        var inflated = Compression.ZLIB.unwrap(bytes, Headers.NONE, limits);
        if (!inflated.problem().isEmpty()) {
            throw new UnreadableException("its compressed content is damaged or too large", prefix);
        }
        return new Content(frame, prefix, inflated.bytes());
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        var frame = SchemaFrame.of(payload, headers);
        if (frame == null) {
            return new Decoded.Opaque(
                    "bytes",
                    "It has no framing of a schema registry.",
                    new IssueList().error("", "No schema registry framing was found.").all());
        }
        if (payload.length > limits.bytes()) {
            return new Decoded.Opaque(frame.format(), BinaryDecoder.TOO_LARGE, List.of());
        }
        var named = frame.name() + ", " + frame.schema();
        try {
            var content = content(frame, payload, limits);
            return switch (schemas.find(frame.ref())) {
                case Answer.Found(var schema) -> bySchema(schema, content, named, limits);
                case Answer.Missing(var reason) -> without(content, named, reason, limits);
                case Answer.Unreachable(var reason) -> without(content, named, reason, limits);
            };
        } catch (UnreadableException broken) {
            return broken(frame, named, broken);
        }
    }

    private static Decoded broken(SchemaFrame frame, String named, UnreadableException broken) {
        return new Decoded.Opaque(
                frame.format(),
                named + ". It cannot be read: " + broken.sentence() + "; it is shown as bytes.",
                new IssueList()
                        .warning(broken.where(), "Not readable: " + broken.sentence() + ".")
                        .all());
    }

    private SchemaCodec codec(SchemaText schema, SchemaFrame frame) throws UnreadableException {
        return codecs.of(schema, !frame.declared() || frame.name().equals("Confluent"));
    }

    private Decoded bySchema(SchemaText schema, Content content, String named, Limits limits)
            throws UnreadableException {
        if (schema.kind() == SchemaText.Kind.JSON) {
            return asJson(content, named, limits, codec(schema, content.frame()));
        }
        var codec = codec(schema, content.frame());
        try {
            return new Decoded.Structured(
                    codec.format(),
                    named + ", " + codec.name(),
                    codec.read(content.bytes(), limits),
                    List.of());
        } catch (UnreadableException doesNotFit) {
            return new Decoded.Opaque(
                    codec.format(),
                    "%s, %s. The payload does not fit this schema: %s; it is shown as bytes."
                            .formatted(named, codec.name(), doesNotFit.sentence()),
                    new IssueList()
                            .warning(
                                    doesNotFit.where(),
                                    "It does not fit its schema: " + doesNotFit.sentence() + ".")
                            .all());
        }
    }

    private Decoded without(Content content, String named, String reason, Limits limits)
            throws UnreadableException {
        if (looksLikeJson(content.bytes())) {
            return asJson(content, named, limits, null);
        }
        if (content.frame().format().equals("protobuf")) {
            return new Decoded.Structured(
                    "protobuf?",
                    null,
                    ProtobufDump.read(content.bytes(), limits),
                    new IssueList().info("", reason + "; fields are shown by number.").all());
        }
        return new Decoded.Opaque(
                content.frame().format(),
                named + ". " + reason + "; it is shown as bytes and can be replayed unchanged.",
                List.of(
                        new Issue(
                                Issue.Severity.INFO,
                                "",
                                "Framed by " + named + "; the schema is needed to read it.")));
    }

    /// What was read, and what of it does not fit its schema where that is there.
    private Decoded asJson(
            Content content, String named, Limits limits, @Nullable SchemaCodec codec) {
        var inner = json.decode(content.bytes(), Headers.NONE, limits);
        var all = new IssueList().addAll(inner.issues());
        if (!(inner instanceof Decoded.Structured(var format, _, var tree, var issues))) {
            return new Decoded.Wrapped("registry", content.bytes(), inner, all.all());
        }
        if (codec == null) {
            all.info("", "Framed by " + named + ".");
        } else {
            all.addAll(asWarnings(codec.check(tree)));
        }
        return content.prefix() == 0
                ? new Decoded.Structured(format, named, tree, all.all())
                : new Decoded.Wrapped(
                        "registry",
                        content.bytes(),
                        new Decoded.Structured(format, named, tree, issues),
                        all.all());
    }

    private static List<Issue> asWarnings(List<Issue> issues) {
        return issues.stream()
                .map(it -> new Issue(Issue.Severity.WARNING, it.where(), it.sentence()))
                .toList();
    }

    private static boolean looksLikeJson(byte[] content) {
        return content.length > 1
                && (content[0] == '{' || content[0] == '[')
                && (content[content.length - 1] == '}' || content[content.length - 1] == ']');
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        var frame = SchemaFrame.of(payload, headers);
        if (frame == null || payload.length > limits.bytes()) {
            return Optional.empty();
        }
        try {
            var content = content(frame, payload, limits);
            if (isJson(content)) {
                return JsonReader.read(content.bytes(), limits.depth()).strict()
                        ? json.editText(content.bytes(), Headers.NONE, limits)
                        : Optional.empty();
            }
            return schemas.find(frame.ref()) instanceof Answer.Found(var schema)
                    ? Optional.of(TreeEdit.text(codec(schema, frame).read(content.bytes(), limits)))
                    : Optional.empty();
        } catch (UnreadableException broken) {
            return Optional.empty();
        }
    }

    private boolean isJson(Content content) {
        return looksLikeJson(content.bytes())
                && !(schemas.find(content.frame().ref()) instanceof Answer.Found(var schema)
                        && schema.kind() != SchemaText.Kind.JSON);
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        var before = editText(original, headers, Limits.STANDARD);
        var frame = SchemaFrame.of(original, headers);
        if (frame == null || before.isEmpty()) {
            throw TreeEdit.cannot(
                    "Without its schema this message cannot be edited as text; edit it as hex.");
        }
        if (edited.equals(before.get())) {
            return original;
        }
        try {
            var content = content(frame, original, Limits.STANDARD);
            var encoded =
                    isJson(content)
                            ? json.encode(edited, content.bytes(), Headers.NONE)
                            : codec(schema(frame), frame)
                                    .write(TreeEdit.parse(edited), content.bytes());
            var out = new ByteArrayOutputStream();
            out.write(original, 0, content.prefix());
            out.writeBytes(
                    frame.deflated() ? Compression.ZLIB.compress(encoded, original) : encoded);
            return out.toByteArray();
        } catch (UnreadableException broken) {
            throw TreeEdit.cannot("It cannot be read: " + broken.sentence() + "; edit it as hex.");
        }
    }

    @Override
    public SchemaJudgement judgeByItsOwn(String edited, byte[] original, Headers headers) {
        var frame = SchemaFrame.of(original, headers);
        if (frame == null) {
            return SchemaJudgement.NONE_NAMED;
        }
        var answer = schemas.find(frame.ref());
        return judge(edited, frame.schema(), answer, schema -> codec(schema, frame));
    }

    /// By the schema that the registry has under a name.
    SchemaJudgement judge(String edited, SchemaRef ref) {
        return judge(edited, ref.words(), schemas.find(ref));
    }

    SchemaJudgement judge(String edited, String named, Answer answer) {
        return judge(edited, named, answer, schema -> codecs.of(schema, false));
    }

    @FunctionalInterface
    private interface Parsing {
        SchemaCodec codec(SchemaText schema) throws UnreadableException;
    }

    private static SchemaJudgement judge(
            String edited, String named, Answer answer, Parsing parsing) {
        return switch (answer) {
            case Answer.Missing(var reason) ->
                    SchemaJudgement.unchecked(named, reason, Gap.NO_SCHEMA);
            case Answer.Unreachable(var reason) ->
                    SchemaJudgement.unchecked(named, reason, Gap.UNREACHABLE);
            case Answer.Found(var schema) -> {
                try {
                    var codec = parsing.codec(schema);
                    yield new SchemaJudgement(
                            named + " (" + codec.name() + ")",
                            codec.check(TreeEdit.parse(edited)),
                            null,
                            null);
                } catch (UnreadableException noSchema) {
                    yield SchemaJudgement.unchecked(named, noSchema.sentence(), Gap.NO_SCHEMA);
                } catch (EditException noTree) {
                    yield SchemaJudgement.unchecked(
                            named, "the payload is no tree of fields", Gap.NO_FIELDS);
                }
            }
        };
    }

    private SchemaText schema(SchemaFrame frame) throws EditException {
        if (schemas.find(frame.ref()) instanceof Answer.Found(var schema)) {
            return schema;
        }
        throw TreeEdit.cannot("The schema cannot be had now; edit it as hex.");
    }
}
