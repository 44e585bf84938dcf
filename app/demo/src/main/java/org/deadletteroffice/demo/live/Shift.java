package org.deadletteroffice.demo.live;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.deadletteroffice.demo.seed.Backlog;
import org.deadletteroffice.demo.seed.Flow;

/// All producers and consumers at work. Each has a virtual thread.
public final class Shift implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(3);

    private final List<Thread> threads = new ArrayList<>();

    private Shift() {}

    /// @param flows not those of the seeds: a flow's messages are made by one thread
    public static Shift start(
            String bootstrap, Producer<byte[], byte[]> producer, List<Flow> flows, Clock clock) {
        var shift = new Shift();
        for (var flow : flows) {
            for (var i = 0; i < flow.groups().size(); i++) {
                var group = flow.groups().get(i);
                var topic = flow.topics().get(i);
                var application = new Application(producer, flow, clock);
                shift.add(group, LiveConsumer.of(bootstrap, group, topic, application));
            }
            shift.add("traffic " + flow.origin(), new Traffic(producer, flow, clock));
        }
        for (var backlog : Backlog.ALL) {
            shift.add(backlog.group(), reader(bootstrap, backlog));
        }
        return shift;
    }

    private static LiveConsumer reader(String bootstrap, Backlog backlog) {
        return switch (backlog.trend()) {
            case NONE -> LiveConsumer.of(bootstrap, backlog.group(), backlog.topic(), _ -> {});
            case GROWING ->
                    LiveConsumer.slow(
                            bootstrap, backlog.group(), backlog.topic(), Duration.ofMillis(100));
            case STABLE -> LiveConsumer.stuck(bootstrap, backlog.group(), backlog.topic());
        };
    }

    private void add(String name, Runnable work) {
        threads.add(Thread.ofVirtual().name(name).start(work));
    }

    /// Returns when all have stopped, or after three seconds.
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (var thread : threads) {
                thread.join(END);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
