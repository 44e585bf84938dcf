package org.deadletteroffice.demo.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.deadletteroffice.demo.sample.Trouble.DOTNET;
import static org.deadletteroffice.demo.sample.Trouble.JAVA;
import static org.deadletteroffice.demo.sample.Trouble.NODE;
import static org.deadletteroffice.demo.sample.Trouble.PYTHON;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedOutputStream;
import org.xerial.snappy.SnappyOutputStream;

/// Messages inside compression, base64 and the envelopes of clouds and frameworks.
final class WrappedSamples {
    private static final byte[] ORDER =
            "{\"orderId\":\"A-80420\",\"total\":55.90,\"customer\":\"mia.weber@example.com\"}"
                    .getBytes(UTF_8);

    /// [#ORDER], compressed by Node's zlib.
    private static final byte[] BROTLI =
            HexFormat.of()
                    .parseHex(
                            "1b4500a08dd462cd19ee0491b7d42fbfdfcfd86844253282a02882d2e9830d3870c8d2"
                                    + "cd779b6e4fe9b4920f5f9ba0ba64c11b82ba11a36613da3738bbeb5b63"
                                    + "dd3200a71b");

    private WrappedSamples() {}

    @FunctionalInterface
    private interface Packing {
        OutputStream into(OutputStream out) throws IOException;
    }

    static List<Sample> all() throws IOException {
        return List.of(
                Sample.of("gzip", "gzip+json", packed(ORDER, GZIPOutputStream::new), NODE),
                Sample.of("zlib", "zlib+json", packed(ORDER, DeflaterOutputStream::new), NODE),
                Sample.of("Zstandard", "zstd+json", Zstd.compress(ORDER), NODE),
                Sample.of("LZ4", "lz4+json", packed(ORDER, LZ4FrameOutputStream::new), NODE),
                Sample.of(
                        "Snappy",
                        "snappy+json",
                        packed(ORDER, SnappyFramedOutputStream::new),
                        NODE),
                Sample.of(
                        "Snappy, framing of Java's library",
                        "snappy+json",
                        packed(ORDER, SnappyOutputStream::new),
                        NODE),
                Sample.of("Snappy without framing", "snappy+json", Snappy.compress(ORDER), NODE)
                        .header("content-encoding", "snappy"),
                Sample.of("Brotli", "brotli+json", BROTLI, NODE).header("content-encoding", "br"),
                Sample.of(
                                "deflate without framing",
                                "deflate+json",
                                packed(ORDER, WrappedSamples::deflated),
                                NODE)
                        .header("content-encoding", "deflate"),
                Sample.of(
                        "gzip, cut short",
                        "gzip+text",
                        Arrays.copyOf(packed(ORDER, GZIPOutputStream::new), 40),
                        NODE),
                Sample.of(
                        "base64 for URLs",
                        "base64+json",
                        Base64.getUrlEncoder().withoutPadding().encode(ORDER),
                        NODE),
                Sample.of("base64", "base64+json", Base64.getEncoder().encode(ORDER), NODE),
                Sample.of(
                        "base64 of gzip of zstd",
                        "base64+gzip+zstd+json",
                        Base64.getEncoder()
                                .encode(packed(Zstd.compress(ORDER), GZIPOutputStream::new)),
                        NODE),
                Sample.of("SNS notification", "sns+json", sns(), PYTHON),
                Sample.of(
                        "EventBridge event",
                        "eventbridge+json",
                        """
                        {"version":"0","id":"6a7e8feb-b491-4cf7-a9f1-bf3703467718",\
                        "detail-type":"Order placed","source":"northwind.partners",\
                        "account":"123456789012","time":"2026-11-20T08:15:30Z",\
                        "region":"eu-central-1","resources":[],\
                        "detail":{"orderId":"A-80421","total":12.00}}""",
                        PYTHON),
                Sample.of(
                        "Debezium change",
                        "debezium+json",
                        """
                        {"before":{"id":421,"state":"NEW"},"after":{"id":421,"state":"PAID"},\
                        "source":{"connector":"postgresql","db":"shop","schema":"public",\
                        "table":"orders","lsn":24023128},"op":"u","ts_ms":1795162530000}""",
                        JAVA),
                Sample.of(
                        "Kafka Connect with its schema",
                        "connect+json",
                        """
                        {"schema":{"type":"struct","optional":false,"name":"shop.Order",\
                        "fields":[{"field":"orderId","type":"string","optional":false},\
                        {"field":"total","type":"double","optional":true}]},\
                        "payload":{"orderId":"A-80424","total":12.5}}""",
                        JAVA),
                Sample.of(
                                "MassTransit",
                                "masstransit+json",
                                """
                                {"messageId":"0b6e0000-5d4f-0015-1f60-08dc2a7b9c11",\
                                "messageType":["urn:message:Northwind.Orders:OrderPlaced"],\
                                "message":{"orderId":"A-80431","lines":[{"sku":"LT-880"}]},\
                                "sentTime":"2026-11-20T08:15:30.0000000Z","headers":{},\
                                "host":{"machineName":"web1","processName":"Orders"}}""",
                                DOTNET)
                        .style(FailureStyle.MASS_TRANSIT),
                Sample.of(
                                "NServiceBus",
                                "nservicebus+xml",
                                "{\"Headers\":{\"NServiceBus.MessageId\":\"m-431\","
                                        + "\"NServiceBus.EnclosedMessageTypes\":"
                                        + "\"Northwind.Orders.PlaceOrder, Northwind.Orders\"},"
                                        + "\"Body\":\""
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        ("<PlaceOrder><Id>A-80431</Id>"
                                                                        + "<Sku>LT-880</Sku>"
                                                                        + "</PlaceOrder>")
                                                                .getBytes(UTF_8))
                                        + "\"}",
                                DOTNET)
                        .style(FailureStyle.NSERVICEBUS),
                Sample.of(
                                "claim check in S3",
                                "s3-pointer+json",
                                "[\"software.amazon.payloadoffloading.PayloadS3Pointer\","
                                        + "{\"s3BucketName\":\"northwind-large-orders\","
                                        + "\"s3Key\":\"2026/11/20/A-80422\"}]",
                                PYTHON)
                        .header("ExtendedPayloadSize", "524288"),
                Sample.of(
                        "claim check, an address",
                        "text",
                        "https://files.example.com/orders/A-80425.json",
                        PYTHON));
    }

    private static OutputStream deflated(OutputStream out) {
        return new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
    }

    private static byte[] packed(byte[] content, Packing packing) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = packing.into(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static String sns() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Type", "Notification")
                .put("MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324")
                .put("TopicArn", "arn:aws:sns:eu-central-1:123456789012:partner-orders")
                .put("Message", new String(ORDER, UTF_8))
                .put("Timestamp", "2026-11-20T08:15:30.655Z")
                .put("SignatureVersion", "1")
                .put("Signature", "EXAMPLEw6JRN==")
                .toString();
    }
}
