package org.deadletteroffice.demo.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.deadletteroffice.demo.seed.Flow;
import org.deadletteroffice.demo.style.Death;
import org.deadletteroffice.demo.style.SpringRetryStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A flow's consuming application: what its service refuses goes where its framework sends it, and
/// is committed when it is there.
final class Application implements LiveConsumer.Work {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private final Producer<byte[], byte[]> producer;
    private final Flow flow;
    private final Clock clock;

    Application(Producer<byte[], byte[]> producer, Flow flow, Clock clock) {
        this.producer = producer;
        this.flow = flow;
        this.clock = clock;
    }

    @Override
    public void on(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        waitUntil(SpringRetryStyle.due(record));
        var thrown = flow.service().process(record);
        if (thrown.isEmpty()) {
            return;
        }
        var deadLetter = flow.style().deadLetter(new Death(record, thrown.get(), clock.instant()));
        try {
            producer.send(deadLetter).get();
        } catch (ExecutionException refused) {
            LOG.warn(
                    "{} took no dead letter from {}-{}@{}",
                    deadLetter.topic(),
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    refused.getCause());
        }
    }

    private void waitUntil(Instant due) throws InterruptedException {
        var left = Duration.between(clock.instant(), due);
        if (left.isPositive()) {
            // A retry topic is read late on purpose; the end of the demo interrupts it.
            Thread.sleep(left);
        }
    }
}
