package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Headers;

class SmileDecoderTest extends DecoderContractTest {
    private static final ObjectMapper PLAIN = new ObjectMapper(new SmileFactory());
    private static final ObjectMapper SHARING =
            new ObjectMapper(
                    SmileFactory.builder()
                            .enable(SmileGenerator.Feature.CHECK_SHARED_STRING_VALUES)
                            .disable(SmileGenerator.Feature.ENCODE_BINARY_AS_7BIT)
                            .enable(SmileGenerator.Feature.WRITE_END_MARKER)
                            .build());

    private static final Map<String, Object> ORDER =
            new java.util.TreeMap<>(
                    Map.of(
                            "country",
                            "XX",
                            "ids",
                            List.of(1, 2L, 3.5f, 4.5),
                            "lines",
                            List.of(Map.of("sku", "XX"), Map.of("sku", "A-1")),
                            "raw",
                            new byte[] {1, 2, 3}));

    @Override
    PayloadDecoder decoder() {
        return new SmileDecoder();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                new Sample("plain", bytes(PLAIN, ORDER), Headers.NONE),
                new Sample("sharing, with end mark", bytes(SHARING, ORDER), Headers.NONE));
    }

    @Override
    List<Edit> edits() {
        var changed = new java.util.TreeMap<>(ORDER);
        changed.put("ids", List.of(7, 2L, 3.5f, 4.5));
        return List.of(
                new Edit(
                        samples().getFirst(),
                        text -> text.replace("    1,", "    7,"),
                        bytes(PLAIN, changed)),
                new Edit(
                        samples().getLast(),
                        text -> text.replace("    1,", "    7,"),
                        bytes(SHARING, changed)));
    }

    @Override
    List<String> impossible() {
        return List.of("{");
    }

    @Property(tries = 200)
    void writes_what_jackson_reads(@ForAll("trees") Tree tree) throws IOException, EditException {
        var bytes = bytes(SHARING, Generated.node(tree));
        var read =
                ((Decoded.Structured) decoder().decode(bytes, Headers.NONE, Limits.STANDARD))
                        .tree();
        var edited = Generated.changed(read);
        var written = decoder().encode(JsonWriter.pretty(edited), bytes, Headers.NONE);

        assertThat(Generated.plain(read)).isEqualTo(Generated.plain(tree));
        assertThat(Generated.plain(Generated.tree(SHARING.readTree(written))))
                .isEqualTo(Generated.plain(edited));
    }

    @Provide
    Arbitrary<Tree> trees() {
        return Generated.trees();
    }

    private static byte[] bytes(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
