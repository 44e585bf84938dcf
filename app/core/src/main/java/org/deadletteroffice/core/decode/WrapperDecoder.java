package org.deadletteroffice.core.decode;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.core.schema.SchemaChoice;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.message.Headers;

/// Another payload inside a wrapping. What is inside is read by the decoders one level deeper, so
/// that nesting ends where they end.
final class WrapperDecoder implements PayloadDecoder, SchemaChecking {
    private final Wrapper wrapper;
    private final Decoders inside;

    WrapperDecoder(Wrapper wrapper, Decoders inside) {
        this.wrapper = wrapper;
        this.inside = inside;
    }

    static List<Wrapper> wrappers() {
        return List.of(
                Compression.GZIP,
                Compression.ZLIB,
                Compression.ZSTD,
                Compression.LZ4,
                Compression.SNAPPY,
                Compression.BROTLI,
                Compression.DEFLATE,
                new Base64Wrapper(),
                new SnsWrapper(),
                new NServiceBusWrapper());
    }

    boolean goesFirst() {
        return wrapper.goesFirst();
    }

    @Override
    public String name() {
        return wrapper.format();
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        return wrapper.match(payload, headers);
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return new Decoded.Opaque(name(), BinaryDecoder.TOO_LARGE, List.of());
        }
        var content = wrapper.unwrap(payload, headers, limits);
        var issues = new IssueList().addAll(content.told());
        if (!content.problem().isEmpty()) {
            issues.error("", content.problem());
            if (content.bytes().length == 0) {
                return new Decoded.Opaque(name(), content.problem(), issues.all());
            }
        }
        // What is unpacked counts against the same budget, so that nesting cannot multiply it.
        var left =
                new Limits(
                        limits.bytes() - content.bytes().length,
                        limits.depth(),
                        limits.expansion());
        var inner = inside.decode(content.bytes(), content.headers(), null, left).decoded();
        issues.addAll(inner.issues());
        return new Decoded.Wrapped(name(), content.bytes(), inner, issues.all());
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return Optional.empty();
        }
        var content = wrapper.unwrap(payload, headers, limits);
        if (!content.problem().isEmpty()) {
            return Optional.empty();
        }
        return inside.choose(content.bytes(), content.headers(), null)
                .decoder()
                .editText(content.bytes(), content.headers(), limits);
    }

    @Override
    public SchemaJudgement judgeByItsOwn(String edited, byte[] original, Headers headers) {
        var content = wrapper.unwrap(original, headers, Limits.STANDARD);
        return inside.judge(edited, content.bytes(), content.headers(), null, SchemaChoice.OWN);
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        var content = wrapper.unwrap(original, headers, Limits.STANDARD);
        if (!content.problem().isEmpty()) {
            throw new EditException(content.problem() + " Edit it as hex.", 0, 0);
        }
        var encoded =
                inside.choose(content.bytes(), content.headers(), null)
                        .decoder()
                        .encode(edited, content.bytes(), content.headers());
        // The same content may be wrapped in many ways: keep the original's.
        return Arrays.equals(encoded, content.bytes())
                ? original
                : wrapper.wrap(encoded, original, headers);
    }
}
