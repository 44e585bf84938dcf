package org.deadletteroffice.desktop.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.message.Header;
import org.junit.jupiter.api.Test;

class PayloadTextTest {
    private static final Decoded BYTES = new Decoded.Opaque("bytes", "no text", List.of());

    @Test
    void writes_hex_with_offset_and_characters() {
        var lines = PayloadText.hex("Hello, dead letter".getBytes(StandardCharsets.UTF_8));
        assertThat(lines.getFirst().text())
                .isEqualTo("00000000  48 65 6c 6c  6f 2c 20 64  |Hello, d|");
        assertThat(lines.get(2).text()).startsWith("00000010  65 72").endsWith("|er|");
    }

    @Test
    void a_payload_of_many_megabytes_stays_bounded() {
        assertThat(PayloadText.hex(new byte[4 << 20])).hasSize(PayloadText.LINES + 1);
        assertThat(PayloadText.raw("x\n".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
                .hasSize(PayloadText.LINES + 1);
    }

    @Test
    void tells_absent_from_empty() {
        assertThat(PayloadText.preview(BYTES, null, 80)).isEqualTo("no payload (tombstone)");
        assertThat(PayloadText.preview(BYTES, new byte[0], 80)).isEqualTo("empty");
    }

    @Test
    void one_endless_line_is_broken() {
        var lines = PayloadText.raw("y".repeat(9_000).getBytes(StandardCharsets.UTF_8));
        assertThat(lines).allMatch(line -> line.text().length() <= PayloadText.LINE);
        assertThat(lines.stream().mapToInt(line -> line.text().length()).sum()).isEqualTo(9_000);
    }

    @Test
    void tells_null_empty_text_and_bytes_of_headers_apart() {
        assertThat(HeaderText.of(new Header("h", null)).kind()).isEqualTo(HeaderText.Kind.NULL);
        assertThat(HeaderText.of(new Header("h", new byte[0])).kind())
                .isEqualTo(HeaderText.Kind.EMPTY);
        assertThat(HeaderText.of(Header.of("h", "text")).kind()).isEqualTo(HeaderText.Kind.TEXT);
        var partition = HeaderText.of(new Header("h", new byte[] {0, 0, 0, 3}));
        assertThat(partition.kind()).isEqualTo(HeaderText.Kind.BYTES);
        assertThat(partition.text()).isEqualTo("00 00 00 03  =  3");
    }
}
