package org.deadletteroffice.core.decode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Headers;

/// What nothing else can read: an empty payload, formats known by their first bytes only, and plain
/// bytes. Shown and edited as hex.
public final class BytesDecoder implements PayloadDecoder {
    private static final Match FALLBACK = new Match(Certainty.FALLBACK, "nothing else can read it");
    private static final Match EMPTY = new Match(Certainty.CONTENT, "it has no bytes");

    /// Formats that are named though not read here.
    private record Magic(String format, String reason, int... begin) {}

    private static final List<Magic> MAGIC =
            List.of(
                    new Magic("avro-file", "An Avro container file", 'O', 'b', 'j', 1),
                    new Magic("java", "A serialized Java object", 0xAC, 0xED, 0, 5),
                    new Magic("bzip2", "Compressed with bzip2", 'B', 'Z', 'h'),
                    new Magic("zip", "A ZIP archive", 'P', 'K', 3, 4),
                    new Magic("parquet", "A Parquet file", 'P', 'A', 'R', '1'),
                    new Magic("pdf", "A PDF document", '%', 'P', 'D', 'F'),
                    new Magic("png", "A PNG image", 0x89, 'P', 'N', 'G'),
                    new Magic("jpeg", "A JPEG image", 0xFF, 0xD8, 0xFF));

    @Override
    public String name() {
        return "bytes";
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        return payload.length == 0 ? EMPTY : FALLBACK;
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        if (payload.length == 0) {
            return new Decoded.Opaque("empty", "The payload is there and has no bytes.", List.of());
        }
        for (var magic : MAGIC) {
            if (startsWith(payload, magic.begin())) {
                return new Decoded.Opaque(
                        magic.format(), magic.reason() + "; shown as bytes.", List.of());
            }
        }
        var type = ContentType.of(headers);
        return new Decoded.Opaque(
                "bytes",
                type.isPresent()
                        ? "Nothing here reads '" + type.get().type() + "'; shown as bytes."
                        : "It is neither text nor a format known here; shown as bytes.",
                List.of());
    }

    static boolean hasMagic(byte[] payload) {
        return MAGIC.stream().anyMatch(magic -> startsWith(payload, magic.begin()));
    }

    private static boolean startsWith(byte[] payload, int... begin) {
        if (payload.length < begin.length) {
            return false;
        }
        for (int i = 0; i < begin.length; i++) {
            if ((payload[i] & 0xFF) != begin[i]) {
                return false;
            }
        }
        return true;
    }

    /// An empty payload can be filled with text; other bytes are edited as hex.
    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        return payload.length == 0 ? Optional.of("") : Optional.empty();
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        if (original.length == 0) {
            return edited.getBytes(StandardCharsets.UTF_8);
        }
        throw new EditException("These bytes are no text; edit them as hex.", 0, 0);
    }
}
