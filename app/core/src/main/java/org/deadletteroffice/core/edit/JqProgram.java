package org.deadletteroffice.core.edit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.decode.JsonLayout;
import org.deadletteroffice.core.decode.JsonWriter;
import org.deadletteroffice.core.decode.Trees;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.message.Numerals;

/// A compiled jq program (jq 1.7) over the decoded payload. Thread-safe.
///
/// Numbers that the program does not change keep their text (`1.50`, 64-bit integers, `1e400`);
/// computed ones are as Java's `double` or `long` computes them. Strings keep their value, not
/// their escapes. A payload with repeated members is refused, since jq would drop all but the last.
public final class JqProgram {
    private static final int MAX_PROGRAM = 64 << 10;

    /// Characters of a result.
    private static final int MAX_RESULT = 64 << 20;

    private final String text;
    private final JsonQuery query;
    private final Scope scope;
    private final JqGuard guard;

    private JqProgram(String text, JsonQuery query, JqGuard guard) {
        this.text = text;
        this.query = query;
        this.guard = guard;
        this.scope = guard.scope();
    }

    /// @throws OperatorException WRONG_USE with the place where it does not parse
    public static JqProgram compile(String program) throws OperatorException {
        if (program.isBlank()) {
            throw wrong("The jq program is empty.");
        }
        if (program.length() > MAX_PROGRAM) {
            throw wrong(
                    "The jq program is longer than %s characters."
                            .formatted(Numerals.of(MAX_PROGRAM)));
        }
        try {
            return new JqProgram(
                    program, JsonQuery.compile(program, Versions.JQ_1_7), new JqGuard());
        } catch (JsonQueryException | RuntimeException | StackOverflowError notJq) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "This is not a jq program: " + reason(notJq),
                    "Correct it; jq programs look like .customer.country = \"DE\".",
                    notJq);
        }
    }

    private static OperatorException wrong(String sentence) {
        return new OperatorException(
                OperatorException.Kind.WRONG_USE, sentence, "Give a jq program such as .a = 1.");
    }

    private static String reason(Throwable notJq) {
        var text = notJq.getMessage();
        if (text == null) {
            return "it is nested too deeply.";
        }
        var line = text.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line : line + ".";
    }

    /// The program's text.
    public String text() {
        return text;
    }

    /// The payload with the program applied, in the format, style and wrappers in which it came.
    /// Bounded in time (2 s) and size.
    ///
    /// @throws EditException when the payload is no structure, the program fails on it, or gives
    ///     not exactly one value
    public byte[] apply(MessageView message) throws EditException {
        var before =
                Trees.of(message.decoded())
                        .orElseThrow(
                                () ->
                                        failed(
                                                "The payload is "
                                                        + message.decoded().format()
                                                        + ", and jq works on structures such as JSON."));
        var editText =
                Editing.editText(message)
                        .orElseThrow(
                                () -> failed("A payload of this format cannot be written back."));
        if (!Trees.isJsonOf(editText, before)) {
            throw failed(
                    "The payload is "
                            + message.decoded().format()
                            + ", which is edited as its own text; jq writes JSON only.");
        }
        var repeated = JqValues.repeatedMember(before);
        if (repeated.isPresent()) {
            throw failed(
                    "The member '"
                            + repeated.get()
                            + "' occurs twice in one object, and jq would keep only the last.");
        }
        var after = JqValues.toTree(single(run(JqValues.toNode(before))), before);
        if (after.equals(before)) {
            var payload = message.letter().payload();
            if (payload != null) {
                return payload;
            }
        }
        var written =
                JsonLayout.of(editText)
                        .apply(JsonWriter.compact(after), MAX_RESULT)
                        .orElseThrow(() -> failed("The result is larger than 64 Mi characters."));
        return Editing.encode(message, written);
    }

    private List<JsonNode> run(JsonNode input) throws EditException {
        return guard.run(
                () -> {
                    var results = new ArrayList<JsonNode>(1);
                    query.apply(
                            scope,
                            input,
                            value -> {
                                results.add(value);
                                if (results.size() > 1) {
                                    throw new JsonQueryException("it gives more than one value");
                                }
                            });
                    return results;
                });
    }

    private static JsonNode single(List<JsonNode> results) throws EditException {
        if (results.isEmpty()) {
            throw failed("The jq program gives no value for this payload.");
        }
        return results.getFirst();
    }

    static EditException failed(String sentence) {
        return new EditException(sentence, 0, 0);
    }
}
