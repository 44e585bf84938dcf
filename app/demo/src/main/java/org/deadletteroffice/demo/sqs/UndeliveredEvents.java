package org.deadletteroffice.demo.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What AWS's own services put into a dead-letter queue when they could not deliver: with the
/// attributes that each of them writes.
enum UndeliveredEvents {
    /// Notifications of a topic that one subscriber's queue did not take.
    SNS("order-events-billing-dlq", 40) {
        @Override
        ShopMessage message(int n, Instant now) {
            return ShopMessage.of(
                            """
                            {"Type":"Notification","MessageId":"00000000-0000-4000-8000-%s","TopicArn":"arn:aws:sns:eu-central-1:000000000000:order-events","Subject":"order.placed","Message":"{\\"order\\":\\"A-%s\\",\\"total\\":%s.90}","Timestamp":"%s","SignatureVersion":"1","Signature":"EXAMPLE==","UnsubscribeURL":"https://sns.eu-central-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=arn:aws:sns:eu-central-1:000000000000:order-events:c0ffee00","MessageAttributes":{"tenant":{"Type":"String","Value":"shop-%s"}}}"""
                                    .formatted(twelve(n), 4_000 + n, 10 + n, ago(now, n), n % 3))
                    .with(
                            Map.of(
                                    "RequestID",
                                    ShopMessage.text(id(n)),
                                    "ErrorCode",
                                    ShopMessage.text("403"),
                                    "ErrorMessage",
                                    ShopMessage.text(
                                            "Access to the resource"
                                                    + " https://sqs.eu-central-1.amazonaws.com/000000000000/billing"
                                                    + " is denied.")));
        }
    },
    /// Events of an asynchronous function that failed three times.
    LAMBDA("thumbnails-function-dlq", 50) {
        @Override
        ShopMessage message(int n, Instant now) {
            return ShopMessage.of(
                            """
                            {"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","eventTime":"%s","s3":{"bucket":{"name":"shop-uploads"},"object":{"key":"products/%s.tiff","size":%s}}}]}"""
                                    .formatted(ago(now, n), 7_000 + n, 900_000 + 13 * n))
                    .with(
                            Map.of(
                                    "RequestID",
                                    ShopMessage.text(id(n)),
                                    "ErrorCode",
                                    ShopMessage.number(200),
                                    "ErrorMessage",
                                    ShopMessage.text(
                                            n % 5 == 0
                                                    ? "RequestId: "
                                                            + id(n)
                                                            + " Error: Runtime exited with error:"
                                                            + " signal: killed"
                                                    : "cannot identify image file"
                                                            + " '/tmp/"
                                                            + (7_000 + n)
                                                            + ".tiff'")));
        }
    },
    /// Events of a rule whose target may not be called.
    EVENTBRIDGE("nightly-report-rule-dlq", 24) {
        @Override
        ShopMessage message(int n, Instant now) {
            return ShopMessage.of(
                            """
                            {"version":"0","id":"%s","detail-type":"Report Due","source":"shop.reports","account":"000000000000","time":"%s","region":"eu-central-1","resources":[],"detail":{"report":"turnover","day":%s}}"""
                                    .formatted(id(n), ago(now, 60 * n), n))
                    .with(
                            Map.of(
                                    "RULE_ARN",
                                    ShopMessage.text(
                                            "arn:aws:events:eu-central-1:000000000000:rule/nightly-report"),
                                    "TARGET_ARN",
                                    ShopMessage.text(
                                            "arn:aws:lambda:eu-central-1:000000000000:function:report"),
                                    "ERROR_CODE",
                                    ShopMessage.text(n % 4 == 0 ? "THROTTLING" : "NO_PERMISSIONS"),
                                    "ERROR_MESSAGE",
                                    ShopMessage.text(
                                            n % 4 == 0
                                                    ? "Rate exceeded"
                                                    : "Lambda does not allow EventBridge to invoke"
                                                            + " the function"),
                                    "RETRY_ATTEMPTS",
                                    ShopMessage.text(n % 4 == 0 ? "185" : "0")));
        }
    };

    static final List<UndeliveredEvents> ALL = List.of(values());

    private final String queue;
    private final int count;

    UndeliveredEvents(String queue, int count) {
        this.queue = queue;
        this.count = count;
    }

    abstract ShopMessage message(int n, Instant now);

    String queue() {
        return queue;
    }

    int count() {
        return count;
    }

    private static String id(int n) {
        return "7d0c6f9a-3e52-4b1d-9f10-" + twelve(n);
    }

    private static String twelve(int n) {
        return String.format(Locale.ROOT, "%012d", n);
    }

    private static Instant ago(Instant now, int minutes) {
        return now.minus(Duration.ofMinutes(minutes))
                .truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    }
}
