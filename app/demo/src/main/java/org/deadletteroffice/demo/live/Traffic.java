package org.deadletteroffice.demo.live;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.deadletteroffice.demo.seed.Cause;
import org.deadletteroffice.demo.seed.Flow;

/// Sends a flow's messages at its pace, now and then a bad one, until it is interrupted.
final class Traffic implements Runnable {
    private final Producer<byte[], byte[]> producer;
    private final Flow flow;
    private final Clock clock;
    private final List<Cause> bad;
    private final SplittableRandom random = new SplittableRandom();

    Traffic(Producer<byte[], byte[]> producer, Flow flow, Clock clock) {
        this.producer = producer;
        this.flow = flow;
        this.clock = clock;
        this.bad = flow.causes().stream().filter(cause -> cause.outage().isEmpty()).toList();
    }

    @Override
    public void run() {
        try {
            while (true) {
                // The pace of the flow; the end of the demo interrupts it.
                Thread.sleep(flow.every());
                var now = clock.instant();
                var message = picked().map(Cause::message).orElse(flow.good()).apply(now);
                producer.send(
                        new ProducerRecord<>(
                                flow.origin(),
                                null,
                                now.toEpochMilli(),
                                message.key(),
                                message.value(),
                                message.headers()));
            }
        } catch (InterruptedException | org.apache.kafka.common.errors.InterruptException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// A bad message's cause; empty most of the time.
    private Optional<Cause> picked() {
        if (random.nextInt(flow.badOneOf()) != 0) {
            return Optional.empty();
        }
        var left = random.nextInt(bad.stream().mapToInt(Cause::count).sum());
        for (var cause : bad) {
            left -= cause.count();
            if (left < 0) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }
}
