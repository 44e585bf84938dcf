package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.deadletteroffice.core.Interval;
import org.deadletteroffice.core.LiveValue;
import org.deadletteroffice.core.Signal;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells listeners how the jobs stand: at once when this process changes one, and by looking four
/// times a second for what other processes do, as long as somebody listens.
final class JobFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobFeed.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Supplier<List<JobInfo>> list;
    private final LiveValue<List<JobInfo>> changes = new LiveValue<>(List.of());
    private final Interval interval = new Interval();
    private @Nullable Thread poll;

    JobFeed(Supplier<List<JobInfo>> list) {
        this.list = list;
    }

    synchronized Signal<List<JobInfo>> changes() {
        if (poll == null && !interval.isClosed()) {
            changes.set(list.get());
            poll = Thread.ofVirtual().name("jobs").start(this::poll);
        }
        return changes;
    }

    private void poll() {
        try {
            while (interval.await(LOOK_EVERY)) {
                refresh();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Looks now, if anybody listens.
    void refresh() {
        if (interval.isClosed() || !changes.hasListeners()) {
            return;
        }
        try {
            changes.set(list.get());
        } catch (StoreUnavailable gone) {
            // Told by whoever acts; the list shows what was known last, and goes on when the store
            // is back.
            LOG.warn("The jobs cannot be read just now.", gone);
        } catch (IllegalStateException storeClosed) {
            // The program was closed while this looked.
            if (!interval.isClosed()) {
                throw storeClosed;
            }
        }
    }

    @Override
    public void close() {
        interval.close();
    }
}
