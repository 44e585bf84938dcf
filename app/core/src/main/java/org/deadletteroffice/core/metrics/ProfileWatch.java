package org.deadletteroffice.core.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.metrics.BrokerState.Status;
import org.deadletteroffice.core.metrics.History.Series;
import org.deadletteroffice.core.profile.Brokers;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRole;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches one profile's broker on a virtual thread of its own. What goes wrong becomes a state
/// that is shown; only a defect ends the watch, and that is shown too.
final class ProfileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileWatch.class);

    private final Profile profile;
    private final Brokers brokers;
    private final History history;
    private final Clock clock;
    private final Supplier<Duration> interval;
    private final Consumer<BrokerState> told;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private final Thread thread;
    private boolean now;
    private List<QueueInfo> queues = List.of();
    private List<ConsumerInfo> consumers = List.of();
    private @Nullable Instant seen;

    ProfileWatch(
            Profile profile,
            Brokers brokers,
            History history,
            Clock clock,
            Supplier<Duration> interval,
            Consumer<BrokerState> told) {
        this.profile = profile;
        this.brokers = brokers;
        this.history = history;
        this.clock = clock;
        this.interval = interval;
        this.told = told;
        this.thread = Thread.ofVirtual().name("watch " + profile.name()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /// Looks now rather than at the next interval.
    void refresh() {
        lock.lock();
        try {
            now = true;
            asked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        tell(Status.CONNECTING, null, null);
        try {
            while (true) {
                look();
                pause();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError defect) {
            LOG.error("The watch of {} ended by a defect.", profile.name(), defect);
            tell(
                    Status.FAILED,
                    "The watch of this broker ended by a defect of this program ("
                            + defect.getClass().getSimpleName()
                            + ").",
                    "Refresh to start it again; the log says more.");
        }
    }

    private void look() throws InterruptedException {
        try {
            queues = brokers.queues(profile.name());
            seen = clock.instant();
        } catch (BrokerException failed) {
            interrupted(failed);
            tell(Status.FAILED, failed.sentence(), failed.remedy().sentence());
            return;
        } catch (OperatorException failed) {
            tell(Status.FAILED, failed.getMessage(), failed.remedy());
            return;
        }
        try {
            consumers = brokers.consumers(profile.name(), Duration.ZERO);
            tell(Status.CONNECTED, null, null);
        } catch (BrokerException failed) {
            interrupted(failed);
            tell(
                    Status.DEGRADED,
                    "Consumers cannot be seen. " + failed.sentence(),
                    failed.remedy().sentence());
        } catch (OperatorException failed) {
            tell(Status.DEGRADED, failed.getMessage(), failed.remedy());
        }
        sample();
    }

    private static void interrupted(BrokerException failed) throws InterruptedException {
        if (failed instanceof BrokerException.Cancelled && Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void sample() {
        Map<Series, Long> values = new HashMap<>();
        for (var queue : queues) {
            if (queue.role() == QueueRole.DEAD_LETTER) {
                values.put(
                        Series.depth(profile.name(), queue.ref().name(), true),
                        queue.depth().value());
            }
        }
        for (var consumer : consumers) {
            var lag = consumer.lag();
            if (lag != null) {
                values.put(
                        Series.lag(profile.name(), consumer.group(), consumer.queue().name()), lag);
            }
        }
        try {
            history.record(clock.instant(), values);
        } catch (StoreUnavailable gone) {
            // Charts have a gap; whoever acts on the store is told.
            LOG.warn("The samples of {} could not be stored.", profile.name(), gone);
        }
    }

    private void tell(Status status, @Nullable String problem, @Nullable String remedy) {
        told.accept(new BrokerState(profile, status, queues, consumers, problem, remedy, seen));
    }

    private void pause() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = interval.get().toNanos();
            while (!now && left > 0) {
                left = asked.awaitNanos(left);
            }
            now = false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
