package org.deadletteroffice.core.browse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Keeps a visit to a queue open between two pages where looking costs something: what was paid for
/// once is held, and not paid for again with every page. A visit ends when its reader leaves, and
/// at the latest some seconds after its last page. Thread-safe.
final class Visits implements AutoCloseable {
    /// Long enough to read a page and turn to the next.
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<QueueRef, Visit> idle = new HashMap<>();
    private @Nullable Thread watch;

    /// @param until on the clock of [System#nanoTime]
    private record Visit(BrokerConnection connection, Browse browse, boolean lingers, long until) {
        Visit untouched() {
            return new Visit(connection, browse, lingers, System.nanoTime() + IDLE.toNanos());
        }
    }

    interface Reading {
        ViewPage read(Browse browse) throws BrokerException;
    }

    ViewPage read(BrokerConnection connection, QueueRef queue, Reading reading)
            throws BrokerException {
        var visit = take(connection, queue);
        var whole = false;
        try {
            var page = reading.read(visit.browse());
            whole = true;
            return page;
        } finally {
            if (!whole || !visit.lingers() || !giveBack(queue, visit.untouched())) {
                visit.browse().close();
            }
        }
    }

    /// The one that is open and not in use, or a new one.
    private Visit take(BrokerConnection connection, QueueRef queue) throws BrokerException {
        @Nullable Visit open;
        lock.lock();
        try {
            open = idle.remove(queue);
        } finally {
            lock.unlock();
        }
        if (open != null && open.connection() == connection) {
            return open;
        }
        if (open != null) {
            open.browse().close();
        }
        var lingers =
                !(connection.capabilities(queue).observerEffect() instanceof ObserverEffect.None);
        return new Visit(connection, connection.browse(queue), lingers, 0);
    }

    private boolean giveBack(QueueRef queue, Visit visit) {
        lock.lock();
        try {
            if (idle.putIfAbsent(queue, visit) != null) {
                return false;
            }
            if (watch == null) {
                watch = Thread.ofVirtual().name("visits").start(this::endIdle);
            }
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void endIdle() {
        while (true) {
            var over = new ArrayList<Visit>();
            lock.lock();
            try {
                var now = System.nanoTime();
                var next = IDLE.toNanos();
                for (var visit : List.copyOf(idle.values())) {
                    if (visit.until() - now <= 0) {
                        over.add(visit);
                    } else {
                        next = Math.min(next, visit.until() - now);
                    }
                }
                idle.values().removeAll(over);
                if (over.isEmpty()) {
                    if (idle.isEmpty()) {
                        watch = null;
                        return;
                    }
                    changed.awaitNanos(next);
                }
            } catch (InterruptedException nobodyDoesThis) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                lock.unlock();
            }
            over.forEach(visit -> visit.browse().close());
        }
    }

    /// Ends the visit that is open and not in use.
    void leave(QueueRef queue) {
        @Nullable Visit open;
        lock.lock();
        try {
            open = idle.remove(queue);
        } finally {
            lock.unlock();
        }
        if (open != null) {
            open.browse().close();
        }
    }

    /// Ends all that are not in use.
    @Override
    public void close() {
        List<QueueRef> open;
        lock.lock();
        try {
            open = List.copyOf(idle.keySet());
        } finally {
            lock.unlock();
        }
        open.forEach(this::leave);
    }
}
