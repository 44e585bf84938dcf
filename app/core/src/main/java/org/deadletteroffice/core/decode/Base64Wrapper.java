package org.deadletteroffice.core.decode;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// A payload that is base64 throughout (RFC 4648, both alphabets, with or without padding and line
/// ends), taken for it only where what is inside looks like something: any word of letters is
/// base64 too.
final class Base64Wrapper implements Wrapper {
    private static final Match NO = new Match(Certainty.NO, "not base64");
    private static final Match WHOLE =
            new Match(Certainty.CONTENT, "it is base64 from end to end, of something readable");
    private static final Match DECLARED =
            new Match(Certainty.DECLARED, "the transfer encoding says base64");

    private static final int SHORTEST = 16;

    /// Characters that are looked at to tell what is inside.
    private static final int SAMPLE = 64;

    @Override
    public String format() {
        return "base64";
    }

    @Override
    public boolean goesFirst() {
        return false;
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        if (payload.length < 4 || !isBase64(payload[0]) || !isBase64(payload[3])) {
            return NO;
        }
        boolean declared = headers.all().stream().anyMatch(Base64Wrapper::saysBase64);
        if (!declared && payload.length < SHORTEST) {
            return NO;
        }
        for (byte b : payload) {
            if (!isBase64(b) && b != '\r' && b != '\n') {
                return NO;
            }
        }
        if (declared) {
            return unwrap(payload, headers, Limits.STANDARD).problem().isEmpty() ? DECLARED : NO;
        }
        return looksLikeSomething(payload) ? WHOLE : NO;
    }

    private static boolean isBase64(byte b) {
        return (b >= 'A' && b <= 'Z')
                || (b >= 'a' && b <= 'z')
                || (b >= '0' && b <= '9')
                || b == '+'
                || b == '/'
                || b == '-'
                || b == '_'
                || b == '=';
    }

    private static boolean saysBase64(Header header) {
        var name = header.name();
        var text =
                name.equalsIgnoreCase("content-transfer-encoding")
                                || name.equalsIgnoreCase("content-encoding")
                        ? header.text()
                        : null;
        return text != null && text.strip().equalsIgnoreCase("base64");
    }

    /// Printable throughout, or with a magic number.
    private static boolean looksLikeSomething(byte[] payload) {
        var begin = new byte[Math.min(payload.length, SAMPLE)];
        System.arraycopy(payload, 0, begin, 0, begin.length);
        var text = new String(begin, StandardCharsets.ISO_8859_1).replaceAll("[\r\n=]", "");
        var inside = decode(text.substring(0, text.length() - text.length() % 4));
        if (inside == null || inside.length < 9) {
            return false;
        }
        for (var compression : Compression.values()) {
            if (compression != Compression.ZLIB
                    && compression.match(inside, Headers.NONE).certainty() == Certainty.CONTENT) {
                return decodes(payload);
            }
        }
        if (BytesDecoder.hasMagic(inside)) {
            return decodes(payload);
        }
        return isText(inside) && decodes(payload);
    }

    /// UTF-8 without control characters; the last character may be cut.
    private static boolean isText(byte[] begin) {
        var chars = CharBuffer.allocate(begin.length);
        var decoder = StandardCharsets.UTF_8.newDecoder();
        if (decoder.decode(ByteBuffer.wrap(begin), chars, false).isError()) {
            return false;
        }
        return chars.flip()
                .chars()
                .allMatch(c -> c == '\n' || c == '\r' || c == '\t' || !Character.isISOControl(c));
    }

    private static boolean decodes(byte[] payload) {
        return decode(new String(payload, StandardCharsets.ISO_8859_1)) != null;
    }

    private static byte @Nullable [] decode(String text) {
        try {
            return text.indexOf('-') >= 0 || text.indexOf('_') >= 0
                    ? Base64.getUrlDecoder().decode(text.replaceAll("[\r\n]", ""))
                    : Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    @Override
    public Unwrapped unwrap(byte[] payload, Headers headers, Limits limits) {
        var rest = headers.without(Base64Wrapper::saysBase64);
        var bytes = decode(new String(payload, StandardCharsets.ISO_8859_1));
        return bytes == null
                ? Unwrapped.broken(rest, "It is no base64 throughout.")
                : new Unwrapped(bytes, rest, "", List.of());
    }

    /// In the alphabet, with the padding and the line ends of the original.
    @Override
    public byte[] wrap(byte[] inner, byte[] original, Headers headers) {
        var before = new String(original, StandardCharsets.ISO_8859_1);
        boolean url = before.indexOf('-') >= 0 || before.indexOf('_') >= 0;
        var encoder = url ? Base64.getUrlEncoder() : Base64.getEncoder();
        int digits = before.replaceAll("[\r\n]", "").length();
        if (digits % 4 != 0) {
            encoder = encoder.withoutPadding();
        }
        var text = encoder.encodeToString(inner);
        int line = before.indexOf('\n');
        if (line < 0) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        var end = line > 0 && before.charAt(line - 1) == '\r' ? "\r\n" : "\n";
        int width = line + 1 - end.length();
        var out = new StringBuilder();
        for (int from = 0; from < text.length(); from += Math.max(1, width)) {
            out.append(text, from, Math.min(text.length(), from + Math.max(1, width)));
            if (from + width < text.length() || before.endsWith("\n")) {
                out.append(end);
            }
        }
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
