package org.deadletteroffice.core.decode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Headers;

/// Objects of languages whose loaders run what they load: Python's pickle, PHP's `serialize`,
/// Ruby's Marshal, .NET's BinaryFormatter. Recognised and named, never loaded.
public final class ForeignObjectDecoder implements PayloadDecoder {
    private static final Match NO = new Match(Certainty.NO, "no serialized object known here");
    private static final int[] DOTNET = {0, 1, 0, 0, 0, 255, 255, 255, 255, 1, 0, 0, 0, 0, 0, 0, 0};

    /// Possessive throughout: no text makes it go back.
    private static final Pattern PHP_BEGIN =
            Pattern.compile("(?:a:\\d{1,9}+:\\{|O:\\d{1,9}+:\"|s:\\d{1,9}+:\")");

    private enum Kind {
        PICKLE("A pickled Python object", "it is framed like a Python pickle"),
        PHP("A serialized PHP value", "it is written like a serialized PHP value"),
        RUBY("An object of Ruby's Marshal", "it begins like Ruby's Marshal 4.8"),
        DOTNET("An object of .NET's BinaryFormatter", "it begins like .NET's BinaryFormatter");

        private final String what;
        private final String reason;

        Kind(String what, String reason) {
            this.what = what;
            this.reason = reason;
        }
    }

    @Override
    public String name() {
        return "object";
    }

    private static Optional<Kind> kind(byte[] payload) {
        int length = payload.length;
        if (length < 4) {
            return Optional.empty();
        }
        int first = payload[0] & 0xFF;
        int second = payload[1] & 0xFF;
        byte last = payload[length - 1];
        if (first == 0x80 && second >= 2 && second <= 5 && last == '.') {
            return Optional.of(Kind.PICKLE);
        }
        if (first == 4 && second == 8 && "\"'0:;@FI[TUl{cefiou}/CS".indexOf(payload[2]) >= 0) {
            return Optional.of(Kind.RUBY);
        }
        if (first == 0 && begins(payload, DOTNET)) {
            return Optional.of(Kind.DOTNET);
        }
        if (second == ':' && (last == '}' || last == ';')) {
            var begin = new String(payload, 0, Math.min(length, 16), StandardCharsets.ISO_8859_1);
            return PHP_BEGIN.matcher(begin).lookingAt() ? Optional.of(Kind.PHP) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean begins(byte[] payload, int[] begin) {
        for (int i = 0; i < begin.length; i++) {
            if (i >= payload.length || (payload[i] & 0xFF) != begin[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        return kind(payload).map(it -> new Match(Certainty.CONTENT, it.reason)).orElse(NO);
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        var kind = kind(payload);
        if (kind.isEmpty() || payload.length > limits.bytes()) {
            return new Decoded.Opaque("bytes", "It is no serialized object known here.", List.of());
        }
        var format = kind.get().name().toLowerCase(Locale.ROOT);
        var sentence = kind.get().what + ": it is never loaded here, since loading can run code.";
        if (kind.get() == Kind.PHP) {
            var text = TextBytes.read(payload, StandardCharsets.UTF_8);
            return new Decoded.PlainText(
                    format,
                    text.charset().name(),
                    text.text(),
                    new IssueList().info("", sentence).all());
        }
        return new Decoded.Opaque(format, sentence, List.of());
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        return Optional.empty();
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        throw TreeEdit.cannot("A serialized object of another language is edited as hex only.");
    }
}
