package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

class NumberDecoderTest extends DecoderContractTest {
    private static final UUID ID = UUID.fromString("018f3a5e-7c00-7abc-8def-0123456789ab");

    @Override
    PayloadDecoder decoder() {
        return new NumberDecoder();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                new Sample("int", new byte[] {0, 0, 1, 0}, Headers.NONE),
                new Sample("long", longBytes(1_770_000_000_000L), Headers.NONE),
                new Sample(
                        "uuid",
                        ByteBuffer.allocate(16)
                                .putLong(ID.getMostSignificantBits())
                                .putLong(ID.getLeastSignificantBits())
                                .array(),
                        Headers.NONE));
    }

    @Override
    List<Edit> edits() {
        return List.of(
                new Edit(samples().getFirst(), _ -> "257", new byte[] {0, 0, 1, 1}),
                new Edit(samples().get(1), _ -> "-1", longBytes(-1)));
    }

    @Override
    List<String> impossible() {
        return List.of("1.5", "", "5000000000");
    }

    @Test
    void tells_what_else_the_bytes_say() {
        var reading = Decoders.standard().decode(samples().get(1).payload(), Headers.NONE, null);

        assertThat(reading.decoded().format()).isEqualTo("int64");
        assertThat(reading.decoded().issues().getFirst().sentence()).contains("2026-02-02");
        assertThat(told("018f3a5e-7c00-7abc-8def-0123456789ab")).contains("version 7", "2024");
        assertThat(told("2026-11-24T10:00:00+01:00")).contains("2026-11-24T09:00:00Z");
        assertThat(told("2026-11-24")).contains("Tuesday");
    }

    private static String told(String text) {
        return Decoders.standard()
                .decode(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), Headers.NONE, null)
                .decoded()
                .issues()
                .getFirst()
                .sentence();
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }
}
