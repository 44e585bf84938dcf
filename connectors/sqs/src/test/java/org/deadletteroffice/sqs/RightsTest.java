package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.sqs.AwsStandIn.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One right is missing and all others are there: the check of its act alone fails, and prints the
/// policy that grants it.
class RightsTest extends OnAwsStandIn {
    @BeforeEach
    void allowEverything() {
        aws.answer(
                "ListQueues",
                _ ->
                        Answer.ok(
                                "{\"QueueUrls\":[\"%s\",\"%s\"]}"
                                        .formatted(aws.url("q"), aws.url("q-dlq"))));
        aws.answer(
                "ListDeadLetterSourceQueues",
                _ -> Answer.ok("{\"queueUrls\":[\"%s\"]}".formatted(aws.url("q"))));
        aws.answer(
                "GetQueueAttributes",
                request -> {
                    var queue = QueueAddress.nameOf(request.member("QueueUrl"));
                    return Answer.ok(
                            "{\"Attributes\":{\"QueueArn\":\"%s\"%s}}"
                                    .formatted(
                                            AwsStandIn.arn(queue), queue.equals("q") ? DIES : ""));
                });
        // What the service says to who may, of requests that cannot succeed.
        aws.answer("ReceiveMessage", Answer.error(400, "InvalidParameterValue", "1 to 10"));
        aws.answer(
                "ChangeMessageVisibility",
                Answer.error(400, "ReceiptHandleIsInvalid", "no handle"));
        aws.answer(
                "SendMessageBatch", Answer.error(400, "EmptyBatchRequest", "at least one entry"));
        aws.answer("DeleteMessage", Answer.error(400, "ReceiptHandleIsInvalid", "no handle"));
        aws.answer("ListMessageMoveTasks", Answer.ok("{\"Results\":[]}"));
        aws.answer(
                "GetMetricData",
                Answer.ok(
                        "<GetMetricDataResponse><GetMetricDataResult><MetricDataResults/></GetMetricDataResult></GetMetricDataResponse>"));
    }

    private static final String DIES =
            ",\"RedrivePolicy\":\"{\\\"deadLetterTargetArn\\\":\\\"%s\\\",\\\"maxReceiveCount\\\":3}\""
                    .formatted(AwsStandIn.arn("q-dlq"));

    private Map<String, Check> checks() throws Exception {
        var steps = new LinkedHashMap<String, Check>();
        connection.checks(check -> steps.put(check.name(), check));
        return steps;
    }

    private static List<String> failed(Map<String, Check> steps) {
        return steps.values().stream()
                .filter(check -> check.state() == Check.State.FAILED)
                .map(Check::name)
                .toList();
    }

    @Test
    void who_may_do_everything_passes_everything() throws Exception {
        var steps = checks();

        assertThat(failed(steps)).isEmpty();
        assertThat(
                        steps.values().stream()
                                .filter(check -> check.state() == Check.State.PASSED)
                                .map(Check::name)
                                .collect(Collectors.toSet()))
                .contains(SqsChecks.LIST, SqsChecks.METRICS, SqsChecks.TOPICS)
                .containsAll(RightProbe.ALL.stream().map(RightProbe::step).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ReceiveMessage | q-dlq | Look: receive | sqs:ReceiveMessage sqs:ChangeMessageVisibility",
                "ChangeMessageVisibility | q-dlq | Look: give back | sqs:ReceiveMessage sqs:ChangeMessageVisibility",
                "SendMessageBatch | q | Redrive: send to the origin | sqs:SendMessage",
                "DeleteMessage | q-dlq | Redrive: remove | sqs:DeleteMessage",
                "ListMessageMoveTasks | q-dlq | Redrive by SQS: list moves | sqs:StartMessageMoveTask sqs:ListMessageMoveTasks sqs:CancelMessageMoveTask"
            })
    void the_act_that_is_denied_prints_its_policy(
            String operation, String queue, String step, String actions) throws Exception {
        // A batch needs the right of the single one.
        var action = "sqs:" + operation.replace("Batch", "");
        aws.answer(operation, Answer.denied(action, queue));

        var steps = checks();

        assertThat(failed(steps)).containsExactly(step);
        var check = Objects.requireNonNull(steps.get(step));
        assertThat(check.detail())
                .contains("may not call " + action)
                .endsWith(policy(actions, AwsStandIn.arn(queue)));
        assertThat(check.remedy())
                .isEqualTo(new Remedy.Grant(action + " on " + AwsStandIn.arn(queue)));
    }

    @Test
    void who_may_not_list_is_told_what_listing_needs_and_tries_no_queue() throws Exception {
        aws.answer("ListQueues", Answer.denied("sqs:ListQueues", ""));

        var steps = checks();

        assertThat(failed(steps)).containsExactly(SqsChecks.LIST);
        assertThat(Objects.requireNonNull(steps.get(SqsChecks.LIST)).detail())
                .endsWith(
                        policy(
                                "sqs:ListQueues sqs:GetQueueUrl sqs:GetQueueAttributes sqs:ListDeadLetterSourceQueues",
                                "*"));
        assertThat(aws.asked("ReceiveMessage")).isEmpty();
    }

    private static String policy(String actions, String resource) {
        return "This policy allows it: {\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"%s\"],\"Resource\":\"%s\"}]}"
                .formatted(actions.replace(" ", "\",\""), resource);
    }

    @Test
    void two_acts_that_are_denied_fail_each_by_itself_and_no_other() throws Exception {
        aws.answer(
                "ChangeMessageVisibility", Answer.denied("sqs:ChangeMessageVisibility", "q-dlq"));
        aws.answer("SendMessageBatch", Answer.denied("sqs:SendMessage", "q"));

        assertThat(failed(checks()))
                .containsExactlyInAnyOrder("Look: give back", "Redrive: send to the origin");
    }
}
