package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.message.QueueRole;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.deadletteroffice.sqs.AwsStandIn.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What AWS says and ElasticMQ does not: refusals, throttling, entries of a batch that fail, topics
/// and roles.
class SqsServiceTest {
    private static final QueueRef QUEUE = new QueueRef("aws", "orders-dlq", QueueKind.QUEUE);
    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:orders";
    private AwsStandIn aws;
    private BrokerConnection connection;

    @BeforeEach
    void start() throws IOException {
        aws = new AwsStandIn();
        connection = aws.open();
    }

    @AfterEach
    void stop() {
        connection.close();
        aws.close();
    }

    private static Outgoing outgoing(int number, String destination, Header... headers) {
        return outgoing(number, destination, "m" + number, headers);
    }

    private static Outgoing outgoing(
            int number, String destination, String text, Header... headers) {
        var body = text.getBytes(StandardCharsets.UTF_8);
        var letter =
                new DeadLetter(
                        QUEUE,
                        new MessageId("00000000-0000-0000-0000-%012d".formatted(number)),
                        null,
                        body,
                        Headers.of(headers),
                        null,
                        null,
                        Failure.NONE,
                        null);
        return new Outgoing(number, letter, destination, null, null, body, letter.headers(), null);
    }

    private List<TransferEvent> send(Outgoing... batch) throws BrokerException {
        try (var transfer = connection.transfer(new TransferPlan("job-1", QUEUE, "aws"))) {
            return transfer.send(List.of(batch));
        }
    }

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

    @Test
    void what_is_visible_in_flight_and_delayed_is_told_apart() throws Exception {
        aws.answer(
                "GetQueueAttributes",
                Answer.ok(
                        "{\"Attributes\":{\"ApproximateNumberOfMessages\":\"5\",\"ApproximateNumberOfMessagesNotVisible\":\"3\",\"ApproximateNumberOfMessagesDelayed\":\"2\"}}"));

        var info = connection.queue(QUEUE);

        assertThat(info.depth().value()).isEqualTo(10);
        assertThat(info.shares()).isEqualTo(new QueueInfo.Shares(5, 3, 2));
    }

    @Test
    void a_queue_that_allows_some_to_die_into_it_is_a_dead_letter_queue_though_none_names_it()
            throws Exception {
        aws.answer(
                "GetQueueAttributes",
                Answer.ok(
                        "{\"Attributes\":{\"RedriveAllowPolicy\":\"{\\\"redrivePermission\\\":\\\"byQueue\\\",\\\"sourceQueueArns\\\":[\\\"%s\\\"]}\"}}"
                                .formatted(AwsStandIn.arn("orders"))));

        var info = connection.queue(QUEUE);

        assertThat(info.role()).isEqualTo(QueueRole.DEAD_LETTER);
        assertThat(info.feeds()).containsExactly("orders");
    }

    @Test
    void checks_name_the_missing_action_of_each_act_and_print_the_policy() throws Exception {
        aws.answer(
                "ListQueues",
                _ -> Answer.ok("{\"QueueUrls\":[\"%s\"]}".formatted(aws.url("q-dlq"))));
        aws.answer(
                "ListDeadLetterSourceQueues",
                _ -> Answer.ok("{\"queueUrls\":[\"%s\"]}".formatted(aws.url("q"))));
        aws.answer(
                "GetQueueAttributes",
                request ->
                        Answer.ok(
                                "{\"Attributes\":{\"QueueArn\":\"%s\",\"RedrivePolicy\":\"{\\\"deadLetterTargetArn\\\":\\\"%s\\\",\\\"maxReceiveCount\\\":3}\"}}"
                                        .formatted(
                                                AwsStandIn.arn(
                                                        QueueAddress.nameOf(
                                                                request.member("QueueUrl"))),
                                                AwsStandIn.arn("q-dlq"))));
        aws.answer("ReceiveMessage", Answer.error(400, "InvalidParameterValue", "1 to 10"));
        aws.answer(
                "ChangeMessageVisibility", Answer.denied("sqs:ChangeMessageVisibility", "q-dlq"));
        aws.answer("SendMessageBatch", Answer.denied("sqs:SendMessage", "q-dlq"));
        aws.answer("DeleteMessage", Answer.error(400, "ReceiptHandleIsInvalid", "no handle"));
        aws.answer("ListMessageMoveTasks", Answer.ok("{\"Results\":[]}"));

        var steps = new LinkedHashMap<String, Check>();
        connection.checks(check -> steps.put(check.name(), check));

        assertThat(step(steps, "Look: receive").state()).isEqualTo(Check.State.PASSED);
        assertThat(step(steps, "Redrive: remove").state()).isEqualTo(Check.State.PASSED);
        assertThat(step(steps, "Redrive by SQS: list moves").state()).isEqualTo(Check.State.PASSED);
        var hold = step(steps, "Look: give back");
        assertThat(hold.state()).isEqualTo(Check.State.FAILED);
        assertThat(hold.detail())
                .contains(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"sqs:ReceiveMessage\",\"sqs:ChangeMessageVisibility\"],\"Resource\":\"arn:aws:sqs:eu-central-1:123456789012:q-dlq\"}]}");
        var send = step(steps, "Redrive: send to the origin");
        assertThat(send.state()).isEqualTo(Check.State.FAILED);
        assertThat(send.remedy()).isInstanceOf(Remedy.Grant.class);
    }

    @Test
    void a_message_vanishes_when_the_queue_s_retention_is_over_since_its_first_send()
            throws Exception {
        aws.answer(
                "GetQueueAttributes",
                Answer.ok("{\"Attributes\":{\"MessageRetentionPeriod\":\"345600\"}}"));
        aws.answer(
                "ReceiveMessage",
                Answer.ok(
                        AwsStandIn.message("m-1", "old")
                                .replace(
                                        "\"Body\"",
                                        "\"Attributes\":{\"SentTimestamp\":\"1767225600000\"},\"Body\"")));
        aws.answer("ChangeMessageVisibilityBatch", AwsStandIn::each);

        assertThat(connection.queue(QUEUE).vanishesAfter()).isEqualTo(Duration.ofDays(4));
        try (var browse = connection.browse(QUEUE)) {
            assertThat(browse.page(Cursor.oldest(), Direction.NEWER, 1).messages())
                    .extracting(DeadLetter::timestamp)
                    .containsExactly(Instant.parse("2026-01-01T00:00:00Z"));
        }
    }

    @Test
    void what_comes_again_after_its_removal_is_not_shown_but_removed_with_the_next()
            throws Exception {
        var given = new ArrayDeque<>(List.of("m-1", "m-1", "m-2"));
        aws.answer(
                "ReceiveMessage",
                _ -> {
                    var next = given.poll();
                    return Answer.ok(next == null ? "{}" : AwsStandIn.message(next, "text"));
                });
        aws.answer("DeleteMessageBatch", AwsStandIn::each);
        try (var browse = connection.browse(QUEUE)) {
            var first = browse.page(Cursor.oldest(), Direction.NEWER, 1);
            assertThat(ids(first.messages())).containsExactly("m-1");
            connection.remove(QUEUE, List.of(first.messages().getFirst().id()));

            var second = browse.page(first.newer(), Direction.NEWER, 1);

            assertThat(ids(second.messages())).containsExactly("m-2");
            assertThat(connection.remove(QUEUE, List.of(second.messages().getFirst().id())))
                    .hasSize(1);
        }
        assertThat(aws.asked("DeleteMessageBatch").getLast().text())
                .contains("\"Id\":\"0\"", "\"Id\":\"1\"");
    }

    private static List<String> ids(List<DeadLetter> letters) {
        return letters.stream().map(letter -> letter.id().text()).toList();
    }

    @Test
    void a_queue_that_was_deleted_while_it_was_listed_hides_no_other() throws Exception {
        aws.answer(
                "ListQueues",
                _ ->
                        Answer.ok(
                                "{\"QueueUrls\":[\"%s\",\"%s\"]}"
                                        .formatted(aws.url("there"), aws.url("deleted"))));
        aws.answer(
                "GetQueueAttributes",
                request ->
                        request.member("QueueUrl").endsWith("deleted")
                                ? Answer.error(
                                        400, "AWS.SimpleQueueService.NonExistentQueue", "none")
                                : Answer.ok("{\"Attributes\":{}}"));

        assertThat(connection.queues())
                .extracting(info -> info.ref().name())
                .containsExactly("there");
    }

    private static Check step(Map<String, Check> steps, String name) {
        return Objects.requireNonNull(steps.get(name), name);
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
    void entries_that_fail_for_good_are_refused_and_others_are_sent_again() throws Exception {
        aws.answer(
                "SendMessageBatch",
                request ->
                        Answer.ok(
                                """
                                {"Successful":[%s],
                                 "Failed":[{"Id":"1","SenderFault":true,"Code":"InvalidMessageContents","Message":"no"},
                                           {"Id":"2","SenderFault":false,"Code":"InternalError","Message":"later"}]}
                                """
                                        .formatted(AwsStandIn.taken(request, "0"::equals))));

        var events = send(outgoing(0, "orders"), outgoing(1, "orders"), outgoing(2, "orders"));

        assertThat(events.get(0)).isEqualTo(new TransferEvent.Sent(0, "orders id-0"));
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        TransferEvent.Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isInstanceOf(BrokerException.Unsupported.class));
        assertThat(events.get(2)).isEqualTo(new TransferEvent.Untouched(2));
    }

    @Test
    void batch_of_which_nothing_went_is_left_to_who_waits_and_tries_again() {
        aws.answer(
                "SendMessageBatch",
                Answer.ok(
                        "{\"Successful\":[],\"Failed\":[{\"Id\":\"0\",\"SenderFault\":false,\"Code\":\"RequestThrottled\"}]}"));

        assertThatThrownBy(() -> send(outgoing(0, "orders")))
                .isInstanceOf(BrokerException.Throttled.class);
    }

    @Test
    void requests_that_went_are_told_though_another_was_throttled() throws Exception {
        var requests = new AtomicInteger();
        aws.answer(
                "SendMessageBatch",
                request ->
                        requests.getAndIncrement() == 1
                                ? Answer.error(400, "RequestThrottled", "slow down")
                                : Answer.ok(
                                        "{\"Successful\":[%s],\"Failed\":[]}"
                                                .formatted(AwsStandIn.taken(request, _ -> true))));
        var batch =
                IntStream.range(0, 30)
                        .mapToObj(number -> outgoing(number, "orders", "m" + number))
                        .toArray(Outgoing[]::new);

        var events = send(batch);

        assertThat(events).hasSize(30);
        assertThat(events.stream().filter(event -> event instanceof TransferEvent.Sent))
                .hasSize(10 * (requests.get() - 1));
        assertThat(events.stream().filter(event -> event instanceof TransferEvent.Untouched))
                .as("to be sent again")
                .hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void message_larger_than_the_limit_of_the_target_is_refused_before_it_is_sent()
            throws Exception {
        aws.answer(
                "GetQueueAttributes",
                Answer.ok(
                        "{\"Attributes\":{\"QueueArn\":\"%s\",\"MaximumMessageSize\":\"1024\"}}"
                                .formatted(AwsStandIn.arn("orders"))));
        var large = outgoing(0, "orders", Header.of("padding", "x".repeat(1_023)));

        try (var transfer = connection.transfer(new TransferPlan("job-1", QUEUE, "aws"))) {
            assertThat(transfer.rehearse(List.of(large)).getFirst())
                    .isInstanceOfSatisfying(
                            TransferEvent.Refused.class,
                            refused ->
                                    assertThat(refused.reason())
                                            .isInstanceOfSatisfying(
                                                    BrokerException.TooLarge.class,
                                                    told ->
                                                            assertThat(told.limit())
                                                                    .isEqualTo(1_024)));
        }
        assertThat(aws.asked("SendMessageBatch")).isEmpty();
    }

    @Test
    void batches_are_cut_by_count_and_by_size() throws Exception {
        var batches = new AtomicInteger();
        aws.answer(
                "SendMessageBatch",
                request -> {
                    batches.incrementAndGet();
                    assertThat(request.text().length()).isLessThan(1_100_000);
                    return Answer.ok(
                            "{\"Successful\":[%s],\"Failed\":[]}"
                                    .formatted(AwsStandIn.taken(request, _ -> true)));
                });
        var batch =
                IntStream.range(0, 9)
                        .mapToObj(number -> outgoing(number, "orders", "x".repeat(300_000)))
                        .toArray(Outgoing[]::new);

        assertThat(send(batch)).hasSize(9).allMatch(event -> event instanceof TransferEvent.Sent);
        assertThat(batches).hasValue(3);
    }

    @Test
    void a_topic_is_published_to_by_its_arn() throws Exception {
        aws.answer(
                "PublishBatch",
                request -> {
                    assertThat(request.members())
                            .containsEntry("TopicArn", TOPIC)
                            .containsEntry("PublishBatchRequestEntries.member.1.Message", "m1")
                            .containsEntry(
                                    "PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Name",
                                    "kind")
                            .containsEntry(
                                    "PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.DataType",
                                    "String");
                    return SnsAnswers.published();
                });

        assertThat(send(outgoing(1, TOPIC, Header.of("kind", "order"))))
                .containsExactly(new TransferEvent.Sent(1, "orders n-1"));
    }

    @Test
    void a_role_is_assumed_with_its_external_id_and_mfa_code() throws Exception {
        aws.answer(
                "AssumeRole",
                request -> {
                    assertThat(request.members())
                            .containsEntry("RoleArn", "arn:aws:iam::123456789012:role/operator")
                            .containsEntry("ExternalId", "shop")
                            .containsEntry("SerialNumber", "arn:aws:iam::123456789012:mfa/alice")
                            .containsEntry("TokenCode", "123456");
                    return Answer.ok(
                            """
                            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
                              <Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
                            </AssumeRoleResult></AssumeRoleResponse>
                            """);
                });
        var settings =
                aws.settings()
                        .with("signIn", "ROLE")
                        .with("roleArn", "arn:aws:iam::123456789012:role/operator")
                        .with("externalId", "shop")
                        .with("mfaSerial", "arn:aws:iam::123456789012:mfa/alice")
                        .withSecret("mfaCode", new Secret("123456"));
        System.setProperty("aws.accessKeyId", "AKIABASE");
        System.setProperty("aws.secretAccessKey", "base");
        try (var role = new SqsConnector().open("aws", settings)) {
            assertThat(role.queue(QUEUE).ref()).isEqualTo(QUEUE);
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
        assertThat(aws.asked("AssumeRole")).hasSize(1);
    }

    @Test
    void all_pages_of_queues_are_listed() throws Exception {
        aws.answer(
                "ListQueues",
                request ->
                        request.members().containsKey("NextToken")
                                ? Answer.ok("{\"QueueUrls\":[\"%s\"]}".formatted(aws.url("b")))
                                : Answer.ok(
                                        "{\"QueueUrls\":[\"%s\"],\"NextToken\":\"more\"}"
                                                .formatted(aws.url("a"))));

        assertThat(connection.queues())
                .extracting(info -> info.ref().name())
                .containsExactly("a", "b");
        assertThat(aws.asked("ListQueues").getFirst().members())
                .containsEntry("MaxResults", "1000");
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
