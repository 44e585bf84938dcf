package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

class ForeignObjectDecoderTest extends DecoderContractTest {
    @Override
    PayloadDecoder decoder() {
        return new ForeignObjectDecoder();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                // pickle.dumps({"a": 1}, 4) of Python 3
                sample("pickle", "80049508000000000000007d948c0161944b01732e"),
                // Marshal.dump({"a" => 1}) of Ruby 3
                sample("ruby", "04087b0649220661063a0645546906"),
                sample("dotnet", "0001000000ffffffff01000000000000000c02"),
                Sample.of("php", "a:1:{s:1:\"a\";i:1;}"));
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
    void each_is_named() {
        assertThat(samples().stream().map(ForeignObjectDecoderTest::format).toList())
                .containsExactly("pickle", "ruby", "dotnet", "php");
    }

    private static String format(Sample sample) {
        return Decoders.standard().decode(sample.payload(), Headers.NONE, null).decoded().format();
    }

    private static Sample sample(String name, String hex) {
        return new Sample(name, HexFormat.of().parseHex(hex), Headers.NONE);
    }
}
