package org.deadletteroffice.demo.crash;

import java.util.Map;
import java.util.Objects;
import org.deadletteroffice.fixtures.sqs.SqsFixture;
import org.deadletteroffice.spi.profile.Settings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A killed redrive on SQS loses nothing, repeats one batch at most, and leaves nothing behind:
/// what the dead process had received stays hidden for a while, and whoever resumes waits for it.
/// Between FIFO queues nobody is killed here: ElasticMQ takes minutes for as many messages.
@Tag("soak")
class KilledOnSqsTest extends KilledBetweenQueues<SqsFixture> {
    private static final Way STANDARD = way("SQS, standard, at least once");

    private @Nullable SqsFixture started;

    @Override
    SqsFixture broker() {
        return Objects.requireNonNull(started);
    }

    @Override
    void start() throws Exception {
        started = SqsFixture.start();
        // ElasticMQ asks for no key, and there may be no keychain here to keep one in. The shortest
        // time to hide, as each kill is followed by it.
        profile(
                KillableChild.SOURCE,
                "sqs",
                Settings.of(broker().settings().values()).with("visibility", "10s"));
    }

    @Override
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void killed_between_standard_queues_none_is_lost_and_one_batch_repeated_at_most()
            throws Exception {
        kill(STANDARD, TELLING, 1);
    }

    @Test
    void killed_two_hundred_times_between_standard_queues() throws Exception {
        kill(STANDARD, 189);
    }

    /// What the dead process had received comes back after ten seconds.
    @Override
    int atOnce() {
        return 6;
    }

    @Override
    void createQueue(Way way, String name) {
        broker().createQueue(name, Map.of());
    }

    /// ElasticMQ's counts are exact.
    @Override
    long left(String source) {
        return broker().depth(source);
    }
}
