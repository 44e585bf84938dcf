package org.deadletteroffice.core.decode;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// JSON (RFC 8259), exact. Text that is nearly JSON is read with an issue that says where it is
/// not; text that is not JSON at all is shown as text with an error.
///
/// Edits keep the original's layout (one line or indented, and how), number text, escapes, charset
/// and byte order mark, since they are made on the text and not on a tree.
public final class JsonDecoder implements PayloadDecoder {
    private static final Match DECLARED =
            new Match(Certainty.DECLARED, "the content type says JSON");
    private static final Match WHOLE =
            new Match(Certainty.CONTENT, "it begins and ends like a JSON object or array");
    private static final Match BEGINNING =
            new Match(Certainty.LIKELY, "it begins like a JSON object or array");
    private static final Match SCALAR = new Match(Certainty.LIKELY, "it is one JSON value");
    private static final Match NO = new Match(Certainty.NO, "it does not look like JSON");

    /// A lone value is taken for JSON only when it is short enough to try.
    private static final int SCALAR_LIMIT = 1 << 10;

    @Override
    public String name() {
        return "json";
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        int first = significant(payload, 0, 1);
        int last = significant(payload, payload.length - 1, -1);
        if (first < 0 || (isControl(payload[first]) && charset(payload, headers) == null)) {
            return NO;
        }
        if (ContentType.of(headers).filter(ContentType::isJson).isPresent()) {
            return DECLARED;
        }
        if (utf16(payload) != null) {
            byte begin = payload[0] == 0 ? payload[1] : payload[0];
            return begin == '{' || begin == '[' ? BEGINNING : NO;
        }
        byte begin = payload[first];
        byte end = payload[last];
        if (begin == '{' || begin == '[') {
            return end == '}' || end == ']' ? WHOLE : BEGINNING;
        }
        boolean scalar =
                begin == '"'
                        || begin == '-'
                        || (begin >= '0' && begin <= '9')
                        || begin == 't'
                        || begin == 'f'
                        || begin == 'n';
        return scalar && payload.length <= SCALAR_LIMIT && JsonReader.read(payload, 1).strict()
                ? SCALAR
                : NO;
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return new Decoded.Opaque(name(), "It is larger than what is decoded", List.of());
        }
        var text = TextBytes.read(payload, charset(payload, headers));
        var reading = read(payload, text, limits.depth());
        var issues = new IssueList().addAll(reading.issues());
        if (!text.exact()) {
            issues.warning(
                    "byte " + text.badByte(),
                    "It is not valid "
                            + text.charset()
                            + "; what could not be read is shown as U+FFFD, and it can only be"
                            + " edited as hex.");
        }
        var tree = reading.tree();
        var problem = reading.problem();
        if (tree == null) {
            issues.error(
                    problem == null ? "" : problem.where(),
                    problem == null ? "It is not JSON." : "Not JSON: " + problem.sentence() + ".");
            return new Decoded.PlainText(name(), text.charset().name(), text.text(), issues.all());
        }
        if (problem != null) {
            issues.warning(problem.where(), "Not strictly JSON: " + problem.sentence() + ".");
        }
        var known = KnownShape.of(tree);
        known.ifPresent(shape -> issues.info("", shape.sentence()));
        return new Decoded.Structured(
                known.map(KnownShape::format).orElse(name()), null, tree, issues.all());
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return Optional.empty();
        }
        var text = TextBytes.read(payload, charset(payload, headers));
        if (!text.exact()) {
            return Optional.empty();
        }
        if (!read(payload, text, limits.depth()).strict()
                || JsonLayout.of(text.text()).isIndented()) {
            return Optional.of(text.text());
        }
        return Optional.of(
                JsonLayout.PRETTY.apply(text.text(), prettyLimit(text.text())).orElse(text.text()));
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        if (editText(original, headers, Limits.STANDARD).filter(edited::equals).isPresent()) {
            return original;
        }
        var text = TextBytes.read(original, charset(original, headers));
        var before = read(original, text, Limits.STANDARD.depth());
        var after = JsonReader.read(edited, Limits.STANDARD.depth());
        var problem = after.problem();
        // An original with comments may keep them; one that was JSON must stay JSON.
        if (problem != null && (before.strict() || after.tree() == null || before.tree() == null)) {
            throw new EditException(
                    "This is not JSON: " + problem.sentence() + ".",
                    Math.max(0, problem.line()),
                    Math.max(0, problem.column()));
        }
        var layout = before.strict() ? JsonLayout.of(text.text()) : JsonLayout.PRETTY;
        var laidOut =
                layout.isIndented() || problem != null
                        ? edited
                        : layout.apply(edited, Long.MAX_VALUE).orElse(edited);
        var bytes = text.encode(laidOut);
        if (bytes == null) {
            throw new EditException(
                    "The message is in "
                            + text.charset()
                            + ", which has no code for one of these characters.",
                    0,
                    0);
        }
        return bytes;
    }

    /// Room for the text that is edited or shown: generous, but not what a hostile nesting can make
    /// of it.
    static long prettyLimit(String text) {
        return 4L * text.length() + (1 << 20);
    }

    private static JsonReader.Reading read(byte[] payload, TextBytes text, int depth) {
        boolean plain = text.exact() && !text.hasBom();
        return plain && text.charset().equals(StandardCharsets.UTF_8)
                ? JsonReader.read(payload, depth)
                : JsonReader.read(text.text(), depth);
    }

    /// What the content type says, else UTF-16 by its zero bytes (RFC 4627, section 3), else null
    /// for UTF-8.
    private static @Nullable Charset charset(byte[] payload, Headers headers) {
        var declared = ContentType.of(headers).flatMap(ContentType::charset);
        if (declared.isPresent()) {
            return declared.get();
        }
        return utf16(payload);
    }

    private static @Nullable Charset utf16(byte[] payload) {
        if (payload.length >= 4 && payload.length % 2 == 0) {
            if (payload[0] == 0 && payload[1] > ' ' && payload[2] == 0) {
                return StandardCharsets.UTF_16BE;
            }
            if (payload[0] > ' ' && payload[1] == 0 && payload[3] == 0) {
                return StandardCharsets.UTF_16LE;
            }
        }
        return null;
    }

    private static boolean isControl(byte b) {
        return b >= 0 && b < ' ';
    }

    /// The place of the first byte that is no JSON white space, from `from` in steps of `step`; -1
    /// for none. A UTF-8 byte order mark is passed over.
    private static int significant(byte[] bytes, int from, int step) {
        int at = from;
        if (from == 0 && bytes.length > 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB) {
            at = 3;
        }
        while (at >= 0 && at < bytes.length) {
            byte b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return at;
            }
            at += step;
        }
        return -1;
    }
}
