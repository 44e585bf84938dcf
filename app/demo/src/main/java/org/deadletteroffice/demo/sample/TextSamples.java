package org.deadletteroffice.demo.sample;

import static org.deadletteroffice.demo.sample.Trouble.GO;
import static org.deadletteroffice.demo.sample.Trouble.JAVA;
import static org.deadletteroffice.demo.sample.Trouble.NODE;
import static org.deadletteroffice.demo.sample.Trouble.PYTHON;
import static org.deadletteroffice.demo.sample.Trouble.RUBY;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/// What is written in letters, and single values.
final class TextSamples {
    private static final Instant AT = Instant.parse("2026-11-20T08:15:30Z");

    private TextSamples() {}

    static List<Sample> all() {
        return List.of(
                Sample.of(
                        "JSON",
                        "json",
                        "{\"orderId\":\"A-80401\",\"total\":9007199254740993,"
                                + "\"note\":\"first\",\"note\":\"second\"} // by hand",
                        NODE),
                Sample.of(
                        "NDJSON",
                        "ndjson",
                        """
                        {"sku":"KB-104","stock":0,"site":"Hamburg"}
                        {"sku":"MS-220","stock":14,"site":"Lyon"}
                        {"sku":"LT-880","stock":-1,"site":"Milano"}
                        """,
                        NODE),
                Sample.of("CloudEvents, structured", "cloudevents+json", event("e-7001"), JAVA)
                        .header("content-type", "application/cloudevents+json; charset=UTF-8"),
                Sample.of(
                                "CloudEvents, batch",
                                "cloudevents-batch+json",
                                "[" + utf8(event("e-7002")) + ',' + utf8(event("e-7003")) + ']',
                                JAVA)
                        .header("content-type", "application/cloudevents-batch+json"),
                Sample.of(
                                "CloudEvents, binary",
                                "cloudevents+json",
                                "{\"orderId\":\"A-80404\",\"state\":\"SHIPPED\"}",
                                JAVA)
                        .header("ce_specversion", "1.0")
                        .header("ce_id", "e-7004")
                        .header("ce_source", "/partners/fabrikam")
                        .header("ce_type", "com.northwind.order.shipped")
                        .header("content-type", "application/json")
                        .style(FailureStyle.SMALLRYE),
                Sample.of(
                                "CloudEvents, binary, bridged from AMQP",
                                "cloudevents+json",
                                "{\"orderId\":\"A-80405\",\"state\":\"RETURNED\"}",
                                JAVA)
                        .header("cloudEvents_specversion", "1.0")
                        .header("cloudEvents_id", "e-7005")
                        .header("cloudEvents_source", "/partners/fabrikam")
                        .header("cloudEvents_type", "com.northwind.order.returned"),
                Sample.of("claim check in a CloudEvent", "cloudevents+empty", "", JAVA)
                        .header("ce_specversion", "1.0")
                        .header("ce_id", "e-7006")
                        .header("ce_source", "/partners/fabrikam")
                        .header("ce_type", "com.northwind.order.archived")
                        .header("ce_dataref", "https://files.example.com/orders/A-80406.json"),
                Sample.of(
                        "XML",
                        "xml",
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><invoice no=\"I-5511\">"
                                + "<customer>Özdemir &amp; Søn</customer>"
                                + "<line sku=\"HD-007\" qty=\"2\">49.90</line>"
                                + "<line sku=\"CB-331\" qty=\"1\">12.00</line></invoice>",
                        PYTHON),
                Sample.of(
                                "YAML",
                                "yaml",
                                """
                                ---
                                pickup: 2026-11-21
                                carrier: Postman & Sons
                                parcels:
                                  - id: P-1
                                    grams: 420
                                  - id: P-2
                                    grams: 1250
                                """,
                                GO)
                        .style(FailureStyle.CAMEL),
                Sample.of(
                        "XML with a document type",
                        "xml",
                        "<?xml version=\"1.0\"?><!DOCTYPE invoice [<!ENTITY vat SYSTEM"
                                + " \"file:///etc/hostname\">]><invoice>&vat;</invoice>",
                        PYTHON),
                Sample.of(
                        "Ion, text",
                        "ion",
                        "$ion_1_0 order::{orderId: \"A-80407\", total: 79.50,"
                                + " placedAt: 2026-11-20T08:15:30Z, state: PAID}",
                        JAVA),
                Sample.of("number", "int64", bytes(80_401), RUBY),
                Sample.of("UUID", "text", "3f2c81de-7a45-4a1b-9c0d-5e6f7a8b9c0d", RUBY),
                Sample.of("date and time", "text", "2026-11-20T08:15:30+01:00", RUBY),
                Sample.of(
                                "text, Windows-1252",
                                "text",
                                "Rückruf erbeten: 12 € fehlen – Größe prüfen"
                                        .getBytes(Charset.forName("windows-1252")),
                                PYTHON)
                        .header("content-type", "text/plain; charset=windows-1252"),
                Sample.of(
                        "text, UTF-16",
                        "text",
                        "\uFEFFЗаказ A-80412 отменён".getBytes(StandardCharsets.UTF_16LE),
                        PYTHON),
                Sample.of(
                        "text that hides its order", "text", "pay \u202E00.21\u202C EUR", PYTHON));
    }

    private static byte[] bytes(long value) {
        return java.nio.ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static String utf8(byte[] text) {
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] event(String id) {
        return new JsonFormat()
                .serialize(
                        CloudEventBuilder.v1()
                                .withId(id)
                                .withSource(URI.create("/partners/contoso"))
                                .withType("com.northwind.order.placed")
                                .withTime(AT.atOffset(ZoneOffset.UTC))
                                .withSubject("A-80402")
                                .withData(
                                        "application/json",
                                        "{\"orderId\":\"A-80402\",\"total\":129.90}"
                                                .getBytes(StandardCharsets.UTF_8))
                                .build());
    }
}
