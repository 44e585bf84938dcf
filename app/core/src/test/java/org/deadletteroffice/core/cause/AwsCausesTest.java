package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.letter;
import static org.deadletteroffice.core.cause.Letters.text;

import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

/// Attributes and records as AWS's guides give them; header names as the SQS connector writes them.
class AwsCausesTest {
    private final Causes causes = Causes.standard();

    @Test
    void lambda_dead_letter_queue() {
        var failure =
                causes.read(
                        letter(
                                "{\"order\":17}",
                                text("ErrorCode:Number", "200"),
                                text("ErrorMessage", "Task timed out after 3.00 seconds"),
                                text("RequestID", "a-b-c"),
                                text("tenant", "shop")));

        assertThat(failure.reader()).isEqualTo("AWS Lambda");
        assertThat(failure.type()).isEqualTo("200");
        assertThat(failure.message()).isEqualTo("Task timed out after 3.00 seconds");
        assertThat(failure.evidence())
                .containsExactlyInAnyOrder("ErrorCode:Number", "ErrorMessage", "RequestID");
    }

    @Test
    void attributes_of_the_death_are_told_from_those_of_the_message() {
        var reader = new AwsLambdaReader();
        var death =
                Headers.of(
                        text("RequestID", "a"),
                        text("ErrorMessage", "b"),
                        text("ErrorCode:Number", "400"),
                        text("tenant", "shop"));
        var own = Headers.of(text("ErrorCode", "my own"));

        assertThat(death.all().stream().filter(header -> reader.isFailureHeader(header, death)))
                .extracting(Header::name)
                .containsExactly("RequestID", "ErrorMessage", "ErrorCode:Number");
        assertThat(own.all().stream().filter(header -> reader.isFailureHeader(header, own)))
                .isEmpty();
    }

    @Test
    void notification_that_sns_could_not_deliver() {
        var failure =
                causes.read(
                        letter(
                                "{\"Type\":\"Notification\",\"TopicArn\":\"arn:aws:sns:eu-central-1:123456789012:orders\",\"Message\":\"{}\"}",
                                text("RequestID", "1"),
                                text("ErrorMessage", "Access to the queue is denied"),
                                text("ErrorCode", "403")));

        assertThat(failure.reader()).isEqualTo("Amazon SNS");
        assertThat(failure.type()).isEqualTo("403");
    }

    @Test
    void lambda_on_failure_destination() {
        var failure =
                causes.read(
                        letter(
                                """
                                {"version":"1.0","timestamp":"2026-03-01T10:15:30.123Z",
                                 "requestContext":{"requestId":"e4b4","functionArn":"arn:aws:lambda:eu-central-1:123456789012:function:pay:$LATEST","condition":"RetriesExhausted","approximateInvokeCount":3},
                                 "requestPayload":{"order":17},
                                 "responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},
                                 "responsePayload":{"errorMessage":"card 4711 declined","errorType":"PaymentError","stackTrace":["at a (a.py:1)","at b (b.py:2)"]}}
                                """));

        assertThat(failure.reader()).isEqualTo("AWS Lambda");
        assertThat(failure.type()).isEqualTo("PaymentError");
        assertThat(failure.message()).isEqualTo("card 4711 declined");
        assertThat(failure.tries()).isEqualTo(3);
        assertThat(failure.consumer()).endsWith("function:pay:$LATEST");
        assertThat(failure.stackTrace()).isEqualTo("at a (a.py:1)\nat b (b.py:2)");
    }

    @Test
    void record_that_is_cut_short_tells_nothing_and_harms_nobody() {
        assertThat(causes.read(letter("{\"requestContext\":{\"functionArn\":\"arn")).isKnown())
                .isFalse();
    }

    @Test
    void event_bridge_rule() {
        var failure =
                causes.read(
                        letter(
                                "{\"detail-type\":\"order\"}",
                                text("ERROR_CODE", "NO_PERMISSIONS"),
                                text("ERROR_MESSAGE", "Lambda does not allow it"),
                                text("RETRY_ATTEMPTS", "185"),
                                text("EXHAUSTED_RETRY_CONDITION", "MaximumRetryAttempts"),
                                text(
                                        "RULE_ARN",
                                        "arn:aws:events:eu-central-1:123456789012:rule/orders"),
                                text(
                                        "TARGET_ARN",
                                        "arn:aws:lambda:eu-central-1:123456789012:function:pay")));

        assertThat(failure.reader()).isEqualTo("Amazon EventBridge");
        assertThat(failure.type()).isEqualTo("NO_PERMISSIONS");
        assertThat(failure.tries()).isEqualTo(186);
        assertThat(failure.consumer()).endsWith("function:pay");
    }

    @Test
    void event_bridge_schedule() {
        var failure =
                causes.read(
                        letter(
                                "{}",
                                text("ERROR_CODE", "ResourceNotFound"),
                                text("ERROR_MESSAGE", "no such queue"),
                                text(
                                        "SCHEDULE_ARN",
                                        "arn:aws:scheduler:eu-central-1:123456789012:schedule/default/nightly")));

        assertThat(failure.reader()).isEqualTo("Amazon EventBridge");
        assertThat(failure.type()).isEqualTo("ResourceNotFound");
        assertThat(failure.tries()).isNull();
    }
}
