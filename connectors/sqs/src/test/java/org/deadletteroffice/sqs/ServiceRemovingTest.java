package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.sqs.AwsStandIn.Answer;
import org.junit.jupiter.api.Test;

/// A removal as AWS confirms it: at least once.
class ServiceRemovingTest extends OnAwsStandIn {
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
}
