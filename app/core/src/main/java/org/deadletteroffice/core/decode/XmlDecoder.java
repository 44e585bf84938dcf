package org.deadletteroffice.core.decode;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// XML 1.0, SOAP among it. Edited as its own text, in its own charset; what is no longer
/// well-formed is refused.
public final class XmlDecoder implements PayloadDecoder {
    private static final Match DECLARED =
            new Match(Certainty.DECLARED, "the content type says XML");
    private static final Match DECLARATION =
            new Match(Certainty.CONTENT, "it begins with an XML declaration");
    private static final Match ELEMENT =
            new Match(Certainty.LIKELY, "it begins and ends like an XML element");
    private static final Match NO = new Match(Certainty.NO, "it does not look like XML");

    /// In the first bytes, before anything else (XML 1.0, section 2.8).
    private static final Pattern ENCODING =
            Pattern.compile("^<\\?xml[^>]{0,80}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");

    @Override
    public String name() {
        return "xml";
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        int at = begin(payload);
        if (at < 0) {
            return NO;
        }
        if (ContentType.of(headers).filter(ContentType::isXml).isPresent()) {
            return DECLARED;
        }
        int next = at + 1 < payload.length ? payload[at + 1] & 0xFF : 0;
        if (next == '?' || next == 0) {
            return next == 0 && payload.length < 4 ? NO : DECLARATION;
        }
        boolean name = Character.isLetter(next) || next == '_';
        return (name || next == '!') && endsWithBracket(payload) ? ELEMENT : NO;
    }

    /// Offset of the first `<`, white space and byte order mark passed over; -1 where something
    /// else comes first.
    private static int begin(byte[] payload) {
        for (int at = 0; at < Math.min(payload.length, 256); at++) {
            int b = payload[at] & 0xFF;
            if (b == '<') {
                return at;
            }
            boolean mark = b >= 0xEF || b == 0xBB || b == 0xBF || b == 0;
            if (b > ' ' && !(mark && at < 3)) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean endsWithBracket(byte[] payload) {
        int at = payload.length - 1;
        while (at > 0 && payload[at] <= ' ' && payload[at] >= 0) {
            at--;
        }
        return payload[at] == '>';
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return new Decoded.Opaque(name(), BinaryDecoder.TOO_LARGE, List.of());
        }
        var text = text(payload, headers);
        var issues = new IssueList();
        if (!text.exact()) {
            issues.warning(
                    "byte " + text.badByte(),
                    "It is not valid " + text.charset() + "; it can only be edited as hex.");
        }
        try {
            var tree = XmlValues.read(text.text(), limits.depth());
            return new Decoded.Structured(name(), null, tree, issues.all());
        } catch (SyntaxProblem problem) {
            issues.error(problem.where(), "Not XML: " + problem.sentence() + ".");
            return new Decoded.PlainText(name(), text.charset().name(), text.text(), issues.all());
        }
    }

    private static TextBytes text(byte[] payload, Headers headers) {
        return TextBytes.read(payload, charset(payload, headers));
    }

    /// What the content type says, else the declaration, else UTF-16 by its zero bytes.
    private static @Nullable Charset charset(byte[] payload, Headers headers) {
        var declared = ContentType.of(headers).flatMap(ContentType::charset);
        if (declared.isPresent()) {
            return declared.get();
        }
        if (payload.length > 3 && payload[0] == 0 && payload[1] == '<') {
            return StandardCharsets.UTF_16BE;
        }
        if (payload.length > 3 && payload[0] == '<' && payload[1] == 0) {
            return StandardCharsets.UTF_16LE;
        }
        int at = Math.max(0, begin(payload));
        var head =
                new String(
                        payload,
                        at,
                        Math.min(payload.length - at, 160),
                        StandardCharsets.ISO_8859_1);
        var named = ENCODING.matcher(head);
        return named.find() ? ContentType.charset(named.group(1)).orElse(null) : null;
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return Optional.empty();
        }
        var text = text(payload, headers);
        return text.exact() ? Optional.of(text.text()) : Optional.empty();
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        var text = text(original, headers);
        if (text.exact() && edited.equals(text.text())) {
            return original;
        }
        try {
            XmlValues.read(edited, Limits.STANDARD.depth());
        } catch (SyntaxProblem problem) {
            throw problem.asEdit("XML");
        }
        var bytes = text.encode(edited);
        if (bytes == null) {
            throw TextDecoder.notIn(text.charset());
        }
        return bytes;
    }
}
