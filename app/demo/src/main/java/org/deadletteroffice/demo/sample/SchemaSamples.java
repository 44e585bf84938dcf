package org.deadletteroffice.demo.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.deadletteroffice.demo.sample.Trouble.DOTNET;
import static org.deadletteroffice.demo.sample.Trouble.GO;
import static org.deadletteroffice.demo.sample.Trouble.JAVA;
import static org.deadletteroffice.demo.sample.Trouble.NODE;
import static org.deadletteroffice.demo.sample.Trouble.PYTHON;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;

/// What needs a schema, in each framing that names one. The schemas lie in a folder of the demo,
/// as no registry runs beside it.
final class SchemaSamples {
    private static final String AVRO = Resources.text("schemas/order.avsc");
    private static final String PROTOBUF = Resources.text("schemas/parcel.proto");
    private static final String JSON = Resources.text("schemas/return.json");
    private static final Schema ORDER = new Schema.Parser().parse(AVRO);
    private static final UUID GUID = UUID.fromString("5b6f1c1e-0d7a-4c52-9a57-1a8a4f0b7d11");
    private static final UUID GLUE = UUID.fromString("b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63");

    private SchemaSamples() {}

    static List<Sample> all() throws IOException {
        return List.of(
                Sample.of("Avro container", "avro-file", container(), PYTHON),
                Sample.of("Avro, Confluent framing", "avro", framed(id(4101), avro()), JAVA)
                        .style(FailureStyle.SHARE_GROUP),
                Sample.of("Avro, Confluent GUID in a header", "avro", avro(), JAVA)
                        .header("__value_schema_id", framed(new byte[] {1}, uuid(GUID)))
                        .style(FailureStyle.DATA_CONTRACT),
                Sample.of("Avro, Apicurio framing", "avro", framed(globalId(4102), avro()), JAVA),
                Sample.of("Avro, Apicurio id in a header", "avro", avro(), JAVA)
                        .header(
                                "apicurio.value.globalId",
                                ByteBuffer.allocate(8).putLong(4102).array()),
                Sample.of("Avro, AWS Glue framing", "avro", glue(avro()), PYTHON),
                Sample.of(
                        "Avro, AWS Glue framing, not compressed",
                        "avro",
                        framed(new byte[] {3, 0}, uuid(GLUE), avro()),
                        PYTHON),
                Sample.of("Avro, Azure content type", "avro", avro(), DOTNET)
                        .header("content-type", "avro/binary+8d1f0a6e2b7c4f0b9a55"),
                Sample.of("Avro, single object", "avro", singleObject(avro()), GO),
                Sample.of("Avro, schema not to be had", "avro?", framed(id(4999), avro()), JAVA),
                Sample.of(
                        "Protobuf, Confluent framing",
                        "protobuf",
                        framed(id(4103), new byte[] {0}, parcel()),
                        GO),
                Sample.of("Protobuf without schema", "protobuf?", parcel(), GO),
                Sample.of(
                        "JSON Schema, Confluent framing",
                        "registry+json",
                        framed(
                                id(4104),
                                "{\"returnId\":\"R-77\",\"reason\":\"LOST\",\"items\":0}"
                                        .getBytes(UTF_8)),
                        NODE));
    }

    /// Writes the schema files, named by what the messages call them.
    static void writeSchemas(Path folder) {
        var fingerprint = SchemaNormalization.parsingFingerprint64(ORDER);
        var files =
                Map.of(
                        "4101.avsc",
                        AVRO,
                        GUID + ".avsc",
                        AVRO,
                        "4102.avsc",
                        AVRO,
                        GLUE + ".avsc",
                        AVRO,
                        "default.avsc",
                        AVRO,
                        Long.toHexString(fingerprint) + ".avsc",
                        AVRO,
                        "4103.proto",
                        PROTOBUF,
                        "4104.json",
                        JSON);
        try {
            Files.createDirectories(folder);
            for (var file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("The demo's schemas could not be written.", failed);
        }
    }

    private static GenericRecord order() {
        var order = new GenericData.Record(ORDER);
        order.put("orderId", "A-80418");
        order.put("total", ByteBuffer.wrap(new BigDecimal("129.90").unscaledValue().toByteArray()));
        order.put("placedAt", Instant.parse("2026-11-20T08:15:30Z").toEpochMilli());
        order.put("coupon", "BF26");
        order.put("skus", List.of("KB-104", "LT-880"));
        return order;
    }

    private static byte[] avro() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(ORDER).write(order(), encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static byte[] container() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var file =
                new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(ORDER))
                        .setCodec(CodecFactory.deflateCodec(6))
                        .create(ORDER, bytes)) {
            file.append(order());
            file.append(order());
        }
        return bytes.toByteArray();
    }

    private static byte[] parcel() throws IOException {
        var to = new ByteArrayOutputStream();
        var address = CodedOutputStream.newInstance(to);
        address.writeString(1, "Aylin García");
        address.writeString(2, "Lyon");
        address.writeString(3, "FR");
        address.flush();
        var bytes = new ByteArrayOutputStream();
        var parcel = CodedOutputStream.newInstance(bytes);
        parcel.writeString(1, "P-20417");
        parcel.writeInt32(2, 1250);
        parcel.writeString(3, "KB-104");
        parcel.writeString(3, "LT-880");
        parcel.writeByteArray(4, to.toByteArray());
        parcel.flush();
        return bytes.toByteArray();
    }

    private static byte[] glue(byte[] content) throws IOException {
        var zlib = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(zlib)) {
            out.write(content);
        }
        return framed(new byte[] {3, 5}, uuid(GLUE), zlib.toByteArray());
    }

    private static byte[] singleObject(byte[] content) {
        var mark = SchemaNormalization.parsingFingerprint64(ORDER);
        var head = ByteBuffer.allocate(10).put((byte) 0xC3).put((byte) 1);
        return framed(head.putLong(Long.reverseBytes(mark)).array(), content);
    }

    private static byte[] id(int id) {
        return ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
    }

    private static byte[] globalId(long id) {
        return ByteBuffer.allocate(9).put((byte) 0).putLong(id).array();
    }

    private static byte[] uuid(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static byte[] framed(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
