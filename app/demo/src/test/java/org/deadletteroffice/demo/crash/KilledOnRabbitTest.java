package org.deadletteroffice.demo.crash;

import java.util.Map;
import java.util.Objects;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.deadletteroffice.spi.profile.Settings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A killed redrive on RabbitMQ loses nothing, repeats one batch at most, and leaves nothing
/// behind.
class KilledOnRabbitTest extends KilledBetweenQueues<RabbitFixture> {
    private static final Way CLASSIC = way("RabbitMQ, classic, at least once");
    private static final Way QUORUM = way("RabbitMQ, quorum, at least once");

    private @Nullable RabbitFixture started;

    @Override
    RabbitFixture broker() {
        return Objects.requireNonNull(started);
    }

    @Override
    void start() throws Exception {
        started = RabbitFixture.start(RabbitFixture.Type.CLASSIC);
        // Guest needs no password said, and there may be no keychain here to keep one in.
        profile(KillableChild.SOURCE, "rabbitmq", Settings.of(broker().directSettings().values()));
    }

    @Override
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    @Tag("soak")
    void killed_between_classic_queues_none_is_lost_and_one_batch_repeated_at_most()
            throws Exception {
        kill(CLASSIC, TELLING, 1);
    }

    @Test
    @Tag("soak")
    void killed_a_hundred_times_between_classic_queues() throws Exception {
        kill(CLASSIC, 89);
    }

    @Test
    @Tag("soak")
    void killed_a_hundred_times_between_quorum_queues() throws Exception {
        kill(QUORUM, 89);
    }

    @Override
    void createQueue(Way way, String name) {
        broker().createQueue(
                        name, Map.of("x-queue-type", way.equals(QUORUM) ? "quorum" : "classic"));
    }

    @Override
    long left(String source) {
        return broker().use("count " + source, channel -> channel.messageCount(source));
    }
}
