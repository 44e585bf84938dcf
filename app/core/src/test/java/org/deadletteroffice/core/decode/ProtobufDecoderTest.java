package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

class ProtobufDecoderTest extends DecoderContractTest {
    @Override
    PayloadDecoder decoder() {
        return new ProtobufDecoder();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                // 1: "order-1", 2: 150, 3: {1: 150}
                new Sample("fields", hex("0a076f726465722d311096011a03089601"), Headers.NONE),
                // 1: "order-1", group 2: {1: 1}
                new Sample("group", hex("0a076f726465722d3113080114"), Headers.NONE));
    }

    @Override
    List<Edit> edits() {
        return List.of();
    }

    @Override
    List<String> impossible() {
        return List.of("{}");
    }

    @Test
    void is_the_last_guess() {
        assertThat(read("0a076f726465722d311096011a03089601")).isEqualTo("protobuf");
        assertThat(read("0000000000000001")).isEqualTo("number");
        assertThat(read("0801100218032004")).isEqualTo("number");
    }

    private static String read(String hex) {
        return Decoders.standard().decode(hex(hex), Headers.NONE, null).decoder();
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
