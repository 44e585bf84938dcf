package org.deadletteroffice.rabbitmq;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// One consumer of a queue and the messages that it brings. As many come as its prefetch allows,
/// and one more for each that is removed meanwhile, until so many came that removals could bring
/// more than were asked for. One thread at a time, but for [#awaitSome].
final class Window {
    /// With the window's number behind it: a quorum queue gets back by the order of the tags what a
    /// lost connection held (seen on 3.10).
    static final String TAG = "dead-letter-office-";

    /// How many are waited for at once.
    private static final int TOGETHER = 64;

    /// To take fewer costs more than to wait for them.
    private static final int SEVERAL = 250;

    private static final int MOMENT_MILLIS = 20;

    private final Arrivals arrivals;
    private final int number;
    private final int prefetch;
    private final AtomicInteger coming;
    private int taken;

    /// How many may come in all.
    private int most;

    /// @param prefetch how many may be here and not be removed
    /// @param most how many may come in all; no fewer than `prefetch`
    Window(Link.Line line, int number, int prefetch, int most) {
        this.arrivals = line.arrivals();
        this.number = number;
        this.prefetch = prefetch;
        this.coming = new AtomicInteger(prefetch);
        this.most = most;
    }

    int number() {
        return number;
    }

    String tag() {
        return TAG + String.format(Locale.ROOT, "%08d", number);
    }

    Arrivals arrivals() {
        return arrivals;
    }

    int prefetch() {
        return prefetch;
    }

    /// How many are still to come if nothing is removed, those included that came and were not
    /// taken yet.
    int coming() {
        return coming.get();
    }

    /// Whether removals may bring more messages without bringing too many.
    boolean goesOn() {
        return taken < most - prefetch;
    }

    /// From now on no more are wanted than are coming.
    void goNoFurther() {
        most = prefetch;
    }

    /// These many of its messages were removed, so that the broker sends as many more.
    void removed(int count) {
        coming.addAndGet(count);
    }

    /// Waits a moment for several to be here, or all that are coming. Thread-safe.
    void awaitSome() throws InterruptedException {
        arrivals.await(Math.min(SEVERAL, coming()), MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// What came, as soon as there is some of it, and else what came in time; of one that goes no
    /// further as soon as there are many.
    List<Arrivals.Arrival> take(long time, TimeUnit unit) throws InterruptedException {
        var least = goesOn() ? 1 : Math.min(TOGETHER, coming());
        var some = arrivals.poll(least, time, unit);
        taken += some.size();
        coming.addAndGet(-some.size());
        return some;
    }
}
