package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.deadletteroffice.core.schema.SchemaText;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.junit.jupiter.api.Test;

class ProtobufCodecTest {
    static final String ORDER =
            """
            syntax = "proto3"; // the shop's
            package shop;
            import "google/protobuf/timestamp.proto";
            import "money.proto";
            option java_package = "com.example";
            /* An order. */
            message Order {
              reserved 100 to 200, 300;
              string id = 1;
              sint64 delta = 2;
              repeated int32 numbers = 3;
              map<string, Line> lines = 4;
              State state = 5 [deprecated = true];
              google.protobuf.Timestamp placed = 6;
              oneof how { string card = 7; bytes token = 8; }
              optional uint64 tries = 9;
              Money price = 10;
              repeated Line history = 11;
              double ratio = 12;
              fixed32 crc = 13;
              enum State { NEW = 0; PAID = 1; }
              message Line { string sku = 1; int32 count = 2; }
            }
            message Refund { string reason = 1; message Part { bool full = 1; } }
            service Orders { rpc Place (Order) returns (Order) { option idempotency_level = IDEMPOTENT; } }
            """;
    private static final String MONEY =
            "syntax = \"proto3\"; package shop; message Money { int64 cents = 1; string currency = 2; }";

    private static final SchemaText TEXT =
            new SchemaText(
                    SchemaText.Kind.PROTOBUF, ORDER, Map.of("money.proto", MONEY), "schema id 1");

    private final ProtobufSchema schema = schema(TEXT);
    private final ProtobufCodec codec = new ProtobufCodec(schema, true);

    static ProtobufSchema schema(SchemaText text) {
        try {
            return ProtobufSchema.of(text);
        } catch (UnreadableException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    @Property(tries = 200)
    void reads_what_the_library_wrote_and_writes_the_same(@ForAll("orders") DynamicMessage order)
            throws UnreadableException, EditException {
        var bytes = framed(0, order);
        var tree = codec.read(bytes, Limits.STANDARD);

        assertThat(codec.write(tree, bytes)).isEqualTo(bytes);
        assertThat(codec.check(tree)).isEmpty();
    }

    @Property(tries = 200)
    void an_edit_is_what_the_library_reads(
            @ForAll("orders") DynamicMessage order, @ForAll("ids") String id, @ForAll int cents)
            throws UnreadableException, EditException, InvalidProtocolBufferException {
        var bytes = framed(0, order);
        var text = TreeEdit.text(codec.read(bytes, Limits.STANDARD));
        var edited =
                TreeEdit.parse(
                        text.replaceFirst("\"id\": \"\\w+\"", "\"id\": \"" + id + "\"")
                                .replace("\"cents\": 5", "\"cents\": " + cents));
        var price = (DynamicMessage) order.getField(field(order, "price"));
        var expected =
                order.toBuilder()
                        .setField(field(order, "id"), id)
                        .setField(
                                field(order, "price"),
                                price.toBuilder()
                                        .setField(field(price, "cents"), (long) cents)
                                        .build())
                        .build();

        var written = codec.write(edited, bytes);

        assertThat(written[0]).isZero();
        assertThat(
                        DynamicMessage.parseFrom(
                                order.getDescriptorForType(),
                                Arrays.copyOfRange(written, 1, written.length)))
                .isEqualTo(expected);
    }

    @Property(tries = 200)
    void damage_is_told_and_never_thrown(
            @ForAll("orders") DynamicMessage order, @ForAll Random random) {
        var bytes = framed(0, order);
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
    void an_edit_keeps_fields_that_the_schema_does_not_know()
            throws UnreadableException, EditException {
        var unknown =
                UnknownFieldSet.newBuilder()
                        .addField(50, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
                        .build();
        var order = message("o-1", 3, 2).toBuilder().setUnknownFields(unknown).build();
        var bytes = framed(0, order);
        var text = TreeEdit.text(codec.read(bytes, Limits.STANDARD));
        var edited = codec.write(TreeEdit.parse(text.replace("o-1", "o-2")), bytes);

        assertThat(text).contains("\"?50\": 7", "\"state\": \"PAID\"", "\"delta\": -3");
        assertThat(edited)
                .isEqualTo(
                        framed(0, order.toBuilder().setField(field(order, "id"), "o-2").build()));
    }

    @Test
    void message_indexes_lead_to_nested_messages() throws UnreadableException {
        // Indexes [1, 0]: Refund.Part; then full = true
        assertThat(TreeEdit.text(codec.read(new byte[] {4, 2, 0, 8, 1}, Limits.STANDARD)))
                .isEqualTo("{\n  \"full\": true\n}");
        assertThatThrownBy(() -> codec.read(new byte[] {2, 18}, Limits.STANDARD))
                .isInstanceOf(UnreadableException.class);
    }

    @Test
    void a_type_named_by_apicurio_is_found() throws UnreadableException, EditException {
        // Ref{name: "Refund"}; then reason = "x"
        byte[] bytes = {8, 10, 6, 'R', 'e', 'f', 'u', 'n', 'd', 10, 1, 'x'};
        var tree = codec.read(bytes, Limits.STANDARD);

        assertThat(TreeEdit.text(tree)).isEqualTo("{\n  \"reason\": \"x\"\n}");
        assertThat(codec.write(tree, bytes)).isEqualTo(bytes);
    }

    @Test
    void what_does_not_fit_is_told_with_its_place() throws EditException {
        var issues =
                codec.check(
                        TreeEdit.parse(
                                "{\"id\":7,\"numbers\":[1,\"x\"],\"stat\":\"NEW\",\"price\":{\"cents\":1.5},\"tries\":-1}"));

        assertThat(issues.stream().map(issue -> issue.where()).toList())
                .containsExactly("$.id", "$.numbers[1]", "$.tries", "$.price.cents", "$.stat");
        assertThat(issues.getLast().sentence()).contains("Is 'state' meant?");
    }

    @Test
    void a_descriptor_set_is_a_schema() throws UnreadableException {
        var set =
                com.google.protobuf.DescriptorProtos.FileDescriptorSet.newBuilder()
                        .addFile(type(MONEY_FILE).getFile().toProto())
                        .build();
        var codec =
                new ProtobufCodec(
                        schema(
                                new SchemaText(
                                        SchemaText.Kind.PROTOBUF,
                                        Base64.getEncoder().encodeToString(set.toByteArray()),
                                        Map.of(),
                                        "a file")),
                        false);

        assertThat(TreeEdit.text(codec.read(new byte[] {8, 5}, Limits.STANDARD)))
                .isEqualTo("{\n  \"cents\": 5\n}");
    }

    @Test
    void without_a_schema_fields_are_numbered() throws UnreadableException {
        var bytes = message("o-1", 3, 2).toByteArray();

        assertThat(TreeEdit.text(ProtobufDump.read(bytes, Limits.STANDARD)))
                .contains("\"1\": \"o-1\"", "\"2\": 5", "\"sku");
        assertThat(ProtobufDump.isLikely(bytes, Limits.STANDARD)).isTrue();
        assertThat(ProtobufDump.isLikely(new byte[] {8, 1, 16, 2, 24, 3, 32, 4}, Limits.STANDARD))
                .isFalse();
    }

    @Test
    void a_broken_schema_says_where() {
        assertThatThrownBy(
                        () ->
                                ProtobufSchema.of(
                                        new SchemaText(
                                                SchemaText.Kind.PROTOBUF,
                                                "syntax = \"proto3\";\nmessage A { int32 = 1; }",
                                                Map.of(),
                                                "x")))
                .isInstanceOfSatisfying(
                        UnreadableException.class,
                        told -> assertThat(told.sentence()).contains("line 2"));
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(30);
    }

    @Provide
    Arbitrary<DynamicMessage> orders() {
        return Combinators.combine(
                        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(10),
                        Arbitraries.integers(),
                        Arbitraries.integers().between(0, 4))
                .as(this::message);
    }

    private static final SchemaText MONEY_FILE =
            new SchemaText(SchemaText.Kind.PROTOBUF, MONEY, Map.of(), "x");

    private static com.google.protobuf.Descriptors.Descriptor type(SchemaText text) {
        try {
            return schema(text).at(List.of(0));
        } catch (UnreadableException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private DynamicMessage message(String id, int delta, int lines) {
        var type = type(TEXT);
        var order = DynamicMessage.newBuilder(type);
        order.setField(type.findFieldByName("id"), id);
        order.setField(type.findFieldByName("delta"), (long) -delta);
        order.setField(
                type.findFieldByName("state"),
                type.findEnumTypeByName("State").findValueByName("PAID"));
        order.setField(type.findFieldByName("tries"), 0L);
        order.setField(type.findFieldByName("token"), ByteString.copyFrom(new byte[] {1, 2}));
        order.setField(type.findFieldByName("ratio"), 0.25);
        order.setField(type.findFieldByName("crc"), -1);
        var line = type.findFieldByName("history").getMessageType();
        for (int i = 1; i <= lines; i++) {
            order.addRepeatedField(type.findFieldByName("numbers"), i * 1000);
            order.addRepeatedField(
                    type.findFieldByName("history"),
                    DynamicMessage.newBuilder(line)
                            .setField(line.findFieldByName("sku"), "sku-" + i)
                            .build());
        }
        var money = type.findFieldByName("price").getMessageType();
        order.setField(
                type.findFieldByName("price"),
                DynamicMessage.newBuilder(money)
                        .setField(money.findFieldByName("cents"), 5L)
                        .build());
        return order.build();
    }

    private static com.google.protobuf.Descriptors.FieldDescriptor field(
            DynamicMessage message, String name) {
        return message.getDescriptorForType().findFieldByName(name);
    }

    private static byte[] framed(int index, DynamicMessage message) {
        var body = message.toByteArray();
        var bytes = new byte[body.length + 1];
        bytes[0] = (byte) index;
        System.arraycopy(body, 0, bytes, 1, body.length);
        return bytes;
    }
}
