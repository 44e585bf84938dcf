package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
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
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

class MessagePackDecoderTest extends DecoderContractTest {
    @Override
    PayloadDecoder decoder() {
        return new MessagePackDecoder();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                // The example of msgpack.org.
                sample("compact", "82a7636f6d70616374c3a6736368656d6100"),
                sample("wide numbers", "81a161cf0000000000000001"),
                sample("map of 16", "de0001a16101"),
                sample("extension", "81a165d40510"),
                sample("time", "81a174d6ff65920080"),
                sample("bytes", "81a162c4020102"),
                sample("single", "81a166ca3fc00000"));
    }

    @Override
    List<Edit> edits() {
        return List.of(
                edit(
                        "one boolean",
                        "82a7636f6d70616374c3a6736368656d6100",
                        "true",
                        "false",
                        "82a7636f6d70616374c2a6736368656d6100"),
                edit(
                        "width stays",
                        "81a161cf0000000000000001",
                        "1",
                        "2",
                        "81a161cf0000000000000002"),
                edit("head stays", "de0001a16101", "1", "2", "de0001a16102"),
                edit("extension", "81a165d40510", "5", "6", "81a165d40610"),
                edit(
                        "time",
                        "81a174d6ff65920080",
                        "2024-01-01",
                        "2024-01-02",
                        "81a174d6ff65935200"),
                edit("bytes", "81a162c4020102", "AQI=", "Aw==", "81a162c40103"),
                edit("single", "81a166ca3fc00000", "1.5", "0.1", "81a166ca3dcccccd"));
    }

    @Override
    List<String> impossible() {
        return List.of("{\"compact\":", "{}}");
    }

    @Property(tries = 300)
    void reads_and_writes_what_the_library_does(@ForAll("trees") Tree tree)
            throws IOException, EditException {
        byte[] bytes;
        try (var packer = MessagePack.newDefaultBufferPacker()) {
            pack(tree, packer);
            bytes = packer.toByteArray();
        }
        var read = ((Decoded.Structured) decode(bytes)).tree();
        var edited = Generated.changed(read);
        var written = decoder().encode(JsonWriter.pretty(edited), bytes, Headers.NONE);

        assertThat(read).isEqualTo(tree);
        assertThat(Generated.plain(((Decoded.Structured) decode(written)).tree()))
                .isEqualTo(Generated.plain(edited));
        try (var unpacker = MessagePack.newDefaultUnpacker(written)) {
            unpacker.skipValue();
            assertThat(unpacker.hasNext()).isFalse();
        }
    }

    @Test
    void a_time_of_the_library_is_a_time() throws IOException {
        try (var packer = MessagePack.newDefaultBufferPacker()) {
            packer.packMapHeader(1);
            packer.packString("at");
            packer.packTimestamp(Instant.parse("2026-05-01T10:00:00.5Z"));

            assertThat(((Decoded.Structured) decode(packer.toByteArray())).tree())
                    .isEqualTo(
                            new Tree.Obj(
                                    List.of(
                                            new Tree.Member(
                                                    "at",
                                                    new Tree.Text("2026-05-01T10:00:00.500Z")))));
        }
    }

    private static void pack(Tree tree, MessageBufferPacker out) throws IOException {
        switch (tree) {
            case Tree.Obj(var members) -> {
                out.packMapHeader(members.size());
                for (var member : members) {
                    out.packString(member.name());
                    pack(member.value(), out);
                }
            }
            case Tree.Arr(var items) -> {
                out.packArrayHeader(items.size());
                for (var item : items) {
                    pack(item, out);
                }
            }
            case Tree.Num(var literal) -> {
                if (literal.contains(".")) {
                    out.packDouble(Double.parseDouble(literal));
                } else {
                    out.packLong(Long.parseLong(literal));
                }
            }
            case Tree.Text(var text) -> out.packString(text);
            case Tree.Bool(var value) -> out.packBoolean(value);
            case Tree.Null() -> out.packNil();
            case Tree.Bytes(var value) -> {
                out.packBinaryHeader(value.length);
                out.writePayload(value);
            }
        }
    }

    @Provide
    Arbitrary<Tree> trees() {
        return Generated.trees();
    }

    private static Decoded decode(byte[] bytes) {
        return new MessagePackDecoder().decode(bytes, Headers.NONE, Limits.STANDARD);
    }

    private static Sample sample(String name, String hex) {
        return new Sample(name, HexFormat.of().parseHex(hex), Headers.NONE);
    }

    private static Edit edit(String name, String hex, String from, String to, String expected) {
        return new Edit(
                sample(name, hex),
                text -> text.replace(from, to),
                HexFormat.of().parseHex(expected));
    }
}
