package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

class JavaDecoderTest extends DecoderContractTest {
    private static final AtomicInteger LOADED = new AtomicInteger();

    /// A class that would act when it is deserialized. Its fields are read by serialization alone.
    @SuppressWarnings("UnusedVariable")
    private static final class Order implements Serializable {
        @Serial private static final long serialVersionUID = 1;

        private final String id = "o-1";
        private final long amount = 4711;
        private final Integer tries = 3;
        private final TimeUnit unit = TimeUnit.SECONDS;
        private final byte[] raw = {1, 2};
        private final int[] sizes = {7, 8};
        private final Order self = this;
        private final List<String> lines = new ArrayList<>(List.of("a", "b"));

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            LOADED.incrementAndGet();
            in.defaultReadObject();
        }
    }

    @Override
    PayloadDecoder decoder() {
        return new JavaDecoder();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                new Sample("text", written("hello"), Headers.NONE),
                new Sample("object", written(new Order()), Headers.NONE),
                new Sample("map", written(new HashMap<>(Map.of("a", 1, "b", 2))), Headers.NONE),
                new Sample(
                        "failure",
                        written(new IllegalStateException("broken", new IOException("disk"))),
                        Headers.NONE));
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
    void fields_are_described_and_nothing_is_loaded() {
        var order = (Tree.Obj) tree(new Order());

        assertThat(order.get("$class")).contains(new Tree.Text(Order.class.getName()));
        assertThat(order.get("id")).contains(new Tree.Text("o-1"));
        assertThat(order.get("amount")).contains(new Tree.Num("4711"));
        assertThat(order.get("tries")).contains(new Tree.Num("3"));
        assertThat(order.get("unit")).contains(new Tree.Text("SECONDS"));
        assertThat(order.get("raw")).contains(new Tree.Bytes(new byte[] {1, 2}));
        assertThat(order.get("sizes"))
                .contains(new Tree.Arr(List.of(new Tree.Num("7"), new Tree.Num("8"))));
        assertThat(((Tree.Text) order.get("self").orElseThrow()).value()).startsWith("see object");
        assertThat(JsonWriter.compact(order)).contains("\"a\",\"b\"");
        assertThat(LOADED).hasValue(0);
    }

    @Test
    void a_failure_tells_its_message_and_cause() {
        assertThat(
                        JsonWriter.compact(
                                tree(new IllegalStateException("broken", new IOException("disk")))))
                .contains("\"detailMessage\":\"broken\"", "\"detailMessage\":\"disk\"");
    }

    private static Tree tree(Object object) {
        return ((Decoded.Structured)
                        new JavaDecoder().decode(written(object), Headers.NONE, Limits.STANDARD))
                .tree();
    }

    private static byte[] written(Object object) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }
}
