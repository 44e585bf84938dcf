package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

class EnvelopesTest extends DecoderContractTest {
    private static final String SNS =
            """
            {
              "Type" : "Notification",
              "MessageId" : "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
              "TopicArn" : "arn:aws:sns:eu-central-1:123456789012:orders",
              "Message" : "{\\"order\\":\\"o-1\\",\\"country\\":\\"XX\\"}",
              "Timestamp" : "2026-05-02T00:54:06.655Z",
              "SignatureVersion" : "1",
              "Signature" : "EXAMPLEw6JRN=="
            }""";

    @Override
    PayloadDecoder decoder() {
        return Decoders.standard().named("sns").orElseThrow();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                Sample.of("of json", SNS),
                Sample.of("of text", SNS.replace("{\\\"order", "order")));
    }

    @Override
    List<Edit> edits() {
        return List.of(
                new Edit(
                        samples().getFirst(),
                        text -> text.replace("XX", "DE"),
                        SNS.replace("XX", "DE").getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    List<String> impossible() {
        return List.of("{\"order\":");
    }

    @Test
    void a_claim_check_says_where_the_payload_lies() {
        for (var type :
                List.of(
                        "software.amazon.payloadoffloading.PayloadS3Pointer",
                        "com.amazon.sqs.javamessaging.MessageS3Pointer")) {
            var decoded =
                    read("[\"%s\",{\"s3BucketName\":\"big\",\"s3Key\":\"a/17\"}]".formatted(type))
                            .decoded();

            assertThat(decoded.format()).isEqualTo("s3-pointer+json");
            assertThat(decoded.issues().getFirst().sentence())
                    .contains("s3://big/a/17", "when you ask for it");
        }
        assertThat(read("[\"a\",{\"s3BucketName\":\"big\",\"s3Key\":\"17\"}]").decoded().format())
                .isEqualTo("json");
    }

    @Test
    void an_sns_notification_is_its_message() {
        var reading = read(SNS);

        assertThat(reading.decoder()).isEqualTo("sns");
        assertThat(reading.decoded().format()).isEqualTo("sns+json");
        assertThat(reading.decoded().issues().getFirst().sentence())
                .contains("arn:aws:sns:eu-central-1:123456789012:orders", "2026-05-02");
    }

    @Test
    void envelopes_go_layer_by_layer() {
        var inner =
                "{\"version\":\"0\",\"id\":\"1\",\"detail-type\":\"Order Failed\",\"source\":\"shop\",\"detail\":{\"a\":1}}";

        assertThat(
                        read(SNS.replaceAll(
                                        "\"Message\" : .*", "\"Message\" : " + quoted(inner) + ","))
                                .decoded()
                                .format())
                .isEqualTo("sns+eventbridge+json");
    }

    @Test
    void json_envelopes_are_named_and_stay_whole() {
        assertNamed(
                "{\"before\":null,\"after\":{\"id\":1},\"source\":{\"db\":\"shop\",\"table\":\"orders\"},\"op\":\"c\",\"ts_ms\":1}",
                "debezium+json",
                "insert into shop.orders");
        assertNamed(
                "{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":{\"before\":{},\"after\":null,\"source\":{\"db\":\"d\",\"collection\":\"c\"},\"op\":\"d\"}}",
                "debezium+json",
                "delete from d.c");
        assertNamed(
                "{\"schema\":{\"type\":\"string\",\"optional\":false},\"payload\":\"x\"}",
                "connect+json",
                "Kafka Connect");
        assertNamed(
                "{\"messageId\":\"1\",\"messageType\":[\"urn:message:Shop:OrderPlaced\"],\"message\":{\"id\":1},\"host\":{}}",
                "masstransit+json",
                "Shop:OrderPlaced");
        assertThat(read("{\"op\":\"c\",\"source\":\"x\"}").decoded().format()).isEqualTo("json");
        assertThat(read("{\"message\":\"x\",\"messageType\":\"y\"}").decoded().format())
                .isEqualTo("json");
    }

    @Test
    void nservicebus_on_sqs_is_its_body() throws PayloadDecoder.EditException {
        var body =
                Base64.getEncoder()
                        .encodeToString(
                                "<Order><Id>7</Id></Order>".getBytes(StandardCharsets.UTF_8));
        var payload =
                "{\"Headers\":{\"NServiceBus.MessageId\":\"m-1\",\"NServiceBus.EnclosedMessageTypes\":\"Shop.PlaceOrder, Shop\"},\"Body\":\"%s\"}"
                        .formatted(body)
                        .getBytes(StandardCharsets.UTF_8);
        var reading = Decoders.standard().decode(payload, Headers.NONE, null);
        var decoder = Decoders.standard().named("nservicebus").orElseThrow();
        var edited = decoder.encode("<Order><Id>8</Id></Order>", payload, Headers.NONE);

        assertThat(reading.decoded().format()).isEqualTo("nservicebus+xml");
        assertThat(reading.decoded().issues().getFirst().sentence()).contains("Shop.PlaceOrder");
        assertThat(
                        PrettyPrinter.text(
                                Decoders.standard().decode(edited, Headers.NONE, null).decoded()))
                .contains("<Id>8</Id>");
    }

    @Test
    void nservicebus_headers_tell_the_content_type() {
        assertThat(
                        Decoders.standard()
                                .decode(
                                        "<a/>".getBytes(StandardCharsets.UTF_8),
                                        Headers.of(
                                                Header.of("NServiceBus.ContentType", "text/xml")),
                                        null)
                                .reason())
                .isEqualTo("the content type says XML");
    }

    private static void assertNamed(String json, String format, String told) {
        var decoded = read(json).decoded();

        assertThat(decoded.format()).isEqualTo(format);
        assertThat(decoded).isInstanceOf(Decoded.Structured.class);
        assertThat(decoded.issues().getFirst().sentence()).contains(told);
    }

    private static String quoted(String text) {
        return JsonWriter.compact(new org.deadletteroffice.spi.decode.Tree.Text(text))
                .replace("\\", "\\\\");
    }

    private static Decoders.Reading read(String text) {
        return Decoders.standard()
                .decode(text.getBytes(StandardCharsets.UTF_8), Headers.NONE, null);
    }
}
