package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.deadletteroffice.core.Interval;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.spi.error.BrokerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches for some minutes what comes back of each job that ended here: a replay that fails again
/// does so within seconds or minutes. One virtual thread a job.
final class ReturnsWatches implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReturnsWatches.class);
    private static final Duration AS_LONG_AS = Duration.ofMinutes(5);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Workshop workshop;
    private final Map<Thread, Boolean> watches = new ConcurrentHashMap<>();
    private final Interval interval = new Interval();

    ReturnsWatches(Workshop workshop) {
        this.workshop = workshop;
    }

    void watch(String job) {
        var watch = Thread.ofVirtual().name("returns " + job).unstarted(() -> run(job));
        watches.put(watch, Boolean.TRUE);
        if (!interval.isClosed()) {
            watch.start();
        }
    }

    private void run(String job) {
        var end = System.nanoTime() + AS_LONG_AS.toNanos();
        try {
            do {
                new ReturnsWatch(workshop).look(job);
            } while (interval.await(EVERY) && System.nanoTime() < end);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (OperatorException | BrokerException | RuntimeException failed) {
            if (!interval.isClosed()) {
                LOG.info(
                        "What came back of job {} is not watched any more: {}",
                        job,
                        failed.toString());
            }
        } finally {
            watches.remove(Thread.currentThread());
        }
    }

    @Override
    public void close() {
        interval.close();
        try {
            for (var watch : List.copyOf(watches.keySet())) {
                // One that waits for a broker ends by its interruption.
                watch.interrupt();
                watch.join();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
