package org.deadletteroffice.core.decode;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;

/// Another payload inside gzip (RFC 1952) or zlib (RFC 1950, what HTTP calls deflate). What is
/// inside is read by the decoders one level deeper, so that nesting ends where they end.
final class CompressedDecoder implements PayloadDecoder {
    private static final Match NO = new Match(Certainty.NO, "not compressed this way");

    /// A few bytes may legitimately grow a lot; the ratio counts from here.
    private static final int FREE_EXPANSION = 1 << 16;

    private final Wrapper wrapper;
    private final Decoders inside;

    CompressedDecoder(Wrapper wrapper, Decoders inside) {
        this.wrapper = wrapper;
        this.inside = inside;
    }

    enum Wrapper {
        GZIP,
        ZLIB;

        String format() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean begins(byte[] bytes) {
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
            };
        }

        private static boolean inflates(byte[] bytes) {
            try (var inflater = new Inflater()) {
                inflater.setInput(bytes);
                return inflater.inflate(new byte[256]) > 0 || inflater.finished();
            } catch (java.util.zip.DataFormatException notZlib) {
                return false;
            }
        }

        InputStream open(InputStream compressed) throws IOException {
            return switch (this) {
                case GZIP -> new GZIPInputStream(compressed, 8 << 10);
                case ZLIB -> new InflaterInputStream(compressed);
            };
        }

        byte[] compress(byte[] bytes) {
            var out = new ByteArrayOutputStream();
            try (OutputStream compressing =
                    switch (this) {
                        case GZIP -> new GZIPOutputStream(out);
                        case ZLIB -> new DeflaterOutputStream(out);
                    }) {
                compressing.write(bytes);
            } catch (IOException impossible) {
                throw new IllegalStateException("memory takes every byte", impossible);
            }
            return out.toByteArray();
        }
    }

    @Override
    public String name() {
        return wrapper.format();
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        if (!wrapper.begins(payload)) {
            return NO;
        }
        boolean declared =
                headers.all().stream()
                        .filter(CompressedDecoder::isContentEncoding)
                        .map(Header::text)
                        .anyMatch(text -> text != null && !text.equalsIgnoreCase("identity"));
        return declared
                ? new Match(Certainty.DECLARED, "the content encoding says so")
                : new Match(Certainty.CONTENT, "it begins with the magic number of " + name());
    }

    private static boolean isContentEncoding(Header header) {
        return header.name().equalsIgnoreCase("content-encoding")
                || header.name().equalsIgnoreCase("contentEncoding");
    }

    private static Headers insideHeaders(Headers headers) {
        return headers.without(CompressedDecoder::isContentEncoding);
    }

    /// @param problem what ended it early; empty when all was read
    private record Expanded(byte[] bytes, String problem) {}

    private Expanded expand(byte[] payload, Limits limits) {
        long most =
                Math.min(
                        limits.bytes(),
                        Math.max(FREE_EXPANSION, (long) payload.length * limits.expansion()));
        var out = new ByteArrayOutputStream();
        try (var in = wrapper.open(new ByteArrayInputStream(payload))) {
            var buffer = new byte[8 << 10];
            int n;
            while ((n = in.read(buffer)) > 0) {
                if (out.size() + (long) n > most) {
                    return new Expanded(
                            new byte[0],
                            "It grows beyond %,d bytes; it is not unpacked.".formatted(most));
                }
                out.write(buffer, 0, n);
            }
            return new Expanded(out.toByteArray(), "");
        } catch (IOException broken) {
            return new Expanded(
                    out.toByteArray(),
                    "It breaks off or is damaged after %,d unpacked bytes.".formatted(out.size()));
        }
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        var expanded = expand(payload, limits);
        var issues = new IssueList();
        if (!expanded.problem().isEmpty()) {
            issues.error("", expanded.problem());
            if (expanded.bytes().length == 0) {
                return new Decoded.Opaque(name(), expanded.problem(), issues.all());
            }
        }
        // What is unpacked counts against the same budget, so that nesting cannot multiply it.
        var left =
                new Limits(
                        limits.bytes() - expanded.bytes().length,
                        limits.depth(),
                        limits.expansion());
        var inner = inside.decode(expanded.bytes(), insideHeaders(headers), null, left).decoded();
        issues.addAll(inner.issues());
        return new Decoded.Wrapped(name(), expanded.bytes(), inner, issues.all());
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        var expanded = expand(payload, limits);
        if (!expanded.problem().isEmpty()) {
            return Optional.empty();
        }
        var inner = insideHeaders(headers);
        return inside.choose(expanded.bytes(), inner, null)
                .decoder()
                .editText(expanded.bytes(), inner, limits);
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        var expanded = expand(original, Limits.STANDARD);
        if (!expanded.problem().isEmpty()) {
            throw new EditException(expanded.problem() + " Edit it as hex.", 0, 0);
        }
        var inner = insideHeaders(headers);
        var encoded =
                inside.choose(expanded.bytes(), inner, null)
                        .decoder()
                        .encode(edited, expanded.bytes(), inner);
        // The same content may be compressed in many ways: keep the original's.
        return Arrays.equals(encoded, expanded.bytes()) ? original : wrapper.compress(encoded);
    }

    static List<Wrapper> wrappers() {
        return List.of(Wrapper.values());
    }
}
