package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueRole;
import org.junit.jupiter.api.Test;

/// What SQS does to who looks, against ElasticMQ.
class LookingTest extends OnElasticMq {
    @Test
    void redrive_policies_tell_what_feeds_a_queue_and_messages_where_they_died() throws Exception {
        var deadLetters = queue("-dead");
        var source = source(deadLetters, 1);
        die(source, deadLetters, "a", "b");

        var info = connection.queue(deadLetters);
        var listed =
                connection.queues().stream()
                        .filter(one -> one.ref().equals(deadLetters))
                        .findFirst()
                        .orElseThrow();

        assertThat(info.role()).isEqualTo(QueueRole.DEAD_LETTER);
        assertThat(info.feeds()).containsExactly(source.name());
        assertThat(listed.feeds()).containsExactly(source.name());
        assertThat(listed.role()).isEqualTo(QueueRole.DEAD_LETTER);
        assertThat(connection.queue(source).role()).isEqualTo(QueueRole.SOURCE);
        assertThat(all(deadLetters))
                .hasSize(2)
                .allSatisfy(
                        letter -> {
                            assertThat(letter.failure().origin().queue()).isEqualTo(source.name());
                            assertThat(letter.failure().reader()).isEqualTo("Amazon SQS");
                        });
    }

    @Test
    void what_is_looked_at_is_hidden_and_given_back_at_once_when_the_view_is_left()
            throws Exception {
        var queue = queue("");
        fixture.seed(queue.name(), List.of(ForeignMessage.of("1"), ForeignMessage.of("2")));
        try (var browse = connection.browse(queue)) {
            assertThat(browse.page(Cursor.oldest(), Direction.NEWER, 10).messages()).hasSize(2);
            assertThat(fixture.peek(queue.name())).isEmpty();
        }
        assertThat(fixture.peek(queue.name())).hasSize(2);
    }

    @Test
    void what_is_held_longer_than_the_visibility_timeout_is_extended() throws Exception {
        var queue = queue("");
        fixture.seed(queue.name(), List.of(ForeignMessage.of("held")));
        var values = new HashMap<>(fixture.settings().values());
        values.put("visibility", "10s");
        try (var patient = open(values);
                var browse = patient.browse(queue)) {
            browse.page(Cursor.oldest(), Direction.NEWER, 10);
            Awaitility.await()
                    .during(Duration.ofSeconds(13))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> fixture.peek(queue.name()).isEmpty());
        }
        assertThat(fixture.peek(queue.name())).hasSize(1);
    }

    @Test
    void two_visits_share_what_is_held() throws Exception {
        var queue = queue("");
        fixture.seed(queue.name(), List.of(ForeignMessage.of("1"), ForeignMessage.of("2")));
        try (var one = connection.browse(queue);
                var other = connection.browse(queue)) {
            var first = one.page(Cursor.oldest(), Direction.NEWER, 10).messages();
            var second = other.page(Cursor.oldest(), Direction.NEWER, 10).messages();

            assertThat(second).isEqualTo(first);
            assertThat(second).allMatch(letter -> Integer.valueOf(1).equals(letter.deliveries()));
            assertThat(connection.fetch(queue, List.of(first.getFirst().id()))).hasSize(1);
        }
    }

    @Test
    void dead_letter_queue_with_a_redrive_policy_is_not_opened_past_its_limit() throws Exception {
        var behind = queue("-behind");
        var queue = source(behind, 2);
        fixture.seed(queue.name(), List.of(ForeignMessage.of("fragile")));

        assertThat(connection.capabilities(queue).observerEffect())
                .isEqualTo(new ObserverEffect.HidesAndCounts(Duration.ofSeconds(45), 2));
        all(queue);
        all(queue);

        assertThatThrownBy(() -> connection.browse(queue))
                .isInstanceOf(BrokerException.Unsupported.class)
                .hasMessageContaining(behind.name());
        assertThatThrownBy(() -> all(queue)).isInstanceOf(BrokerException.Unsupported.class);
        assertThat(fixture.peek(behind.name())).isEmpty();
    }

    @Test
    void place_of_another_process_is_refused_for_a_page_and_taken_for_the_start_by_a_scan()
            throws Exception {
        var queue = queue("");
        fixture.seed(queue.name(), List.of(ForeignMessage.of("1"), ForeignMessage.of("2")));
        Cursor place;
        try (var browse = connection.browse(queue)) {
            place = browse.page(Cursor.oldest(), Direction.NEWER, 1).newer();
        }
        try (var other = open(fixture.settings().values())) {
            try (var browse = other.browse(queue)) {
                assertThatThrownBy(() -> browse.page(place, Direction.NEWER, 1))
                        .isInstanceOf(BrokerException.Gone.class);
            }
            try (var scan = other.scan(queue, place, Cursor.newest())) {
                assertThat(scan.next().orElseThrow().messages())
                        .extracting(OnElasticMq::text)
                        .containsExactlyInAnyOrder("1", "2");
            }
        }
    }
}
