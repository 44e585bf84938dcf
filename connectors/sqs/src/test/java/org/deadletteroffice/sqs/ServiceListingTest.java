package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRole;
import org.deadletteroffice.sqs.AwsStandIn.Answer;
import org.junit.jupiter.api.Test;

/// What AWS tells of queues and ElasticMQ does not.
class ServiceListingTest extends OnAwsStandIn {
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
}
