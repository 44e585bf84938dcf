package org.deadletteroffice.demo.crash;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.deadletteroffice.spi.profile.Settings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A killed redrive on RabbitMQ loses nothing, repeats one batch at most, and leaves nothing
/// behind.
class KilledOnRabbitTest extends KilledRedrives {
    private static final Way CLASSIC =
            new Way("RabbitMQ, classic, at least once", KillableChild.SOURCE, false);
    private static final Way QUORUM =
            new Way("RabbitMQ, quorum, at least once", KillableChild.SOURCE, false);

    private @Nullable RabbitFixture started;

    private RabbitFixture rabbit() {
        return Objects.requireNonNull(started);
    }

    @Override
    void start() throws Exception {
        started = RabbitFixture.start(RabbitFixture.Type.CLASSIC);
        // Guest needs no password said, and there may be no keychain here to keep one in.
        profile(KillableChild.SOURCE, "rabbitmq", Settings.of(rabbit().directSettings().values()));
    }

    @Override
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    /// At the steps that tell most; the longer ones take them all.
    @Test
    @Tag("soak")
    void killed_between_classic_queues_none_is_lost_and_one_batch_repeated_at_most()
            throws Exception {
        kill(
                CLASSIC,
                List.of(
                        new Step("after send", 1),
                        new Step("before remove", 2),
                        new Step("after remove", 1),
                        new Step("after forget", 1)),
                1);
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

    /// Between each two things that are made durable: archive, ledger, broker, ledger.
    @Override
    List<Step> steps() {
        return List.of(
                new Step("after transfer", 1),
                new Step("after scan next", 1),
                new Step("before send", 1),
                new Step("after send", 1),
                new Step("before send", 2),
                new Step("after send", 2),
                new Step("before remove", 1),
                new Step("after remove", 1),
                new Step("before remove", 2),
                new Step("after send", 3),
                new Step("after forget", 1));
    }

    @Override
    void prepare(Way way, String source, String destination) {
        for (var queue : List.of(source, destination)) {
            rabbit().createQueue(
                            queue,
                            Map.of("x-queue-type", way.equals(QUORUM) ? "quorum" : "classic"));
        }
        rabbit().seed(
                        source,
                        IntStream.range(0, MESSAGES)
                                .mapToObj(number -> ForeignMessage.of("m" + number))
                                .toList());
    }

    @Override
    List<Arrival> arrived(Way way, String destination) {
        return rabbit().peek(destination).stream()
                .map(
                        message ->
                                new Arrival(
                                        message.text(),
                                        message.headers().lastText("x-redrive-id").orElseThrow()))
                .toList();
    }

    @Override
    long left(String source) {
        return rabbit().use("count " + source, channel -> channel.messageCount(source));
    }
}
