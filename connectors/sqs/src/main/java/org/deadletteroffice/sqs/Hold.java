package org.deadletteroffice.sqs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.deadletteroffice.spi.connector.HeldCopies;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.Numerals;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/// The messages of one queue that this connection has received and hides, shared by all who visit
/// the queue at the time: what one visit holds, another could not receive. They stay hidden while
/// anybody is there, and are given back when the last one leaves. Thread-safe.
///
/// A crash gives them back too: each is hidden for the profile's visibility timeout only, and that
/// is extended while a third of it is left.
final class Hold {
    /// SQS allows 120,000 in flight a queue; the rest is for its consumers.
    static final int MOST_HELD = 110_000;

    /// A second copy that SQS gives out comes within a moment, or after the visibility timeout.
    private static final int MOST_REMOVED_KNOWN = 20_000;

    private static final int NO_NUMBER = -1;

    private final QueueRef queue;
    private final Receiver receiver;
    private final Letters letters;
    private final Duration visibility;
    private final Journal journal;

    /// Entering and leaving; held while messages are given back.
    private final ReentrantLock door = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private final Map<MessageId, Held> held = new HashMap<>();

    /// Those that are hidden by us no more and were not removed. Who receives one again is not
    /// shown it again.
    private final Map<MessageId, Held> lost = new HashMap<>();

    private final RemovedLately removedLately = new RemovedLately(MOST_REMOVED_KNOWN);

    /// Came again after their removal was confirmed.
    private final List<Held> again = new ArrayList<>();

    private final OtherReaders others = new OtherReaders();
    private VisitLog log = new VisitLog();
    private HeldCopies copies;
    private Chapter chapter;
    private int visitors;
    private int jobs;
    private long removals;

    private int mostDeliveriesOutside;

    Hold(QueueRef queue, Receiver receiver, Letters letters, Duration visibility) {
        this.queue = queue;
        this.letters = letters;
        this.receiver = receiver;
        this.visibility = visibility;
        this.journal = new Journal(queue.name());
        this.copies = new HeldCopies(queue);
        this.chapter = journal.begin();
    }

    Journal journal() {
        return journal;
    }

    /// Asks for nothing. Whoever enters leaves.
    ///
    /// @throws BrokerException.Cancelled when interrupted while messages of an earlier visit are
    ///     given back
    void enter() throws BrokerException {
        try {
            door.lockInterruptibly();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw SqsErrors.cancelled(Act.reading(queue.name()), stop);
        }
        try {
            lock.lock();
            try {
                if (visitors++ == 0) {
                    copies = new HeldCopies(queue);
                    log = new VisitLog();
                    others.forget();
                    chapter = journal.begin();
                    Thread.ofVirtual().name("hold " + queue.name()).start(this::keep);
                }
            } finally {
                lock.unlock();
            }
        } finally {
            door.unlock();
        }
    }

    /// As [#enter], for a job that means to deal with all there is.
    void enterToWork() throws BrokerException {
        enter();
        lock.lock();
        try {
            jobs++;
        } finally {
            lock.unlock();
        }
    }

    /// As [#leave], after [#enterToWork].
    void leaveWork() {
        lock.lock();
        try {
            jobs--;
        } finally {
            lock.unlock();
        }
        leave();
    }

    boolean isWorkedOn() {
        lock.lock();
        try {
            return jobs > 0;
        } finally {
            lock.unlock();
        }
    }

    /// Who else has messages of the queue.
    OtherReaders others() {
        return others;
    }

    /// @param received as [#received]
    /// @param held how many of them are hidden by us
    record Tally(int received, int held) {}

    /// What there is at this moment.
    Tally tally() {
        lock.lock();
        try {
            return new Tally(log.count(), held.size());
        } finally {
            lock.unlock();
        }
    }

    /// Gives everything back when nobody else is there. Never throws; blocks while that is under
    /// way.
    void leave() {
        door.lock();
        try {
            List<Held> rest;
            lock.lock();
            try {
                if (--visitors > 0) {
                    return;
                }
                over.signalAll();
                rest = List.copyOf(held.values());
                rest.forEach(this::isOutside);
                others.letGo(rest.size());
                held.clear();
                lost.clear();
                again.clear();
                log = new VisitLog();
                copies.close();
            } finally {
                lock.unlock();
            }
            if (!rest.isEmpty()) {
                receiver.release(rest);
            }
        } finally {
            door.unlock();
        }
    }

    /// Gives everything back though somebody may be there still: the connection closes.
    void abandon() {
        List<Held> rest;
        lock.lock();
        try {
            rest = List.copyOf(held.values());
            held.clear();
        } finally {
            lock.unlock();
        }
        if (!rest.isEmpty()) {
            receiver.release(rest);
        }
    }

    /// The visit that goes on now, for places.
    int chapter() {
        lock.lock();
        try {
            return chapter.number();
        } finally {
            lock.unlock();
        }
    }

    /// How many messages were received during this visit, those gone meanwhile included.
    int received() {
        return tally().received();
    }

    int size() {
        return tally().held();
    }

    /// How many were removed so far; changes when room was made.
    long removals() {
        lock.lock();
        try {
            return removals;
        } finally {
            lock.unlock();
        }
    }

    /// The most that any message of the queue was received that is not held by us, as far as seen:
    /// those may be received again.
    int mostDeliveriesOutside() {
        lock.lock();
        try {
            return mostDeliveriesOutside;
        } finally {
            lock.unlock();
        }
    }

    private void isOutside(Held message) {
        mostDeliveriesOutside = Math.max(mostDeliveriesOutside, message.deliveries);
    }

    /// The first that is still there of those that came during this visit as number `number` or
    /// later; null when all of them are gone.
    @Nullable Held from(int number) {
        lock.lock();
        try {
            return log.from(number);
        } finally {
            lock.unlock();
        }
    }

    /// Its content; empty when it was removed meanwhile.
    Optional<DeadLetter> letter(Held message) {
        lock.lock();
        try {
            return message.gone ? Optional.empty() : Optional.of(copies.get(message.copy));
        } catch (IOException broken) {
            throw new UncheckedIOException("A held message cannot be read back.", broken);
        } finally {
            lock.unlock();
        }
    }

    /// The messages of these ids that are hidden by us for sure.
    Map<MessageId, Held> find(Collection<MessageId> ids) {
        var now = System.nanoTime();
        lock.lock();
        try {
            var found = new HashMap<MessageId, Held>();
            for (var id : ids) {
                var message = held.get(id);
                if (message != null && message.hiddenUntil - now > 0) {
                    found.put(id, message);
                }
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /// Receives more.
    ///
    /// @param calls ends the wait
    /// @param wanted how many would be welcome; more or fewer may come
    /// @return how many came that were not held before; 0 at the end of what can be received
    /// @throws BrokerException.Throttled when as many are held as is good for the queue
    int receive(Calls calls, int wanted) throws BrokerException {
        if (size() + wanted > MOST_HELD) {
            throw new BrokerException.Throttled(
                    "%s messages of %s are held; SQS allows 120,000 in flight."
                            .formatted(Numerals.of(size()), queue.name()),
                    Duration.ofSeconds(2),
                    null);
        }
        return receiver.receive(calls, wanted, this::take);
    }

    int take(List<Message> messages, long asked) {
        var until = asked + visibility.toNanos();
        // Not while others wait for the lock: SNS may be asked.
        var read = messages.stream().map(letters::of).toList();
        var fresh = 0;
        lock.lock();
        try {
            if (visitors == 0) {
                return 0;
            }
            for (var i = 0; i < read.size(); i++) {
                if (take(read.get(i), messages.get(i).receiptHandle(), until)) {
                    fresh++;
                }
            }
            if (fresh > 0) {
                others.taken();
            }
            return fresh;
        } catch (IOException full) {
            throw new UncheckedIOException("Held messages cannot be kept in a file.", full);
        } finally {
            lock.unlock();
        }
    }

    /// @return whether it is held now and was not before
    private boolean take(DeadLetter letter, String handle, long until) throws IOException {
        var id = letter.id();
        var told = letter.deliveries();
        var deliveries = told == null ? 0 : told;
        var known = held.get(id);
        var isBack = false;
        if (known == null) {
            known = lost.remove(id);
            isBack = known != null;
        }
        if (known != null) {
            known.handle = handle;
            known.hiddenUntil = until;
            known.deliveries = Math.max(known.deliveries, deliveries);
            held.put(id, known);
            return isBack;
        }
        var time = letter.timestamp();
        var sent = time == null ? 0 : time.toEpochMilli();
        if (removedLately.holds(id)) {
            again.add(new Held(id, NO_NUMBER, NO_NUMBER, sent, deliveries, handle, until));
            return false;
        }
        var number = log.count();
        var one = new Held(id, number, copies.add(letter), sent, deliveries, handle, until);
        held.put(id, one);
        log.add(one);
        journal.add(chapter, number, id);
        return true;
    }

    /// Those that came again though SQS confirmed that they were removed, once each; to be removed
    /// again.
    List<Held> cameAgain() {
        lock.lock();
        try {
            if (again.isEmpty()) {
                return List.of();
            }
            var all = List.copyOf(again);
            again.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /// They are no more.
    void removed(Collection<MessageId> ids) {
        lock.lock();
        try {
            for (var id : ids) {
                var one = held.remove(id);
                var message = one == null ? lost.remove(id) : one;
                if (message != null) {
                    message.gone = true;
                    copies.drop(message.copy);
                    log.drop();
                    journal.removed(chapter, message.number);
                    removedLately.add(id);
                    removals++;
                }
            }
            others.letGo(ids.size());
        } finally {
            lock.unlock();
        }
    }

    /// They are hidden by us no more, and may be received again.
    void lost(Collection<Held> messages) {
        lock.lock();
        try {
            for (var message : messages) {
                if (held.remove(message.id, message)) {
                    lost.put(message.id, message);
                    isOutside(message);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Extends what is two thirds over, until the last visitor leaves.
    private void keep() {
        var pause = Math.max(500, visibility.toMillis() / 8);
        while (true) {
            var due = new ArrayList<Held>();
            lock.lock();
            try {
                if (visitors == 0 || !pause(pause)) {
                    return;
                }
                var soon = System.nanoTime() + visibility.toNanos() / 3;
                held.values().stream().filter(one -> one.hiddenUntil - soon < 0).forEach(due::add);
            } finally {
                lock.unlock();
            }
            if (!due.isEmpty()) {
                extend(due);
            }
        }
    }

    /// @return whether anybody is there still
    private boolean pause(long millis) {
        try {
            var left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (visitors > 0 && left > 0) {
                left = over.awaitNanos(left);
            }
            return visitors > 0;
        } catch (InterruptedException nobodyDoesThis) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void extend(List<Held> due) {
        var asked = System.nanoTime();
        @Nullable List<Held> refused = receiver.extend(due);
        if (refused == null) {
            // Not reached: what runs out meanwhile is received anew.
            return;
        }
        lost(refused);
        lock.lock();
        try {
            for (var message : due) {
                message.hiddenUntil = asked + visibility.toNanos();
            }
        } finally {
            lock.unlock();
        }
    }
}
