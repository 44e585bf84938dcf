package org.deadletteroffice.core.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A short queue between two stages of a job: the first waits when the second is behind, so that
/// memory stays flat.
final class Handover<T> {
    private final int room;
    private final Deque<T> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean ended;
    private boolean refused;
    private int atWork;

    Handover(int room) {
        this.room = room;
    }

    /// @return false when the taker takes no more
    boolean put(T value) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.size() >= room && !refused) {
                changed.await();
            }
            if (refused) {
                return false;
            }
            waiting.addLast(value);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// All there is, waiting for the first; empty at the end. Counts as at work until [#worked].
    List<T> takeAll(int most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !ended) {
                changed.await();
            }
            var taken = new ArrayList<T>();
            while (!waiting.isEmpty() && taken.size() < most) {
                taken.add(waiting.removeFirst());
            }
            atWork = taken.size();
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    Optional<T> take() throws InterruptedException {
        return takeAll(1).stream().findFirst();
    }

    /// Whether nothing waits to be taken now.
    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// What was taken last is dealt with.
    void worked() {
        lock.lock();
        try {
            atWork = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until everything put so far is dealt with.
    ///
    /// @return false when the taker takes no more
    boolean awaitIdle() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while ((!waiting.isEmpty() || atWork > 0) && !refused) {
                changed.await();
            }
            return !refused;
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more will be put.
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more will be taken; what waits is dropped.
    void refuse() {
        lock.lock();
        try {
            refused = true;
            ended = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
