package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.sqs.AwsStandIn.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What AWS refuses and ElasticMQ does not: rights, keys, signatures, moves.
class ServiceRefusalsTest extends OnAwsStandIn {
    @Test
    void a_denied_act_names_the_action_and_the_resource() {
        aws.answer("ReceiveMessage", Answer.denied("sqs:ReceiveMessage", "orders-dlq"));

        assertThatThrownBy(
                        () -> {
                            try (var browse = connection.browse(QUEUE)) {
                                browse.page(Cursor.oldest(), Direction.NEWER, 1);
                            }
                        })
                .isInstanceOfSatisfying(
                        BrokerException.NotAuthorized.class,
                        denied ->
                                assertThat(denied.remedy())
                                        .isEqualTo(
                                                new Remedy.Grant(
                                                        "sqs:ReceiveMessage on "
                                                                + AwsStandIn.arn("orders-dlq"))));
    }

    @ParameterizedTest
    @CsvSource({
        "RequestThrottled, Throttled",
        "OverLimit, Throttled",
        "PurgeQueueInProgress, Throttled",
        "QueueDeletedRecently, Throttled",
        "InvalidAddress, NotFound",
        "InvalidClientTokenId, NotAuthenticated",
        "UnrecognizedClientException, NotAuthenticated",
        "SignatureDoesNotMatch, NotAuthenticated",
        "ExpiredToken, NotAuthenticated",
        "RequestExpired, NotAuthenticated",
        "AWS.SimpleQueueService.NonExistentQueue, NotFound",
        "QueueDoesNotExist, NotFound",
        "InternalFailure, Unreachable",
        "Nonsense, Corrupt"
    })
    void every_answer_has_a_sentence_and_something_to_do(String code, String expected) {
        aws.answer(
                "GetQueueAttributes",
                Answer.error(code.equals("InternalFailure") ? 500 : 400, code, "no"));

        assertThatThrownBy(() -> connection.queue(QUEUE))
                .isInstanceOfSatisfying(
                        BrokerException.class,
                        told -> {
                            assertThat(told.getClass().getSimpleName()).isEqualTo(expected);
                            assertThat(told.sentence()).isNotBlank().doesNotContain("example");
                            assertThat(told.remedy().sentence()).isNotBlank();
                        });
    }

    /// As the services' models have them: SQS's two spellings, then SNS's.
    @ParameterizedTest
    @CsvSource({
        "KMS.AccessDeniedException, NotAuthorized, kms:Decrypt",
        "KmsAccessDenied, NotAuthorized, kms:Decrypt",
        "KMSAccessDenied, NotAuthorized, kms:Decrypt",
        "KMS.ThrottlingException, Throttled, ''",
        "KMSThrottling, Throttled, ''",
        "KMS.DisabledException, NotAuthorized, enabled",
        "KMS.NotFoundException, NotAuthorized, enabled",
        "KMS.InvalidStateException, NotAuthorized, enabled",
        "KMSOptInRequired, NotAuthorized, enabled"
    })
    void what_stands_against_a_key_is_not_taken_for_a_right_in_sqs(
            String code, String expected, String remedy) {
        aws.answer("ReceiveMessage", Answer.error(400, code, "no"));

        assertThatThrownBy(
                        () -> {
                            try (var browse = connection.browse(QUEUE)) {
                                browse.page(Cursor.oldest(), Direction.NEWER, 1);
                            }
                        })
                .isInstanceOfSatisfying(
                        BrokerException.class,
                        told -> {
                            assertThat(told.getClass().getSimpleName()).isEqualTo(expected);
                            assertThat(told.sentence()).contains("key");
                            assertThat(told.remedy().sentence()).contains(remedy);
                        });
    }

    @Test
    void a_signature_for_another_region_points_to_the_region_and_a_wrong_clock_to_the_clock() {
        aws.answer(
                "GetQueueAttributes",
                Answer.error(
                        403,
                        "SignatureDoesNotMatch",
                        "Credential should be scoped to a valid region"));
        assertThatThrownBy(() -> connection.queue(QUEUE))
                .isInstanceOfSatisfying(
                        BrokerException.NotAuthenticated.class,
                        told -> assertThat(told.remedy()).isEqualTo(new Remedy.Edit("region")));

        aws.answer(
                "GetQueueAttributes",
                Answer.error(403, "InvalidSignatureException", "Signature expired: 2026 is now"));
        assertThatThrownBy(() -> connection.queue(QUEUE))
                .isInstanceOf(BrokerException.NotAuthenticated.class)
                .hasMessageContaining("clock");
    }

    @Test
    void a_move_that_aws_refuses_or_that_fails_is_told_with_its_reason() throws Exception {
        var mover = connection.serverSideMover().orElseThrow();
        assertThatThrownBy(() -> mover.start(QUEUE, null, null))
                .isInstanceOf(BrokerException.Unsupported.class)
                .hasMessageContaining("orders-dlq");

        aws.answer(
                "ListDeadLetterSourceQueues",
                _ -> Answer.ok("{\"queueUrls\":[\"%s\"]}".formatted(aws.url("orders"))));
        aws.answer("StartMessageMoveTask", Answer.ok("{\"TaskHandle\":\"task-1\"}"));
        var handle = mover.start(QUEUE, null, 50);
        assertThat(aws.asked("StartMessageMoveTask").getFirst().members())
                .containsEntry("MaxNumberOfMessagesPerSecond", "50")
                .containsEntry("SourceArn", AwsStandIn.arn("orders-dlq"))
                .doesNotContainKey("DestinationArn");
        aws.answer(
                "ListMessageMoveTasks",
                Answer.ok(
                        "{\"Results\":[{\"Status\":\"FAILED\",\"ApproximateNumberOfMessagesMoved\":7,\"FailureReason\":\"AccessDenied\",\"StartedTimestamp\":%d}]}"
                                .formatted(System.currentTimeMillis())));

        var status = mover.status(handle);
        assertThat(status.state().name()).isEqualTo("FAILED");
        assertThat(status.moved()).isEqualTo(7);
        assertThat(status.sentence()).isEqualTo("AccessDenied");
    }
}
