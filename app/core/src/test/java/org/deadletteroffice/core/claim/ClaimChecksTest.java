package org.deadletteroffice.core.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deadletteroffice.core.claim.ClaimCheck.AtUrl;
import org.deadletteroffice.core.claim.ClaimCheck.InS3;
import org.deadletteroffice.core.claim.ClaimCheck.Unnamed;
import org.deadletteroffice.core.decode.Decoders;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimChecksTest {
    private static final String POINTER =
            "[\"software.amazon.payloadoffloading.PayloadS3Pointer\",{\"s3BucketName\":\"big\",\"s3Key\":\"a/17\"}]";

    private static DeadLetter letter(String payload, Header... headers) {
        return new DeadLetter(
                new QueueRef("here", "orders.dlq", QueueKind.QUEUE),
                new MessageId("1"),
                null,
                payload.getBytes(StandardCharsets.UTF_8),
                Headers.of(headers),
                null,
                null,
                Failure.NONE,
                null);
    }

    private static List<ClaimCheck> found(String payload, Header... headers) {
        var letter = letter(payload, headers);
        var decoded =
                Decoders.standard().decode(letter.payload(), letter.headers(), null).decoded();
        var found = ClaimChecks.of(letter, decoded);
        assertThat(ClaimChecks.mayHave(letter.payload(), letter.headers()))
                .as("told beforehand")
                .isTrue();
        return found;
    }

    private static ClaimCheck only(String payload, Header... headers) {
        var found = found(payload, headers);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void the_pointer_of_amazons_extended_clients_with_the_size_of_its_attribute() {
        for (var size :
                List.of(
                        "ExtendedPayloadSize:Number",
                        "SQSLargePayloadSize:Number.java.lang.Long")) {
            assertThat(only(POINTER, Header.of(size, "300000")))
                    .isEqualTo(new ClaimCheck(new InS3("big", "a/17"), "the payload", 300_000L));
        }
        assertThat(
                        only(POINTER.replace(
                                        "software.amazon.payloadoffloading.PayloadS3Pointer",
                                        "com.amazon.sqs.javamessaging.MessageS3Pointer"))
                                .place())
                .isEqualTo(new InS3("big", "a/17"));
    }

    @Test
    void the_same_inside_an_sns_notification() {
        var notification =
                "{\"Type\":\"Notification\",\"MessageId\":\"1\",\"TopicArn\":\"arn:aws:sns:eu-central-1:1:t\",\"Message\":\"%s\"}"
                        .formatted(POINTER.replace("\"", "\\\""));

        assertThat(only(notification).place()).isEqualTo(new InS3("big", "a/17"));
    }

    @Test
    void the_attribute_of_the_extended_client_for_javascript() {
        assertThat(only("", Header.of("S3MessageBodyKey", "(big)a/17")))
                .isEqualTo(
                        new ClaimCheck(
                                new InS3("big", "a/17"), "the header 'S3MessageBodyKey'", null));
    }

    @Test
    void an_attribute_of_a_size_without_a_pointer_is_a_lost_payload() {
        var lost = letter("{\"order\":17}", Header.of("ExtendedPayloadSize:Number", "300000"));
        var decoded = Decoders.standard().decode(lost.payload(), lost.headers(), null).decoded();

        assertThat(ClaimChecks.isLost(lost, ClaimChecks.of(lost, decoded))).isTrue();
        assertThat(ClaimChecks.isLost(letter(POINTER), found(POINTER))).isFalse();
    }

    @Test
    void masstransit_says_it_beside_its_data_at_any_depth() {
        var message =
                """
                {"messageId":"1","messageType":["urn:message:Shop:Scan"],
                 "message":{"pages":[{"image":{"data-ref":"https://shop.blob.core.windows.net/message-data/2026/1"}},
                                     {"image":{"data-ref":"urn:msgdata:2026-11:abc"}}]}}""";

        assertThat(found(message))
                .extracting(ClaimCheck::place)
                .satisfiesExactly(
                        place ->
                                assertThat(place)
                                        .isEqualTo(
                                                new AtUrl(
                                                        URI.create(
                                                                "https://shop.blob.core.windows.net/message-data/2026/1"))),
                        place -> assertThat(place).isInstanceOf(Unnamed.class));
        assertThat(found(message).getFirst().evidence())
                .isEqualTo("$.message.pages[0].image.data-ref");
    }

    @Test
    void cloudevents_say_it_by_their_dataref() {
        assertThat(
                        only(
                                        "",
                                        Header.of("ce_specversion", "1.0"),
                                        Header.of("ce_id", "1"),
                                        Header.of("ce_source", "/shop"),
                                        Header.of("ce_type", "scan"),
                                        Header.of("ce_dataref", "https://files.example.org/1"))
                                .evidence())
                .isEqualTo("the header 'ce_dataref'");
        assertThat(
                        only("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"dataref\":\"s3://big/17\"}")
                                .place())
                .isEqualTo(new InS3("big", "17"));
    }

    @Test
    void nservicebus_names_what_only_its_endpoints_find() {
        assertThat(only("{}", Header.of("NServiceBus.DataBus.4f2a", "2026-01-31_08\\7c1")).place())
                .isInstanceOf(Unnamed.class)
                .extracting(ClaimCheck.Place::words)
                .asString()
                .contains("2026-01-31_08\\7c1");
        assertThat(
                        only("{\"Headers\":{\"NServiceBus.MessageId\":\"1\"},\"Body\":\"\",\"S3BodyKey\":\"large/1\"}")
                                .place()
                                .words())
                .contains("large/1");
    }

    @Test
    void a_payload_that_is_nothing_but_an_address() {
        assertThat(only("s3://big/a b/17\n").place()).isEqualTo(new InS3("big", "a b/17"));
        assertThat(only(" https://files.example.org/1?sig=x%2F ").place())
                .isEqualTo(new AtUrl(URI.create("https://files.example.org/1?sig=x%2F")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"claim_check\":\"s3://big/17\"}",
                "{\"event\":{\"payloadUrl\":\"https://files.example.org/1\"}}",
                "{\"payload_ref\":{\"bucket\":\"big\",\"key\":\"17\"}}"
            })
    void members_that_are_called_so(String payload) {
        assertThat(found(payload)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"homepage\":\"https://example.org\",\"key\":\"17\",\"bucket\":\"red\"}",
                "{\"claim_check\":\"yes\"}",
                "see https://example.org",
                "https://",
                "s3://bucket",
                "[\"a\",{\"s3BucketName\":\"big\",\"s3Key\":\"17\"}]",
                "file:///etc/passwd",
                "{\"payloadUrl\":\"file:///etc/passwd\"}",
                "{\"payloadUrl\":\"gopher://169.254.169.254/\"}"
            })
    void what_is_none(String payload) {
        var letter = letter(payload);
        assertThat(
                        ClaimChecks.of(
                                letter,
                                Decoders.standard()
                                        .decode(letter.payload(), letter.headers(), null)
                                        .decoded()))
                .isEmpty();
    }

    @Test
    void a_hostile_message_of_many_pointers_is_told_in_part() {
        var many = "{\"data-ref\":\"s3://big/%d\"},".repeat(1_000);
        var numbers = java.util.stream.IntStream.range(0, 1_000).boxed().toArray();
        var payload = "[" + many.formatted(numbers) + "0]";

        assertThat(found(payload)).hasSize(16);
    }

    @Test
    void a_size_without_a_pointer_may_be_a_lost_payload() {
        var letter = letter("{\"order\":17}", Header.of("ExtendedPayloadSize:Number", "300000"));

        assertThat(ClaimChecks.mayHave(letter.payload(), letter.headers())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"messageData", "payload-ref", "PAYLOAD_URL", "s3_pointer", "CLAIM_CHECK"})
    void a_member_is_told_beforehand_however_it_is_spelt(String name) {
        assertThat(only("{\"" + name + "\":\"https://files.example.org/17\"}").place())
                .isEqualTo(new AtUrl(URI.create("https://files.example.org/17")));
    }

    /// Each value under it would have a path of its length: tens of gigabytes.
    @Test
    @Timeout(60)
    void a_long_name_over_many_values_costs_nothing() {
        var payload =
                "{\"claim-check\":0,\""
                        + "n".repeat(400_000)
                        + "\":[0"
                        + ",0".repeat(250_000)
                        + "]}";

        assertThat(found(payload)).isEmpty();
    }
}
