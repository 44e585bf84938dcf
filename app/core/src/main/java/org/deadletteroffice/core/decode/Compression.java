package org.deadletteroffice.core.decode;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Numerals;

/// Compressions: gzip (RFC 1952), zlib (RFC 1950, what HTTP calls deflate), Zstandard (RFC 8878),
/// LZ4 frames, Snappy in its two framings and bare, and, where a content encoding says so, Brotli
/// (RFC 7932) and bare deflate (RFC 1951).
enum Compression implements Wrapper {
    GZIP,
    ZLIB,
    ZSTD,
    LZ4,
    SNAPPY,
    BROTLI,
    DEFLATE;

    private static final Match NO = new Match(Certainty.NO, "not compressed this way");

    /// A few bytes may legitimately grow a lot; the ratio counts from here.
    private static final int FREE_EXPANSION = 1 << 16;

    @Override
    public String format() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean goesFirst() {
        return true;
    }

    /// Whether one of them is to be unpacked here.
    static boolean isAny(byte[] payload, Headers headers) {
        for (var compression : values()) {
            if (compression.match(payload, headers).certainty() != Certainty.NO) {
                return true;
            }
        }
        return false;
    }

    private boolean begins(byte[] bytes) {
        if (bytes.length < 3) {
            return false;
        }
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        return switch (this) {
            case GZIP -> first == 0x1F && second == 0x8B && bytes[2] == 8;
            // The header's check sum alone fits every 31st pair, "x^" among them: try it.
            case ZLIB ->
                    (first & 0x0F) == 8
                            && first >> 4 <= 7
                            && ((first << 8) | second) % 31 == 0
                            && (second & 0x20) == 0
                            && inflates(bytes);
            case ZSTD -> first == 0x28 && second == 0xB5 && startsWith(bytes, 2, 0x2F, 0xFD);
            case LZ4 -> first == 0x04 && second == 0x22 && startsWith(bytes, 2, 0x4D, 0x18);
            case SNAPPY ->
                    (first == 0x82 && startsWith(bytes, 1, 'S', 'N', 'A', 'P', 'P', 'Y', 0))
                            || (first == 0xFF
                                    && startsWith(bytes, 1, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'));
            case BROTLI, DEFLATE -> false;
        };
    }

    private static boolean startsWith(byte[] bytes, int at, int... expected) {
        if (bytes.length < at + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((bytes[at + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean inflates(byte[] bytes) {
        try (var inflater = new Inflater()) {
            inflater.setInput(bytes);
            return inflater.inflate(new byte[256]) > 0 || inflater.finished();
        } catch (java.util.zip.DataFormatException notZlib) {
            return false;
        }
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        if (begins(payload)) {
            return encoding(headers).isEmpty()
                    ? new Match(Certainty.CONTENT, "it begins with the magic number of " + format())
                    : new Match(Certainty.DECLARED, "the content encoding says so");
        }
        boolean bare = this == BROTLI || this == DEFLATE || this == SNAPPY;
        if (!bare || payload.length == 0 || !isNamed(encoding(headers))) {
            return NO;
        }
        // Headers outlive the compression they tell of: only what really unpacks is believed.
        boolean other = this == DEFLATE && ZLIB.begins(payload);
        return !other && unwrap(payload, Headers.NONE, Limits.STANDARD).problem().isEmpty()
                ? new Match(Certainty.DECLARED, "the content encoding says so")
                : NO;
    }

    private boolean isNamed(String encoding) {
        return switch (this) {
            case BROTLI -> encoding.equals("br") || encoding.equals("brotli");
            case DEFLATE -> encoding.equals("deflate");
            case SNAPPY -> encoding.equals("snappy") || encoding.equals("x-snappy");
            case GZIP, ZLIB, ZSTD, LZ4 -> false;
        };
    }

    /// What the last content encoding says, in lower case; empty for none.
    private static String encoding(Headers headers) {
        var found = "";
        for (var header : headers) {
            var text = isContentEncoding(header) ? header.text() : null;
            if (text != null && !text.equalsIgnoreCase("identity")) {
                found = text.strip().toLowerCase(Locale.ROOT);
            }
        }
        return found;
    }

    private static boolean isContentEncoding(Header header) {
        return header.name().equalsIgnoreCase("content-encoding")
                || header.name().equalsIgnoreCase("contentEncoding")
                || header.name().equals("amqp-content-encoding");
    }

    private InputStream open(byte[] compressed) throws IOException {
        var in = new ByteArrayInputStream(compressed);
        return switch (this) {
            case GZIP -> new GZIPInputStream(in, 8 << 10);
            case ZLIB -> new InflaterInputStream(in);
            case DEFLATE -> new InflaterInputStream(in, new Inflater(true));
            case ZSTD -> Codecs.zstd(in);
            case LZ4 -> Codecs.lz4(in);
            case SNAPPY -> Codecs.snappy(compressed, begins(compressed));
            case BROTLI -> Codecs.brotli(in);
        };
    }

    byte[] compress(byte[] bytes, byte[] original) {
        var out = new ByteArrayOutputStream();
        try {
            switch (this) {
                case GZIP -> {
                    try (var compressing = new GZIPOutputStream(out)) {
                        compressing.write(bytes);
                    }
                }
                case ZLIB -> {
                    try (var compressing = new DeflaterOutputStream(out)) {
                        compressing.write(bytes);
                    }
                }
                case DEFLATE -> {
                    try (var compressing =
                            new DeflaterOutputStream(out, new java.util.zip.Deflater(-1, true))) {
                        compressing.write(bytes);
                    }
                }
                case ZSTD -> out.writeBytes(Codecs.toZstd(bytes));
                case LZ4 -> out.writeBytes(Codecs.toLz4(bytes));
                case SNAPPY -> out.writeBytes(Codecs.toSnappy(bytes, original, begins(original)));
                case BROTLI -> out.writeBytes(BrotliStored.of(bytes));
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("memory takes every byte", impossible);
        }
        return out.toByteArray();
    }

    @Override
    public Unwrapped unwrap(byte[] payload, Headers headers, Limits limits) {
        var rest = headers.without(Compression::isContentEncoding);
        long most =
                Math.min(
                        limits.bytes(),
                        Math.max(FREE_EXPANSION, (long) payload.length * limits.expansion()));
        var out = new ByteArrayOutputStream();
        try (var in = open(payload)) {
            var buffer = new byte[8 << 10];
            int n;
            while ((n = in.read(buffer)) > 0) {
                if (out.size() + (long) n > most) {
                    return Unwrapped.broken(
                            rest,
                            "It grows beyond %s bytes; it is not unpacked."
                                    .formatted(Numerals.of(most)));
                }
                out.write(buffer, 0, n);
            }
            return new Unwrapped(out.toByteArray(), rest, "", List.of());
        } catch (TooLargeException tooLarge) {
            return Unwrapped.broken(
                    rest,
                    "It grows beyond %s bytes; it is not unpacked.".formatted(Numerals.of(most)));
        } catch (IOException | RuntimeException broken) {
            // The codecs' own exceptions on damaged input differ, unchecked ones among them.
            return new Unwrapped(
                    out.toByteArray(),
                    rest,
                    "It breaks off or is damaged after "
                            + Numerals.of(out.size(), "unpacked byte", "unpacked bytes")
                            + ".",
                    List.of());
        } catch (LinkageError noCodec) {
            return Unwrapped.broken(
                    rest, "The codec of " + format() + " does not run on this machine.");
        }
    }

    /// The announced size is beyond what is unpacked.
    static final class TooLargeException extends IOException {}

    @Override
    public byte[] wrap(byte[] inner, byte[] original, Headers headers) throws EditException {
        try {
            return compress(inner, original);
        } catch (LinkageError noCodec) {
            throw new EditException(
                    "The codec of " + format() + " does not run on this machine.", 0, 0);
        }
    }
}
