package org.deadletteroffice.core.decode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// A JSON object that holds the message as the text of one member. An edit replaces that text and
/// leaves the rest of the object as it lay.
abstract class JsonEnvelope implements Wrapper {
    private static final Match NO = new Match(Certainty.NO, "no such envelope");

    private final String format;
    private final String member;
    private final Match match;

    JsonEnvelope(String format, String member, String reason) {
        this.format = format;
        this.member = member;
        this.match = new Match(Certainty.CONTENT, reason);
    }

    /// Whether the text may be one: cheap, since every message passes here.
    abstract boolean mayBegin(byte[] payload);

    abstract boolean isOne(Tree.Obj object);

    /// What the envelope says of itself.
    abstract String told(Tree.Obj object);

    abstract byte[] inside(String text);

    abstract String outside(byte[] inner, String before) throws EditException;

    @Override
    public final String format() {
        return format;
    }

    @Override
    public final boolean goesFirst() {
        return false;
    }

    @Override
    public final Match match(byte[] payload, Headers headers) {
        return mayBegin(payload) && read(payload) != null ? match : NO;
    }

    private Tree.@Nullable Obj read(byte[] payload) {
        return JsonReader.read(payload, Limits.STANDARD.depth()).tree() instanceof Tree.Obj object
                        && object.get(member).orElse(null) instanceof Tree.Text
                        && isOne(object)
                ? object
                : null;
    }

    @Override
    public final Unwrapped unwrap(byte[] payload, Headers headers, Limits limits) {
        var object = read(payload);
        // The content type speaks of the envelope.
        var rest = headers.without(header -> header.name().equalsIgnoreCase("content-type"));
        var text = TextBytes.read(payload, StandardCharsets.UTF_8);
        var found = JsonMember.find(text.text(), member);
        if (object == null || found.isEmpty() || !text.exact()) {
            return Unwrapped.broken(rest, "It is no envelope of " + format + ".");
        }
        return new Unwrapped(
                inside(found.get().value()),
                rest,
                "",
                List.of(new Issue(Issue.Severity.INFO, "", told(object))));
    }

    @Override
    public final byte[] wrap(byte[] inner, byte[] original, Headers headers) throws EditException {
        var json = TextBytes.read(original, StandardCharsets.UTF_8);
        var found =
                JsonMember.find(json.text(), member)
                        .orElseThrow(() -> TreeEdit.cannot("The envelope is gone."));
        var bytes = json.encode(found.replacedIn(json.text(), outside(inner, found.value())));
        if (bytes == null) {
            throw TreeEdit.cannot("The envelope has no place for these characters.");
        }
        return bytes;
    }

    static String text(Tree.Obj object, String name) {
        return object.get(name).orElse(Tree.NULL) instanceof Tree.Text(var value) ? value : "";
    }

    static boolean beginsWithMember(byte[] payload, String name) {
        int at = 0;
        while (at < payload.length && at < 16 && payload[at] <= ' ') {
            at++;
        }
        if (at >= payload.length || payload[at] != '{') {
            return false;
        }
        at++;
        while (at < payload.length && payload[at] <= ' ' && payload[at] >= 0) {
            at++;
        }
        if (at + name.length() + 2 > payload.length || payload[at] != '"') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (payload[at + 1 + i] != name.charAt(i)) {
                return false;
            }
        }
        return payload[at + 1 + name.length()] == '"';
    }

    static String utf8(byte[] inner) throws EditException {
        var text = TextBytes.read(inner, StandardCharsets.UTF_8);
        if (!text.exact() || text.hasBom()) {
            throw TreeEdit.cannot("The envelope holds text, and this is no UTF-8.");
        }
        return text.text();
    }
}
