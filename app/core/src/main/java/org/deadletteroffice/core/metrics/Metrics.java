package org.deadletteroffice.core.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.core.Interval;
import org.deadletteroffice.core.LiveValue;
import org.deadletteroffice.core.Signal;
import org.deadletteroffice.core.metrics.BrokerState.Status;
import org.deadletteroffice.core.metrics.History.Series;
import org.deadletteroffice.core.profile.Brokers;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.profile.Profiles;
import org.deadletteroffice.core.store.Store;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches every profile once [#watch] was called: one supervised virtual thread each, samples kept
/// in the store. Thread-safe.
public final class Metrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);
    private static final Duration PRUNE_EVERY = Duration.ofHours(1);

    private final Profiles profiles;
    private final Brokers brokers;
    private final History history;
    private final Clock clock;
    private final LiveValue<List<BrokerState>> states = new LiveValue<>(List.of());
    private final Map<String, ProfileWatch> watches = new LinkedHashMap<>();
    private final Map<String, BrokerState> last = new LinkedHashMap<>();
    private volatile Duration interval = Duration.ofSeconds(10);
    private List<Profile> watched = List.of();
    private Signal.@Nullable Subscription subscription;
    private final Interval betweenPrunes = new Interval();

    public Metrics(Profiles profiles, Brokers brokers, Store store, Clock clock) {
        this.profiles = profiles;
        this.brokers = brokers;
        this.history = new History(store);
        this.clock = clock;
    }

    /// Starts watching all profiles, those added later included; again only changes the interval.
    public void watch(Duration every) {
        interval = every;
        var first = false;
        synchronized (this) {
            first = subscription == null;
            if (first) {
                subscription = () -> {};
                var _ = Thread.ofVirtual().name("prune samples").start(this::prune);
            }
        }
        if (first) {
            var opened = profiles.changes().subscribe(this::reconcile);
            synchronized (this) {
                subscription = opened;
            }
        }
        refresh();
    }

    private synchronized void reconcile(List<Profile> now) {
        for (var name : List.copyOf(watches.keySet())) {
            var still = now.stream().filter(profile -> profile.name().equals(name)).findFirst();
            var before =
                    watched.stream().filter(profile -> profile.name().equals(name)).findFirst();
            if (!still.equals(before)) {
                stop(name);
            }
        }
        watched = now;
        for (var profile : now) {
            if (!watches.containsKey(profile.name())) {
                start(profile);
            }
        }
        publish();
    }

    private void stop(String name) {
        var watch = watches.remove(name);
        if (watch != null) {
            watch.close();
        }
        last.remove(name);
    }

    private void start(Profile profile) {
        last.putIfAbsent(
                profile.name(),
                new BrokerState(
                        profile, Status.CONNECTING, List.of(), List.of(), null, null, null));
        var watch = new ProfileWatch(profile, brokers, history, clock, () -> interval, this::told);
        watches.put(profile.name(), watch);
        watch.start();
    }

    private synchronized void told(BrokerState state) {
        // A late word of a watch that was replaced meanwhile counts no more.
        if (watched.contains(state.profile())) {
            last.put(state.profile().name(), state);
            publish();
        }
    }

    private void publish() {
        states.set(
                watched.stream()
                        .map(profile -> last.get(profile.name()))
                        .filter(java.util.Objects::nonNull)
                        .toList());
    }

    /// Asks all brokers now instead of at the next interval; starts a watch again that a defect
    /// ended.
    public synchronized void refresh() {
        for (var profile : watched) {
            var watch = watches.get(profile.name());
            if (watch == null || !watch.isAlive()) {
                start(profile);
            } else {
                watch.refresh();
            }
        }
    }

    /// One state a profile, in the order of [org.deadletteroffice.core.profile.Profiles#all].
    public Signal<List<BrokerState>> states() {
        return states;
    }

    /// Samples of one queue's depth, oldest first, at most 500 spread evenly. Only dead-letter
    /// queues are sampled.
    public List<Sample> depths(QueueRef queue, Instant since) {
        return history.of(
                Series.depth(queue.profile(), queue.name(), true), since, clock.instant());
    }

    /// Samples of one consumer group's lag on one queue, oldest first, at most 500 spread evenly.
    public List<Sample> lags(String group, QueueRef queue, Instant since) {
        return history.of(Series.lag(queue.profile(), group, queue.name()), since, clock.instant());
    }

    /// Samples of all dead-letter queues together, oldest first, at most 500.
    public List<Sample> deadLetters(Instant since) {
        return history.deadLetters(since, clock.instant());
    }

    private void prune() {
        try {
            do {
                try {
                    history.prune(clock.instant());
                } catch (StoreUnavailable gone) {
                    LOG.warn(
                            "Old samples could not be deleted; that is tried again in an hour.",
                            gone);
                }
            } while (betweenPrunes.await(PRUNE_EVERY));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends all watches.
    @Override
    public synchronized void close() {
        if (subscription != null) {
            subscription.close();
        }
        betweenPrunes.close();
        watches.values().forEach(ProfileWatch::close);
        watches.clear();
    }
}
