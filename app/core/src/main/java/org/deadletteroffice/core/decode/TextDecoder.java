package org.deadletteroffice.core.decode;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.decode.PlainBytes;
import org.deadletteroffice.spi.message.Headers;

/// Text in any charset: a byte order mark or the content type says which; else UTF-8 where the
/// bytes are valid UTF-8; else, where they are mostly printable, ISO-8859-1 with an issue that says
/// so (every byte string is valid in it, so that it can be edited and written back the same).
public final class TextDecoder implements PayloadDecoder {
    private static final Match DECLARED =
            new Match(Certainty.DECLARED, "the content type says text");
    private static final Match BOM =
            new Match(Certainty.CONTENT, "it begins with a byte order mark");
    private static final Match UTF_8 = new Match(Certainty.LIKELY, "it is valid UTF-8");
    private static final Match MOSTLY =
            new Match(Certainty.FALLBACK, "most of its bytes are printable");
    private static final Match NO = new Match(Certainty.NO, "it has bytes that text has not");

    /// How much of a payload is looked at to tell text from bytes.
    private static final int SAMPLE = 64 << 10;

    @Override
    public String name() {
        return "text";
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        var type = ContentType.of(headers);
        if (type.filter(ContentType::isText).isPresent()) {
            return DECLARED;
        }
        if (payload.length == 0) {
            return NO;
        }
        if (TextBytes.beginWithMark(payload)) {
            return BOM;
        }
        if (PlainBytes.areText(payload)) {
            return UTF_8;
        }
        int odd = 0;
        int high = 0;
        int unused = 0;
        int looked = Math.min(payload.length, SAMPLE);
        for (int i = 0; i < looked; i++) {
            byte b = payload[i];
            if (b < 0) {
                high++;
                // 0x80 to 0x9F are control characters in ISO-8859-1: text has none.
                unused += b < (byte) 0xA0 ? 1 : 0;
            } else if (b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != 0x1B) {
                odd++;
            }
        }
        if (odd == 0 && (high == 0 || TextBytes.read(payload, StandardCharsets.UTF_8).exact())) {
            return UTF_8;
        }
        return odd == 0 && unused == 0 && high <= looked / 2 ? MOSTLY : NO;
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        var format = format(payload, headers);
        if (payload.length > limits.bytes()) {
            return new Decoded.Opaque(format, "It is larger than what is decoded", List.of());
        }
        var type = ContentType.of(headers);
        var declared = type.flatMap(ContentType::charset);
        var text = read(payload, headers);
        var issues = new IssueList();
        var named = type.flatMap(ContentType::charsetName);
        if (named.isPresent() && declared.isEmpty()) {
            issues.warning(
                    "",
                    "The content type names the charset '%s', which there is not; it is read as %s."
                            .formatted(named.get(), text.charset()));
        }
        Scalars.told(text.text()).ifPresent(sentence -> issues.info("", sentence));
        if (declared.isPresent() && !text.exact()) {
            issues.warning(
                    "byte " + text.badByte(),
                    "It is not valid "
                            + text.charset()
                            + ", which the content type names; it can only be edited as hex.");
        } else if (text.charset().equals(StandardCharsets.ISO_8859_1) && declared.isEmpty()) {
            issues.warning(
                    "byte " + TextBytes.read(payload, StandardCharsets.UTF_8).badByte(),
                    "It is not valid UTF-8; it is read as ISO-8859-1, so some characters may be"
                            + " wrong.");
        } else if (!text.exact()) {
            issues.warning(
                    "byte " + text.badByte(), "It is not valid " + text.charset() + " throughout.");
        }
        return new Decoded.PlainText(format, text.charset().name(), text.text(), issues.all());
    }

    private static TextBytes read(byte[] payload, Headers headers) {
        var declared = ContentType.of(headers).flatMap(ContentType::charset);
        if (declared.isPresent()) {
            return TextBytes.read(payload, declared.get());
        }
        var utf8 = TextBytes.read(payload, StandardCharsets.UTF_8);
        return utf8.exact() || utf8.hasBom()
                ? utf8
                : TextBytes.read(payload, StandardCharsets.ISO_8859_1);
    }

    private static String format(byte[] payload, Headers headers) {
        boolean xml =
                ContentType.of(headers).filter(ContentType::isXml).isPresent()
                        || startsWith(payload, "<?xml");
        return xml ? "xml" : "text";
    }

    private static boolean startsWith(byte[] payload, String ascii) {
        if (payload.length < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (payload[i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return Optional.empty();
        }
        var text = read(payload, headers);
        return text.exact() ? Optional.of(text.text()) : Optional.empty();
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        var text = read(original, headers);
        if (text.exact() && edited.equals(text.text())) {
            return original;
        }
        var bytes = text.encode(edited);
        if (bytes == null) {
            throw notIn(text.charset());
        }
        return bytes;
    }

    static EditException notIn(Charset charset) {
        return new EditException(
                "The message is in " + charset + ", which has no code for one of these characters.",
                0,
                0);
    }
}
