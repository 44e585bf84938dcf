package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BytesDecoderTest extends DecoderContractTest {
    @Override
    PayloadDecoder decoder() {
        return new BytesDecoder();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                new Sample("bytes", new byte[] {(byte) 0xC3, 0x28, 0, 1}, Headers.NONE),
                new Sample("empty", new byte[0], Headers.NONE),
                new Sample("java", new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5, 't'}, Headers.NONE));
    }

    @Override
    List<Edit> edits() {
        return List.of(
                new Edit(
                        samples().get(1),
                        _ -> "{\"a\":1}",
                        "{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    List<String> impossible() {
        return List.of("text");
    }

    @Test
    void a_tombstone_an_empty_payload_and_bytes_are_three_things() {
        assertThat(format(null)).isEqualTo("tombstone");
        assertThat(format(new byte[0])).isEqualTo("empty");
        assertThat(format(new byte[] {(byte) 0xC3, 0x28, 0, 1, 2})).isEqualTo("bytes");
    }

    @Test
    void says_what_cannot_be_read() {
        assertThat(format(new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5, 't'})).isEqualTo("java");
        assertThat(format(new byte[] {'B', 'Z', 'h', (byte) 0xFD, 1})).isEqualTo("bzip2");
        var declared = Headers.of(Header.of("content-type", "application/x-own"));
        assertThat(
                        ((Decoded.Opaque)
                                        decoder()
                                                .decode(
                                                        new byte[] {0, 1},
                                                        declared,
                                                        PayloadDecoder.Limits.STANDARD))
                                .reason())
                .contains("application/x-own");
    }

    @Test
    void the_choice_can_be_overridden() {
        var json = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

        assertThat(Decoders.standard().decode(json, Headers.NONE, "text").decoded().format())
                .isEqualTo("text");
        assertThat(Decoders.standard().decode(json, Headers.NONE, "text").reason())
                .isEqualTo("it was asked for");
        assertThat(Decoders.standard().decode(json, Headers.NONE, "nonsense").decoder())
                .isEqualTo("json");
        assertThat(Decoders.standard().decode(json, Headers.NONE, "nonsense").reason())
                .contains("no decoder called 'nonsense'");
        assertThat(Decoders.standard().names())
                .contains("json", "text", "bytes", "gzip", "zlib", "cloudevents", "registry");
    }

    @Test
    void what_looks_like_json_and_is_none_is_text_with_a_hint() {
        var reading =
                Decoders.standard()
                        .decode(
                                "{broken} text }".getBytes(StandardCharsets.UTF_8),
                                Headers.NONE,
                                null);

        assertThat(reading.decoder()).isEqualTo("text");
        assertThat(reading.decoded().issues().getFirst().sentence())
                .startsWith("Looks like json. ");
    }

    private static String format(byte @Nullable [] payload) {
        return Decoders.standard().decode(payload, Headers.NONE, null).decoded().format();
    }
}
