package org.deadletteroffice.core.decode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Numerals;

/// One JSON value a line (NDJSON, JSON Lines): a list of them. Lines are edited as they are.
public final class NdjsonDecoder implements PayloadDecoder {
    private static final Match NO = new Match(Certainty.NO, "not one JSON object a line");
    private static final Match DECLARED =
            new Match(Certainty.DECLARED, "the content type says JSON, one a line");
    private static final Match LINES =
            new Match(Certainty.CONTENT, "each of its first lines is a JSON object");

    /// A parser is made for each line: in memory it weighs as much as so many values.
    private static final int COST_OF_LINE = 7;

    @Override
    public String name() {
        return "ndjson";
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        if (payload.length == 0 || (payload[0] != '{' && payload[0] != '[')) {
            return NO;
        }
        int end = lineEnd(payload, 0);
        boolean several = end < payload.length - 1 && closes(payload, end);
        if (!several) {
            return NO;
        }
        if (ContentType.of(headers).filter(NdjsonDecoder::isDeclared).isPresent()) {
            return DECLARED;
        }
        // The second line begins another value, and does not go on with the first.
        return payload[end + 1] == payload[0] && closes(payload, lineEnd(payload, end + 1))
                ? LINES
                : NO;
    }

    private static boolean isDeclared(ContentType type) {
        return type.type().contains("ndjson")
                || type.type().contains("jsonlines")
                || type.type().contains("jsonl")
                || type.type().contains("json-seq");
    }

    private static int lineEnd(byte[] payload, int from) {
        int at = from;
        while (at < payload.length && payload[at] != '\n') {
            at++;
        }
        return at;
    }

    private static boolean closes(byte[] payload, int end) {
        int last = end > 0 && payload[end - 1] == '\r' ? end - 2 : end - 1;
        return last >= 0 && (payload[last] == '}' || payload[last] == ']');
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return new Decoded.Opaque(name(), BinaryDecoder.TOO_LARGE, List.of());
        }
        var text = TextBytes.read(payload, StandardCharsets.UTF_8);
        var issues = new IssueList();
        if (!text.exact()) {
            issues.warning("byte " + text.badByte(), "It is not valid UTF-8 throughout.");
        }
        var values = new ArrayList<Tree>();
        int line = 0;
        int bad = 0;
        int budget = JsonReader.MAX_VALUES;
        for (var each : (Iterable<String>) text.text().lines()::iterator) {
            line++;
            if (each.isBlank()) {
                continue;
            }
            var reading = JsonReader.read(each, limits.depth(), budget);
            var problem = reading.problem();
            if (reading.tree() == null) {
                bad++;
                values.add(new Tree.Text(each));
            } else {
                values.add(reading.tree());
                budget -= reading.values();
            }
            budget -= COST_OF_LINE;
            if (problem != null && bad < 20) {
                issues.warning("line " + line, "Not strictly JSON: " + problem.sentence() + ".");
            }
            if (budget <= 0) {
                issues.warning("line " + line, "What follows is not read: it has too many values.");
                break;
            }
        }
        if (bad > 0 && bad >= values.size() - bad) {
            issues.error(
                    "",
                    "%s of %s no JSON."
                            .formatted(
                                    Numerals.of(bad),
                                    Numerals.of(values.size(), "line is", "lines are")));
            return new Decoded.PlainText(name(), text.charset().name(), text.text(), issues.all());
        }
        return new Decoded.Structured(name(), null, new Tree.Arr(values), issues.all());
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        var text = TextBytes.read(payload, StandardCharsets.UTF_8);
        return payload.length <= limits.bytes() && text.exact()
                ? Optional.of(text.text())
                : Optional.empty();
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        var text = TextBytes.read(original, StandardCharsets.UTF_8);
        if (text.exact() && edited.equals(text.text())) {
            return original;
        }
        int line = 0;
        for (var each : (Iterable<String>) edited.lines()::iterator) {
            line++;
            var problem =
                    each.isBlank()
                            ? null
                            : JsonReader.read(each, Limits.STANDARD.depth()).problem();
            if (problem != null) {
                throw new EditException(
                        "This line is not JSON: " + problem.sentence() + ".",
                        line,
                        Math.max(0, problem.column()));
            }
        }
        var bytes = text.encode(edited);
        if (bytes == null) {
            throw TreeEdit.cannot("The text has characters that cannot be written.");
        }
        return bytes;
    }
}
