package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrappersTest {
    private static final String JSON = "{\"order\":\"o-1\",\"country\":\"XX\"}";
    private static final byte[] NONE = {};

    @ParameterizedTest
    @EnumSource
    void every_compression_is_seen_through_edited_and_left_alone(Compression compression)
            throws EditException {
        var packed = compression.compress(utf8(JSON), NONE);
        var headers = named(compression);
        var reading = Decoders.standard().decode(packed, headers, null);
        var decoder = Decoders.standard().named(reading.decoder()).orElseThrow();
        var text = decoder.editText(packed, headers, Limits.STANDARD).orElseThrow();
        var edited = decoder.encode(text.replace("XX", "DE"), packed, headers);

        assertThat(reading.decoded().format()).isEqualTo(compression.format() + "+json");
        assertThat(decoder.encode(text, packed, headers)).isSameAs(packed);
        assertThat(inside(edited, headers)).isEqualTo(JSON.replace("XX", "DE"));
    }

    @ParameterizedTest
    @EnumSource
    void every_compression_stops_at_the_limit(Compression compression) {
        var bomb = compression.compress(new byte[80 << 20], NONE);

        var decoded = Decoders.standard().decode(bomb, named(compression), null).decoded();

        assertThat(decoded).isNotInstanceOf(Decoded.Structured.class);
        assertThat(decoded.format()).isIn(compression.format(), "bytes", "xerial");
    }

    @ParameterizedTest
    @EnumSource
    void no_damage_makes_one_throw(Compression compression) {
        var packed = compression.compress(utf8(JSON.repeat(50)), NONE);
        var random = new Random(7);
        for (int i = 0; i < 400; i++) {
            var damaged = packed.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            var cut = Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
            var decoder = Decoders.standard().named(compression.format()).orElseThrow();

            assertThat(decoder.decode(damaged, named(compression), Limits.STANDARD)).isNotNull();
            assertThat(decoder.decode(cut, named(compression), Limits.STANDARD)).isNotNull();
        }
    }

    @Test
    void the_bomb_stays_within_its_budget() {
        for (var compression : Compression.values()) {
            var bomb = compression.compress(new byte[80 << 20], NONE);

            var content = compression.unwrap(bomb, Headers.NONE, Limits.STANDARD);

            assertThat(content.problem()).as(compression.format()).isNotEmpty();
            assertThat(content.bytes().length)
                    .as(compression.format())
                    .isLessThanOrEqualTo(Limits.STANDARD.bytes());
        }
    }

    @Test
    void a_content_encoding_that_outlived_its_compression_does_no_harm() {
        var headers = Headers.of(Header.of("content-encoding", "br"));

        assertThat(Decoders.standard().decode(utf8(JSON), headers, null).decoder())
                .isEqualTo("json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy-framed", "snappy-raw"})
    void snappy_comes_in_three_forms(String form) throws java.io.IOException, EditException {
        var framed = form.endsWith("framed");
        var original =
                framed
                        ? Codecs.toSnappy(utf8(JSON), new byte[] {(byte) 0xFF}, true)
                        : org.xerial.snappy.Snappy.compress(utf8(JSON));
        var headers = framed ? Headers.NONE : Headers.of(Header.of("content-encoding", "snappy"));
        var decoder = Decoders.standard().named("snappy").orElseThrow();
        var text = decoder.editText(original, headers, Limits.STANDARD).orElseThrow();
        var edited = decoder.encode(text.replace("XX", "DE"), original, headers);

        assertThat(edited[0]).isEqualTo(original[0]);
        assertThat(inside(edited, headers)).contains("DE");
    }

    @Property(tries = 200)
    void stored_brotli_is_brotli(@ForAll byte[] bytes) {
        var packed = Compression.BROTLI.compress(bytes, NONE);

        assertThat(Compression.BROTLI.unwrap(packed, Headers.NONE, Limits.STANDARD).bytes())
                .isEqualTo(bytes);
    }

    @Test
    void base64_of_something_is_looked_into() throws EditException {
        for (var encoder :
                new Base64.Encoder[] {
                    Base64.getEncoder(),
                    Base64.getUrlEncoder().withoutPadding(),
                    Base64.getMimeEncoder(20, utf8("\r\n"))
                }) {
            var payload = encoder.encode(utf8(JSON));
            var reading = Decoders.standard().decode(payload, Headers.NONE, null);
            var decoder = Decoders.standard().named("base64").orElseThrow();
            var edited =
                    decoder.encode(
                            decoder.editText(payload, Headers.NONE, Limits.STANDARD)
                                    .orElseThrow()
                                    .replace("XX", "DE"),
                            payload,
                            Headers.NONE);

            assertThat(reading.decoded().format()).isEqualTo("base64+json");
            assertThat(edited).isEqualTo(encoder.encode(utf8(JSON.replace("XX", "DE"))));
        }
        var gzip = Compression.GZIP.compress(utf8(JSON), NONE);
        assertThat(
                        Decoders.standard()
                                .decode(Base64.getEncoder().encode(gzip), Headers.NONE, null)
                                .decoded()
                                .format())
                .isEqualTo("base64+gzip+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abcdefghijklmnopqrst",
                "ThisIsAnOrdinaryWordOfText",
                "12345678901234567890",
                "deadbeefdeadbeefdeadbeef",
                "short",
                "018f3a5e-7c00-7abc-8def-0123456789ab"
            })
    void words_are_not_base64(String word) {
        assertThat(Decoders.standard().decode(utf8(word), Headers.NONE, null).decoder())
                .isNotEqualTo("base64");
    }

    private static Headers named(Compression compression) {
        return switch (compression) {
            case BROTLI -> Headers.of(Header.of("content-encoding", "br"));
            case DEFLATE -> Headers.of(Header.of("content-encoding", "deflate"));
            case SNAPPY -> Headers.of(Header.of("content-encoding", "snappy"));
            default -> Headers.NONE;
        };
    }

    private static String inside(byte[] payload, Headers headers) {
        var wrapped =
                (Decoded.Wrapped) Decoders.standard().decode(payload, headers, null).decoded();
        return new String(wrapped.bytes(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
