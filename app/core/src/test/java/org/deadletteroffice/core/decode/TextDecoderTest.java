package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

class TextDecoderTest extends DecoderContractTest {
    private static final Headers LATIN =
            Headers.of(Header.of("content-type", "text/plain; charset=\"iso-8859-15\""));

    @Override
    PayloadDecoder decoder() {
        return new TextDecoder();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                Sample.of("ascii", "order 17 failed\n"),
                Sample.of("utf-8", "Größe 17 €"),
                new Sample(
                        "utf-16", "\uFEFFGröße".getBytes(StandardCharsets.UTF_16LE), Headers.NONE),
                new Sample("declared charset", new byte[] {'5', ' ', (byte) 0xA4}, LATIN),
                new Sample(
                        "no charset fits",
                        "Größe".getBytes(StandardCharsets.ISO_8859_1),
                        Headers.NONE));
    }

    @Override
    List<Edit> edits() {
        return List.of(
                new Edit(
                        new Sample("declared charset", new byte[] {'5', ' ', (byte) 0xA4}, LATIN),
                        text -> text.replace('5', '6'),
                        new byte[] {'6', ' ', (byte) 0xA4}),
                new Edit(
                        new Sample(
                                "byte order mark",
                                "\uFEFFa".getBytes(StandardCharsets.UTF_16BE),
                                Headers.NONE),
                        text -> text + "b",
                        "\uFEFFab".getBytes(StandardCharsets.UTF_16BE)));
    }

    @Override
    List<String> impossible() {
        return List.of();
    }

    @Test
    void reads_the_declared_charset() {
        assertThat(text(new byte[] {'5', ' ', (byte) 0xA4}, LATIN)).isEqualTo("5 €");
    }

    @Test
    void says_that_bytes_are_not_utf_8() {
        var bytes = "Größe".getBytes(StandardCharsets.ISO_8859_1);

        var reading = Decoders.standard().decode(bytes, Headers.NONE, null);

        assertThat(reading.decoder()).isEqualTo("text");
        assertThat(reading.decoded())
                .isInstanceOfSatisfying(
                        Decoded.PlainText.class,
                        it -> {
                            assertThat(it.text()).isEqualTo("Größe");
                            assertThat(it.charset()).isEqualTo("ISO-8859-1");
                            assertThat(it.issues().getFirst().where()).isEqualTo("byte 2");
                        });
    }

    @Test
    void a_uuid_a_date_and_a_time_are_told() {
        assertThat(told("2026-03-01")).isEqualTo("It is a date: Sunday.");
        assertThat(told("2026-03-01T10:15:30+01:00\n"))
                .isEqualTo("It is a time: 2026-03-01T09:15:30Z.");
        assertThat(told("0195f3a8-7c00-7abc-8def-0123456789ab"))
                .isEqualTo("It is a UUID of version 7, made at 2025-04-01T23:21:00.160Z.");
        assertThat(told("2026-13-01")).isEmpty();
        assertThat(told("1234-5678-90")).isEmpty();
    }

    private static String told(String text) {
        var reading =
                Decoders.standard()
                        .decode(text.getBytes(StandardCharsets.UTF_8), Headers.NONE, null);
        assertThat(reading.decoder()).isEqualTo("text");
        var issues = reading.decoded().issues();
        return issues.isEmpty() ? "" : issues.getFirst().sentence();
    }

    @Test
    void names_xml() {
        assertThat(
                        Decoders.standard()
                                .decode(
                                        "<?xml version='1.0'?><a/>"
                                                .getBytes(StandardCharsets.UTF_8),
                                        Headers.NONE,
                                        null)
                                .decoded()
                                .format())
                .isEqualTo("xml");
    }

    private String text(byte[] payload, Headers headers) {
        return ((Decoded.PlainText)
                        decoder().decode(payload, headers, PayloadDecoder.Limits.STANDARD))
                .text();
    }
}
