package org.deadletteroffice.core.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.deadletteroffice.core.Signal;
import org.deadletteroffice.spi.message.QueueRef;

/// Watches every profile once [#watch] was called: one supervised virtual thread each, samples kept
/// in the store.
public final class Metrics {
    /// Starts watching all profiles, those added later included; again only changes the interval.
    public void watch(Duration interval) {
        throw new UnsupportedOperationException();
    }

    /// Asks all brokers now instead of at the next interval.
    public void refresh() {
        throw new UnsupportedOperationException();
    }

    /// One state a profile, in the order of [org.deadletteroffice.core.profile.Profiles#all].
    public Signal<List<BrokerState>> states() {
        throw new UnsupportedOperationException();
    }

    /// Samples of one queue's depth, oldest first, at most 500 spread evenly.
    public List<Sample> depths(QueueRef queue, Instant since) {
        throw new UnsupportedOperationException();
    }

    /// Samples of all dead-letter queues together, oldest first, at most 500.
    public List<Sample> deadLetters(Instant since) {
        throw new UnsupportedOperationException();
    }
}
