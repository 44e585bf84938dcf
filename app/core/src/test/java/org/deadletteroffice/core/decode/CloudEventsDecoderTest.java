package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.letter;
import static org.deadletteroffice.core.cause.Letters.view;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deadletteroffice.core.browse.MessageView.CloudEventInfo;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

class CloudEventsDecoderTest extends DecoderContractTest {
    private static final Headers STRUCTURED =
            Headers.of(Header.of("content-type", "application/cloudevents+json; charset=UTF-8"));
    private static final Headers BATCH =
            Headers.of(Header.of("content-type", "application/cloudevents-batch+json"));
    private static final Headers BINARY =
            Headers.of(
                    Header.of("ce_specversion", "1.0"),
                    Header.of("ce_id", "e-1"),
                    Header.of("ce_source", "/shop"),
                    Header.of("ce_type", "order.created"),
                    Header.of("content-type", "application/json"));
    private static final String EVENT =
            "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/shop\",\"type\":\"order.created\",\"unknownext\":1,\"data\":{\"amount\":1.50}}";
    private static final CloudEventInfo INFO =
            new CloudEventInfo("structured", "1.0", "e-1", "/shop", "order.created");

    @Override
    PayloadDecoder decoder() {
        return Decoders.standard().named("cloudevents").orElseThrow();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                new Sample("structured", utf8(EVENT), STRUCTURED),
                new Sample("by shape", utf8(EVENT), Headers.NONE),
                new Sample("batch", utf8("[" + EVENT + "," + EVENT + "]"), BATCH),
                new Sample("empty batch", utf8("[]"), BATCH),
                new Sample("binary", utf8("{\"amount\":1.50}"), BINARY),
                new Sample("version 0.3", utf8(EVENT.replace("1.0", "0.3")), STRUCTURED));
    }

    @Override
    List<Edit> edits() {
        return List.of(
                new Edit(
                        samples().get(0),
                        text -> text.replace("1.50", "2.50"),
                        utf8(EVENT.replace("1.50", "2.50"))),
                new Edit(
                        samples().get(4),
                        text -> text.replace("1.50", "2.50"),
                        utf8("{\"amount\":2.50}")));
    }

    @Override
    List<String> impossible() {
        return List.of("{\"specversion\":");
    }

    @Test
    void an_event_that_the_sdk_wrote_is_read_without_issue() {
        var event =
                CloudEventBuilder.v1()
                        .withId("e-1")
                        .withSource(URI.create("/shop"))
                        .withType("order.created")
                        .withExtension("traceparent", "00-abc")
                        .withData("application/json", utf8("{\"a\":1}"))
                        .build();
        var bytes = new JsonFormat().serialize(event);

        var message = view(letter(bytes, STRUCTURED.all().getFirst()));

        assertThat(message.decoder()).isEqualTo("cloudevents");
        assertThat(message.decoded().format()).isEqualTo("cloudevents+json");
        assertThat(message.decoded().issues()).isEmpty();
        assertThat(message.cloudEvent()).isEqualTo(INFO);
    }

    @Test
    void every_mode_tells_its_attributes() {
        assertThat(view(letter(EVENT)).cloudEvent()).isEqualTo(mode("by shape"));
        assertThat(view(letter("[" + EVENT + "]", BATCH.all().getFirst())).cloudEvent())
                .isEqualTo(mode("batch"));
        assertThat(view(letter("{}", BINARY.all().toArray(Header[]::new))).cloudEvent())
                .isEqualTo(mode("binary"));
        assertThat(view(letter((byte[]) null, BINARY.all().toArray(Header[]::new))).cloudEvent())
                .isEqualTo(mode("binary"));
        assertThat(view(letter("{\"id\":1}")).cloudEvent()).isNull();
    }

    @Test
    void binary_attributes_are_known_in_every_bindings_spelling() {
        for (var prefix : List.of("ce_", "ce-", "cloudEvents:", "cloudEvents_")) {
            var message =
                    view(
                            letter(
                                    "hello",
                                    Header.of(prefix + "specversion", "1.0"),
                                    Header.of(prefix + "id", "e-1"),
                                    Header.of(
                                            prefix + "source",
                                            prefix.equals("ce-") ? "%2Fshop" : "/shop"),
                                    Header.of(prefix + "type", "order.created")));

            assertThat(message.cloudEvent()).as(prefix).isEqualTo(mode("binary"));
            assertThat(message.decoded().format()).as(prefix).isEqualTo("cloudevents+text");
            assertThat(message.decoded().issues()).as(prefix).isEmpty();
        }
    }

    @Test
    void what_the_sdk_refuses_is_shown_with_its_complaint() {
        var wrong = EVENT.replace("\"unknownext\":1", "\"unknownext\":12345678901234");
        var missing = EVENT.replace("\"id\":\"e-1\",", "");

        var refused = decoder().decode(utf8(wrong), STRUCTURED, PayloadDecoder.Limits.STANDARD);
        var incomplete =
                decoder().decode(utf8(missing), STRUCTURED, PayloadDecoder.Limits.STANDARD);

        assertThat(refused).isInstanceOf(Decoded.Structured.class);
        assertThat(refused.issues().getFirst().sentence())
                .startsWith("The CloudEvents SDK would refuse this event: ");
        assertThat(incomplete.issues()).anyMatch(issue -> issue.where().equals("$.id"));
    }

    @Test
    void gzip_around_a_binary_event_is_both() {
        var headers = BINARY.plus(List.of(Header.of("content-encoding", "gzip")));

        assertThat(
                        view(letter(
                                        Compression.GZIP.compress(utf8("{\"a\":1}"), new byte[0]),
                                        headers.all().toArray(Header[]::new)))
                                .decoded()
                                .format())
                .isEqualTo("gzip+cloudevents+json");
    }

    @Test
    void other_formats_than_json_are_named() {
        assertThat(
                        decoder()
                                .decode(
                                        new byte[] {1, 2, 3},
                                        Headers.of(
                                                Header.of(
                                                        "content-type",
                                                        "application/cloudevents+avro")),
                                        PayloadDecoder.Limits.STANDARD)
                                .format())
                .isEqualTo("cloudevents+avro");
    }

    private static CloudEventInfo mode(String mode) {
        return new CloudEventInfo(mode, INFO.specVersion(), INFO.id(), INFO.source(), INFO.type());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
