package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

class NdjsonDecoderTest extends DecoderContractTest {
    @Override
    PayloadDecoder decoder() {
        return new NdjsonDecoder();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                Sample.of("two", "{\"a\":1}\n{\"a\":2}"),
                Sample.of("ended", "{\"a\":1}\r\n{\"a\":2}\r\n"),
                Sample.of("lists", "[1]\n[2]\n"));
    }

    @Override
    List<Edit> edits() {
        return List.of(
                new Edit(
                        samples().get(1),
                        text -> text.replace("2", "3"),
                        "{\"a\":1}\r\n{\"a\":3}\r\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    List<String> impossible() {
        return List.of("{\"a\":1}\n{\"a\":");
    }

    @Test
    void is_a_list_of_its_lines() {
        var reading = read("{\"a\":1}\n{\"a\":2}\n\n{\"a\":}\n");

        assertThat(reading.decoder()).isEqualTo("ndjson");
        assertThat(((Decoded.Structured) reading.decoded()).tree())
                .isInstanceOfSatisfying(
                        Tree.Arr.class, lines -> assertThat(lines.items()).hasSize(3));
        assertThat(reading.decoded().issues().getFirst().where()).isEqualTo("line 4");
    }

    @Test
    void indented_json_and_one_line_of_it_are_json() {
        assertThat(read("{\n \"a\": [\n{}\n]\n}").decoder()).isEqualTo("json");
        assertThat(read("{\"a\":1}\n").decoder()).isEqualTo("json");
        assertThat(read("[{\"a\":1},\n{\"a\":2}]").decoder()).isEqualTo("json");
    }

    @Test
    void lines_share_one_budget() {
        var line = "[" + "1,".repeat(50_000) + "1]\n";

        assertThat(
                        decoder()
                                .decode(
                                        line.repeat(12).getBytes(StandardCharsets.UTF_8),
                                        Headers.NONE,
                                        Limits.STANDARD)
                                .issues())
                .anyMatch(issue -> issue.sentence().contains("more than"));
    }

    private static Decoders.Reading read(String text) {
        return Decoders.standard()
                .decode(text.getBytes(StandardCharsets.UTF_8), Headers.NONE, null);
    }
}
