package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Objects;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.sqs.AwsStandIn.Answer;
import org.deadletteroffice.sqs.AwsStandIn.Asked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What CloudWatch says of queues, in its own protocol.
class QueueMetricsTest extends OnAwsStandIn {
    private static final Instant PERIOD = Instant.parse("2026-03-01T12:00:00Z");

    @BeforeEach
    void list() {
        aws.answer(
                "ListQueues",
                Answer.ok(
                        "{\"QueueUrls\":[\"%s\",\"%s\"]}"
                                .formatted(aws.url("orders"), aws.url("orders-dlq"))));
        aws.answer("GetQueueAttributes", QueueMetricsTest::attributes);
    }

    @Test
    void ages_and_rates_are_taken_from_the_newest_period() throws Exception {
        aws.answer("GetMetricData", QueueMetricsTest::measured);

        // 90 s old at the end of the period that begins at noon.
        assertThat(queue("orders-dlq").oldest()).isEqualTo(PERIOD.minusSeconds(30));
        assertThat(queue("orders").inRate()).isEqualTo(2.0);
        assertThat(queue("orders").outRate()).isEqualTo(1.0);
        assertThat(queue("orders-dlq").inRate())
                .as("its depth has not changed since the look before")
                .isZero();
    }

    @Test
    void metrics_are_charged_and_so_asked_once_a_minute() throws Exception {
        aws.answer("GetMetricData", QueueMetricsTest::measured);

        connection.queues();
        connection.queues();

        assertThat(aws.asked("GetMetricData")).hasSize(1);
    }

    @Test
    void without_the_right_queues_are_listed_and_the_check_prints_the_policy() throws Exception {
        aws.answer(
                "GetMetricData",
                new Answer(
                        403,
                        "",
                        """
                        <ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>
                        <Message>User: bob is not authorized to perform: cloudwatch:GetMetricData</Message>
                        </Error></ErrorResponse>"""));

        assertThat(queue("orders").depth().value()).isEqualTo(5);
        assertThat(queue("orders-dlq").oldest()).isNull();
        assertThat(aws.asked("GetMetricData")).as("left alone for a while").hasSize(1);

        var steps = new HashMap<String, Check>();
        connection.checks(check -> steps.put(check.name(), check));
        var metrics = Objects.requireNonNull(steps.get(SqsChecks.METRICS));
        assertThat(metrics.state()).isEqualTo(Check.State.WARNING);
        assertThat(metrics.detail())
                .contains("\"Action\":[\"cloudwatch:GetMetricData\"],\"Resource\":\"*\"");
        assertThat(metrics.remedy()).isInstanceOf(Remedy.Grant.class);
    }

    /// Five messages each; those of `orders` die into `orders-dlq`.
    private static Answer attributes(Asked request) {
        var queue = QueueAddress.nameOf(request.member("QueueUrl"));
        var policy =
                queue.equals("orders")
                        ? ",\"RedrivePolicy\":\"{\\\"deadLetterTargetArn\\\":\\\"%s\\\",\\\"maxReceiveCount\\\":3}\""
                                .formatted(AwsStandIn.arn("orders-dlq"))
                        : "";
        return Answer.ok(
                "{\"Attributes\":{\"QueueArn\":\"%s\",\"ApproximateNumberOfMessages\":\"5\"%s}}"
                        .formatted(AwsStandIn.arn(queue), policy));
    }

    private QueueInfo queue(String name) throws Exception {
        return connection.queues().stream()
                .filter(info -> info.ref().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Each question is answered by its metric: an age of 90 s, 120 sent, 60 deleted.
    private static Answer measured(Asked request) {
        var results = new StringBuilder();
        for (var i = 1; ; i++) {
            var question = "MetricDataQueries.member." + i;
            var id = request.member(question + ".Id");
            if (id.isEmpty()) {
                break;
            }
            var value =
                    switch (request.member(question + ".MetricStat.Metric.MetricName")) {
                        case "ApproximateAgeOfOldestMessage" -> "90";
                        case "NumberOfMessagesSent" -> "120";
                        case "NumberOfMessagesDeleted" -> "60";
                        default -> throw new AssertionError("an unknown metric");
                    };
            results.append(
                    """
                    <member><Id>%s</Id><StatusCode>Complete</StatusCode>
                    <Timestamps><member>%s</member><member>%s</member></Timestamps>
                    <Values><member>%s</member><member>1</member></Values></member>"""
                            .formatted(id, PERIOD, PERIOD.minusSeconds(60), value));
        }
        return Answer.ok(
                "<GetMetricDataResponse><GetMetricDataResult><MetricDataResults>%s</MetricDataResults></GetMetricDataResult></GetMetricDataResponse>"
                        .formatted(results));
    }
}
