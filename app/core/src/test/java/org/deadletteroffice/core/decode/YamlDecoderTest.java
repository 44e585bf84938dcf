package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

class YamlDecoderTest extends DecoderContractTest {
    private static final Headers YAML = Headers.of(Header.of("content-type", "application/yaml"));

    @Override
    PayloadDecoder decoder() {
        return new YamlDecoder();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                Sample.of("marked", "---\norder: 7\nlines:\n  - a\n  - b # two\n"),
                new Sample("declared", utf8("a: &x 1\nb: *x\n"), YAML),
                new Sample("documents", utf8("---\na: 1\n---\na: 2\n"), YAML));
    }

    @Override
    List<Edit> edits() {
        return List.of(
                new Edit(
                        samples().getFirst(),
                        text -> text.replace("7", "8"),
                        utf8("---\norder: 8\nlines:\n  - a\n  - b # two\n")));
    }

    @Override
    List<String> impossible() {
        return List.of("a: [1", "a: *nothing", "\tb: 1");
    }

    @Test
    void scalars_have_the_types_of_json() {
        assertThat(tree("---\n[1, 1.50, 0x1F, true, ~, '1', 2026-01-01, no]\n"))
                .isEqualTo(
                        new Tree.Arr(
                                List.of(
                                        new Tree.Num("1"),
                                        new Tree.Num("1.50"),
                                        new Tree.Text("0x1F"),
                                        new Tree.Bool(true),
                                        Tree.NULL,
                                        new Tree.Text("1"),
                                        new Tree.Text("2026-01-01"),
                                        new Tree.Text("no"))));
        assertThat(tree("---\n- !!java.net.URL [x]\n"))
                .isEqualTo(new Tree.Arr(List.of(new Tree.Arr(List.of(new Tree.Text("x"))))));
    }

    @Test
    void text_with_colons_is_no_yaml() {
        assertThat(
                        Decoders.standard()
                                .decode(utf8("error: x\ncause: y\n"), Headers.NONE, null)
                                .decoder())
                .isEqualTo("text");
    }

    @Test
    void aliases_cannot_multiply_values_or_depth() {
        var wide = new StringBuilder("---\na0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        var deep = new StringBuilder("---\n- &a0 [x]\n");
        for (int i = 1; i < 12; i++) {
            wide.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
        }
        for (int i = 1; i < 5_000; i++) {
            deep.append("- &a%d [*a%d]\n".formatted(i, i - 1));
        }

        assertThat(decode(wide.toString()).issues().getFirst().sentence()).contains("more than");
        assertThat(decode(deep.toString()).issues().getFirst().sentence()).contains("deeper");
    }

    /// JSON is YAML.
    @Property(tries = 200)
    void reads_json_as_json_reads(@ForAll("trees") Tree tree) {
        var json = JsonWriter.compact(tree);
        var yaml = decode("---\n" + json);

        assertThat(yaml).isInstanceOf(Decoded.Structured.class);
        assertThat(Generated.plain(((Decoded.Structured) yaml).tree()))
                .isEqualTo(Generated.plain(tree));
    }

    @Provide
    Arbitrary<Tree> trees() {
        return Generated.asciiTrees();
    }

    private static Tree tree(String yaml) {
        return ((Decoded.Structured) decode(yaml)).tree();
    }

    private static Decoded decode(String yaml) {
        return new YamlDecoder().decode(utf8(yaml), Headers.NONE, Limits.STANDARD);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
