package org.deadletteroffice.demo.sample;

import static org.deadletteroffice.demo.sample.Trouble.DOTNET;
import static org.deadletteroffice.demo.sample.Trouble.GO;
import static org.deadletteroffice.demo.sample.Trouble.JAVA;
import static org.deadletteroffice.demo.sample.Trouble.NODE;
import static org.deadletteroffice.demo.sample.Trouble.PYTHON;
import static org.deadletteroffice.demo.sample.Trouble.RUBY;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.msgpack.core.MessagePack;

/// Self-describing binary formats, and objects of programming languages.
final class BinarySamples {
    private BinarySamples() {}

    /// What a partner's Java program serializes.
    private record PartnerOrder(
            String orderId, BigDecimal total, Instant placedAt, ArrayList<String> skus)
            implements Serializable {}

    static List<Sample> all() throws IOException {
        return List.of(
                Sample.of("CBOR", "cbor", mapped(new CBORMapper()), GO),
                Sample.of("MessagePack", "msgpack", messagePack(), NODE),
                Sample.of("Smile", "smile", mapped(new SmileMapper()), JAVA)
                        .style(FailureStyle.STREAMS),
                // The text of "Ion, text" in binary, with a list of articles.
                Sample.of(
                        "Ion, binary",
                        "ion",
                        hex(
                                "e00100eaeeb48183deb087bead84736b7573845041494485737461746588"
                                        + "706c61636564417485746f74616c876f726465724964856f726465"
                                        + "72eeb08190deac8f87412d38303431388e53c21f0e8d68800fea8b"
                                        + "94888f9e8c710b8abe8e864b422d313034864d532d323230"),
                        JAVA),
                Sample.of("UUID in 16 bytes", "uuid", hex("3f2c81de7a454a1b9c0d5e6f7a8b9c0d"), GO),
                Sample.of("bytes of no format", "bytes", hex("9f3c00ff17c2a1e8d4007bfe01"), GO),
                Sample.of("Java serialization", "java", serialized(), JAVA)
                        .style(FailureStyle.SPRING_CLOUD_STREAM),
                Sample.of(
                        "PHP serialize",
                        "php",
                        "a:2:{s:5:\"order\";s:7:\"A-80415\";s:3:\"qty\";i:3;}",
                        NODE),
                // pickle.dumps({"task": "mail.send", "order": "A-80411", "retries": 3}, 4)
                Sample.of(
                        "Python pickle",
                        "pickle",
                        hex(
                                "80049536000000000000007d94288c047461736b948c096d61696c2e73656e64"
                                        + "948c056f72646572948c07412d3830343131948c07726574726965"
                                        + "73944b03752e"),
                        PYTHON),
                // Marshal.dump({"job" => "PointsJob", "order" => "A-80423", "points" => 120})
                Sample.of(
                        "Ruby Marshal",
                        "ruby",
                        hex(
                                "04087b084922086a6f62063a06455449220e506f696e74734a6f62063b005449"
                                        + "220a6f72646572063b005449220c412d3830343233063b00544922"
                                        + "0b706f696e7473063b0054697d"),
                        RUBY),
                // The header of [MS-NRBF], 2.6.1, and a string object: "A-80431".
                Sample.of(
                        ".NET BinaryFormatter",
                        "dotnet",
                        hex(
                                "0001000000ffffffff01000000000000000601000000"
                                        + "07412d3830343331"
                                        + "0b"),
                        DOTNET));
    }

    private static byte[] mapped(ObjectMapper mapper) throws IOException {
        var order = mapper.createObjectNode().put("orderId", "A-80413").put("total", 79.5);
        order.put("label", new byte[] {0x50, 0x4E, 0x47, 0x21}).put("express", true);
        order.putArray("skus").add("KB-104").add("MS-220");
        return mapper.writeValueAsBytes(order);
    }

    private static byte[] messagePack() throws IOException {
        try (var packer = MessagePack.newDefaultBufferPacker()) {
            packer.packMapHeader(4).packString("orderId").packString("A-80414");
            packer.packString("qty").packInt(3).packString("weight").packDouble(1.25);
            packer.packString("packedAt").packTimestamp(Instant.parse("2026-11-20T08:15:30Z"));
            return packer.toByteArray();
        }
    }

    private static byte[] serialized() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(
                    new PartnerOrder(
                            "A-80416",
                            new BigDecimal("129.90"),
                            Instant.parse("2026-11-20T08:15:30Z"),
                            new ArrayList<>(List.of("KB-104", "LT-880"))));
        }
        return bytes.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
