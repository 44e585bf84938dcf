package org.deadletteroffice.demo.crash;

import java.util.List;
import java.util.stream.IntStream;
import org.deadletteroffice.fixtures.BrokerFixture;
import org.deadletteroffice.fixtures.ForeignMessage;

/// Redrives between two queues of one broker that loses a message when it is taken: nothing proves
/// what was sent, so that a kill may repeat one batch.
///
/// @param <F> the broker
abstract class KilledBetweenQueues<F extends BrokerFixture> extends KilledRedrives {
    /// The steps that tell most, for a short run.
    static final List<Step> TELLING =
            List.of(
                    new Step("after begin", 3),
                    new Step("after events", 1),
                    new Step("before remove", 2),
                    new Step("after remove", 1),
                    new Step("after forget", 1));

    /// Of the broker, once it is started.
    abstract F broker();

    /// @param words which kind of queues
    static Way way(String words) {
        return new Way(words, KillableChild.SOURCE, false);
    }

    abstract void createQueue(Way way, String name);

    /// Between each two things that are made durable: archive, ledger, broker, ledger.
    @Override
    final List<Step> steps() {
        return List.of(
                new Step("after transfer", 1),
                new Step("after scan next", 1),
                new Step("before begin", 1),
                new Step("after events", 1),
                new Step("before begin", 2),
                new Step("after begin", 3),
                new Step("after events", 2),
                new Step("before remove", 1),
                new Step("after remove", 1),
                new Step("before remove", 2),
                new Step("after events", 3),
                new Step("after forget", 1));
    }

    @Override
    final void prepare(Way way, String source, String destination) {
        createQueue(way, source);
        createQueue(way, destination);
        broker().seed(
                        source,
                        IntStream.range(0, MESSAGES)
                                .mapToObj(number -> ForeignMessage.of("m" + number))
                                .toList());
    }

    /// A broker in memory has no room for what hundreds of them hold.
    @Override
    final void forget(String source, String destination) {
        broker().deleteQueue(source);
        broker().deleteQueue(destination);
    }

    @Override
    final List<Arrival> arrived(Way way, String destination) {
        return broker().peek(destination).stream()
                .map(
                        message ->
                                new Arrival(
                                        message.text(),
                                        message.headers().lastText("x-redrive-id").orElseThrow()))
                .toList();
    }
}
