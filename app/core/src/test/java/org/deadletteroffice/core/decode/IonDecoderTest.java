package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.ion.IonSystem;
import com.amazon.ion.system.IonSystemBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

class IonDecoderTest extends DecoderContractTest {
    private static final IonSystem ION = IonSystemBuilder.standard().build();
    private static final String ORDER =
            "order::{id: 17, total: 12.50d0, ratio: 0.5e0, at: 2026-11-30T08:00:00.000Z, country: DE,"
                    + " note: \"no stock\", lines: [{sku: 'A-1'}, {sku: 'B-2'}], none: null.int,"
                    + " ok: true, raw: {{AQID}}, big: 123456789012345678901234567890}";

    private static byte[] binary(String text) {
        return ION.getLoader().load(text).getBytes();
    }

    @Override
    PayloadDecoder decoder() {
        return new IonDecoder();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                new Sample("binary", binary(ORDER), Headers.NONE),
                new Sample("several values", binary("1 two \"three\""), Headers.NONE),
                Sample.of("text", "$ion_1_0 " + ORDER),
                new Sample(
                        "declared",
                        "{a: b}".getBytes(StandardCharsets.UTF_8),
                        Headers.of(Header.of("content-type", "application/vnd.amazon.ion"))));
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
    void binary_and_text_say_the_same() {
        var trees =
                List.of(samples().get(0), samples().get(2)).stream()
                        .map(it -> decoder().decode(it.payload(), it.headers(), Limits.STANDARD))
                        .map(Decoded.Structured.class::cast)
                        .toList();
        assertThat(trees.getFirst().tree()).isEqualTo(trees.getLast().tree());
        assertThat(trees.getFirst().issues().getFirst().sentence()).contains("order");
        var order = (Tree.Obj) trees.getFirst().tree();
        assertThat(order.get("total")).contains(new Tree.Num("12.50"));
        assertThat(order.get("country")).contains(new Tree.Text("DE"));
        assertThat(order.get("at")).contains(new Tree.Text("2026-11-30T08:00:00.000Z"));
        assertThat(order.get("big")).contains(new Tree.Num("123456789012345678901234567890"));
        assertThat(order.get("none")).contains(Tree.NULL);
        assertThat(order.get("raw")).contains(new Tree.Bytes(new byte[] {1, 2, 3}));
    }

    @Test
    void is_chosen_by_its_marker() {
        var reading = Decoders.standard().decode(binary(ORDER), Headers.NONE, null);
        assertThat(reading.decoder()).isEqualTo("ion");
    }

    @Test
    void deep_nesting_ends_with_a_sentence() {
        var deep = "$ion_1_0 " + "[".repeat(5_000) + "]".repeat(5_000);
        var decoded =
                decoder()
                        .decode(
                                deep.getBytes(StandardCharsets.UTF_8),
                                Headers.NONE,
                                Limits.STANDARD);
        assertThat(decoded).isInstanceOf(Decoded.Opaque.class);
    }
}
