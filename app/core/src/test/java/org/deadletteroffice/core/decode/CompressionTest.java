package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

class CompressionTest extends DecoderContractTest {
    private static final Headers JSON =
            Headers.of(
                    Header.of("content-type", "application/json"),
                    Header.of("content-encoding", "gzip"));

    @Override
    PayloadDecoder decoder() {
        return Decoders.standard().named("gzip").orElseThrow();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                new Sample("json", gzip("{\"a\":1}"), JSON),
                new Sample("text", gzip("plain"), Headers.NONE),
                new Sample("empty", gzip(""), Headers.NONE),
                new Sample("twice", packed(Compression.GZIP, gzip("{\"a\":1}")), Headers.NONE));
    }

    @Override
    List<Edit> edits() {
        return List.of(
                new Edit(samples().getFirst(), text -> text.replace("1", "2"), gzip("{\"a\":2}")),
                new Edit(
                        samples().getLast(),
                        text -> text.replace("1", "2"),
                        packed(Compression.GZIP, gzip("{\"a\":2}"))));
    }

    @Override
    List<String> impossible() {
        return List.of("{\"a\":");
    }

    @Test
    void is_seen_whatever_the_content_type_says() {
        var undeclared = Headers.of(Header.of("content-type", "application/json"));

        var reading = Decoders.standard().decode(gzip("{\"a\":1}"), undeclared, null);

        assertThat(reading.decoder()).isEqualTo("gzip");
        assertThat(reading.decoded().format()).isEqualTo("gzip+json");
        assertThat(
                        Decoders.standard()
                                .decode(packed(Compression.ZLIB, utf8("hello")), Headers.NONE, null)
                                .decoded()
                                .format())
                .isEqualTo("zlib+text");
    }

    @Test
    void text_that_begins_like_zlib_is_text() {
        assertThat(
                        Decoders.standard()
                                .decode(utf8("x^2 + y^2 = z^2"), Headers.NONE, null)
                                .decoder())
                .isEqualTo("text");
        assertThat(
                        Decoders.standard()
                                .decode(utf8("h\u0081 text"), Headers.NONE, null)
                                .decoded()
                                .format())
                .startsWith("text");
    }

    @Test
    void a_bomb_is_not_unpacked() {
        var bomb = packed(Compression.GZIP, new byte[100 << 20]);

        var decoded = decoder().decode(bomb, Headers.NONE, Limits.STANDARD);

        assertThat(decoded).isInstanceOf(Decoded.Opaque.class);
        assertThat(decoded.issues().getFirst().sentence()).contains("grows beyond");
        assertThat(decoder().editText(bomb, Headers.NONE, Limits.STANDARD)).isEmpty();
    }

    @Test
    void nested_bombs_share_one_budget() {
        var inner = packed(Compression.GZIP, new byte[40 << 20]);
        var outer = packed(Compression.GZIP, packed(Compression.GZIP, inner));

        assertThat(decoder().decode(outer, Headers.NONE, new Limits(30 << 20, 10, 1_100)).issues())
                .anyMatch(issue -> issue.sentence().contains("grows beyond"));
    }

    @Test
    void nesting_ends() {
        var nested = utf8("{\"a\":1}");
        for (int i = 0; i < 10; i++) {
            nested = packed(Compression.GZIP, nested);
        }

        assertThat(Decoders.standard().decode(nested, Headers.NONE, null).decoded().format())
                .isEqualTo("gzip+gzip+gzip+gzip+bytes");
    }

    @Test
    void what_breaks_off_is_shown_as_far_as_it_goes() {
        var whole = gzip("{\"a\":1,\"text\":\"" + "lorem ipsum ".repeat(2_000) + "\"}");
        var half = java.util.Arrays.copyOf(whole, whole.length - 20);

        var decoded = Decoders.standard().decode(half, Headers.NONE, null).decoded();

        assertThat(decoded).isInstanceOf(Decoded.Wrapped.class);
        assertThat(decoded.issues().getFirst().sentence()).contains("breaks off");
        assertThat(decoder().editText(half, Headers.NONE, Limits.STANDARD)).isEmpty();
    }

    private static byte[] gzip(String text) {
        return packed(Compression.GZIP, utf8(text));
    }

    private static byte[] packed(Compression compression, byte[] bytes) {
        return compression.compress(bytes, new byte[0]);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
