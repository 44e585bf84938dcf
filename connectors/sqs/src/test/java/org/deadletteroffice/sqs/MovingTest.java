package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus.State;
import org.junit.jupiter.api.Test;

/// Moves by SQS itself, against ElasticMQ.
class MovingTest extends OnElasticMq {
    @Test
    void sqs_moves_a_dead_letter_queue_by_itself_and_back_to_its_source() throws Exception {
        var deadLetters = queue("-dead");
        var source = source(deadLetters, 1);
        die(source, deadLetters, "a", "b", "c");
        var mover = connection.serverSideMover().orElseThrow();

        assertThat(connection.capabilities(deadLetters).moveOnServer()).isTrue();
        var handle = mover.start(deadLetters, null, null);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> mover.status(handle).state() == State.DONE);

        assertThat(mover.status(handle).moved()).isEqualTo(3);
        assertThat(fixture.peek(deadLetters.name())).isEmpty();
        assertThat(fixture.peek(source.name())).hasSize(3);
    }

    @Test
    void move_that_is_cancelled_leaves_the_rest() throws Exception {
        var deadLetters = queue("-dead");
        var source = source(deadLetters, 1);
        fixture.seed(
                deadLetters.name(),
                IntStream.range(0, 40).mapToObj(i -> ForeignMessage.of("m" + i)).toList());
        var mover = connection.serverSideMover().orElseThrow();

        var handle = mover.start(deadLetters, source, 10);
        Awaitility.await().until(() -> mover.status(handle).moved() > 0);
        mover.cancel(handle);
        Awaitility.await().until(() -> mover.status(handle).state() == State.CANCELLED);

        var moved = fixture.peek(source.name()).size();
        assertThat(moved).isPositive().isLessThan(40);
        assertThat(fixture.peek(deadLetters.name())).hasSize(40 - moved);
    }
}
