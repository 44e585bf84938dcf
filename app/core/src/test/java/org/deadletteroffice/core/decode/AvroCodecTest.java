package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.deadletteroffice.core.schema.SchemaText;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.junit.jupiter.api.Test;

class AvroCodecTest {
    static final String ORDER =
            """
            {"type":"record","name":"Order","namespace":"shop","fields":[
              {"name":"id","type":"long"},
              {"name":"customer","type":["null","string"],"default":null},
              {"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
              {"name":"placed","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"day","type":{"type":"int","logicalType":"date"}},
              {"name":"state","type":{"type":"enum","name":"State","symbols":["NEW","PAID"]}},
              {"name":"lines","type":{"type":"array","items":"string"}},
              {"name":"attributes","type":{"type":"map","values":["int","string","double"]}},
              {"name":"raw","type":{"type":"fixed","name":"Four","size":4}},
              {"name":"ratio","type":"float"},
              {"name":"parent","type":["null","Order"],"default":null}
            ]}""";

    private static final Schema SCHEMA = new Schema.Parser().parse(ORDER);
    private final AvroCodec codec = codec(ORDER);

    static AvroCodec codec(String schema) {
        try {
            return AvroCodec.of(
                    new SchemaText(SchemaText.Kind.AVRO, schema, Map.of(), "schema id 1"));
        } catch (UnreadableException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    @Property(tries = 200)
    void reads_what_the_library_wrote_and_writes_the_same(@ForAll("orders") GenericRecord order)
            throws UnreadableException, EditException {
        var bytes = bytes(order);
        var tree = codec.read(bytes, Limits.STANDARD);

        assertThat(codec.write(tree, bytes)).isEqualTo(bytes);
        assertThat(codec.check(tree)).isEmpty();
    }

    @Property(tries = 200)
    void an_edit_is_what_the_library_reads(@ForAll("orders") GenericRecord order)
            throws UnreadableException, EditException, IOException {
        var bytes = bytes(order);
        var text = TreeEdit.text(codec.read(bytes, Limits.STANDARD));
        var edited =
                codec.write(
                        TreeEdit.parse(
                                text.replaceFirst("\"state\": \"\\w+\"", "\"state\": \"PAID\"")),
                        bytes);
        order.put("state", new GenericData.EnumSymbol(SCHEMA.getField("state").schema(), "PAID"));

        assertThat(
                        new GenericDatumReader<GenericRecord>(SCHEMA)
                                .read(null, DecoderFactory.get().binaryDecoder(edited, null)))
                .isEqualTo(
                        new GenericDatumReader<GenericRecord>(SCHEMA)
                                .read(
                                        null,
                                        DecoderFactory.get().binaryDecoder(bytes(order), null)));
    }

    @Property(tries = 200)
    void damage_is_told_and_never_thrown(
            @ForAll("orders") GenericRecord order, @ForAll Random random) {
        var bytes = bytes(order);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        var cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        for (var damaged : List.of(bytes, cut)) {
            try {
                assertThat(codec.read(damaged, Limits.STANDARD)).isNotNull();
            } catch (UnreadableException told) {
                assertThat(told.sentence()).isNotBlank();
            }
        }
    }

    @Test
    void logical_types_read_as_people_write_them() throws UnreadableException, EditException {
        var bytes = bytes(order(7, "ann", 1250, 1_770_000_000_000L, 20_000, 2, 0.1f));
        var text = TreeEdit.text(codec.read(bytes, Limits.STANDARD));

        assertThat(text)
                .contains(
                        "\"amount\": 12.50",
                        "\"placed\": \"2026-02-02T02:40:00Z\"",
                        "\"day\": \"2024-10-04\"",
                        "\"ratio\": 0.1");
        var edited =
                codec.write(
                        TreeEdit.parse(text.replace("12.50", "13.5").replace("02:40", "02:41")),
                        bytes);
        assertThat(TreeEdit.text(codec.read(edited, Limits.STANDARD)))
                .contains("\"amount\": 13.50", "02:41:00Z");
    }

    @Test
    void what_does_not_fit_is_told_with_its_place() throws EditException {
        var issues =
                codec.check(
                        TreeEdit.parse(
                                """
                                {"id":"x","custmer":"ann","amount":1.234,"placed":0,"day":"tomorrow",
                                 "state":"LOST","lines":["a",1],"attributes":{},"ratio":1.5}"""));

        assertThat(issues.stream().map(issue -> issue.where()).toList())
                .containsExactly(
                        "$.id", "$.amount", "$.day", "$.state", "$.lines[1]", "$.raw", "$.custmer");
        assertThat(issues.getFirst().sentence())
                .isEqualTo("$.id must be long, and is the text 'x'.");
        assertThat(issues.getLast().sentence())
                .isEqualTo("$.custmer is unknown: Order has no such field. Is 'customer' meant?");
        assertThat(issues.get(3).sentence()).contains("one of NEW, PAID");
    }

    @Test
    void an_edit_stays_in_its_branch() throws UnreadableException, EditException {
        var codec = codec("[\"long\",\"int\"]");
        // Branch 1, int 5
        var bytes = new byte[] {2, 10};

        assertThat(codec.read(bytes, Limits.STANDARD)).isEqualTo(new Tree.Num("5"));
        assertThat(codec.write(new Tree.Num("6"), bytes)).isEqualTo(new byte[] {2, 12});
        assertThat(codec.write(new Tree.Num("5000000000"), bytes)[0]).isZero();
    }

    @Test
    void a_schema_that_refers_to_itself_ends() {
        var endless =
                codec(
                        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"r\",\"type\":\"R\"}]}");

        assertThatThrownBy(() -> endless.read(new byte[0], Limits.STANDARD))
                .isInstanceOfSatisfying(
                        UnreadableException.class,
                        told -> assertThat(told.sentence()).contains("deeper than"));
    }

    @Test
    void a_billion_nulls_take_no_memory() {
        var nulls = codec("{\"type\":\"array\",\"items\":\"null\"}");
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x80, (byte) 0x94, (byte) 0xEB, (byte) 0xDC, 3, 0});

        assertThatThrownBy(() -> nulls.read(out.toByteArray(), Limits.STANDARD))
                .isInstanceOfSatisfying(
                        UnreadableException.class,
                        told -> assertThat(told.sentence()).contains("more than"));
    }

    @Provide
    Arbitrary<GenericRecord> orders() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.strings().alpha().ofMaxLength(10).injectNull(0.3),
                        Arbitraries.integers().between(-99_999, 99_999),
                        Arbitraries.longs().between(0, 4_000_000_000_000L),
                        Arbitraries.integers().between(-10_000, 50_000),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.floats())
                .as(AvroCodecTest::order);
    }

    private static GenericRecord order(
            long id, String customer, int cents, long placed, int day, int lines, float ratio) {
        var order = new GenericData.Record(SCHEMA);
        order.put("id", id);
        order.put("customer", customer);
        order.put("amount", ByteBuffer.wrap(java.math.BigInteger.valueOf(cents).toByteArray()));
        order.put("placed", placed);
        order.put("day", day);
        order.put("state", new GenericData.EnumSymbol(SCHEMA.getField("state").schema(), "NEW"));
        order.put(
                "lines",
                new GenericData.Array<>(
                        SCHEMA.getField("lines").schema(),
                        java.util.stream.IntStream.range(0, lines)
                                .mapToObj(n -> "line " + n)
                                .toList()));
        order.put(
                "attributes",
                List.of(1, "two", 3.5).subList(0, Math.min(3, lines)).stream()
                        .collect(Collectors.toMap(it -> "k" + it, it -> (Object) it)));
        order.put(
                "raw",
                new GenericData.Fixed(SCHEMA.getField("raw").schema(), new byte[] {1, 2, 3, 4}));
        order.put("ratio", ratio);
        order.put("parent", lines > 3 ? order(1, "parent", 1, 0, 0, 0, 1.5f) : null);
        return order;
    }

    private static byte[] bytes(GenericRecord order) {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(SCHEMA).write(order, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toByteArray();
    }
}
