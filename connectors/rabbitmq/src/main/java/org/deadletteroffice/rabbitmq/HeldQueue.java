package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// One queue as all visits of a connection share it. What one visit holds would be hidden from
/// another, and from a removal; so there is one [Hold], made when the first visit reads and given
/// back when the last one ends. Thread-safe: one reads at a time.
final class HeldQueue {
    /// A broker may take long to put a hundred thousand messages back, and answers meanwhile.
    private static final Duration RETURNED = Duration.ofSeconds(60);

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Link link;
    private final QueueRef queue;
    private final Rules rules;
    private final LastDeliveries.Anew anew;
    private final String family = UUID.randomUUID().toString().substring(0, 8);
    private final ReentrantLock lock = new ReentrantLock();
    /// What was removed from earlier holds. One that is given back may still take more, on a thread
    /// of its own.
    private final Map<MessageId, Slots.Slot> removedBefore =
            Collections.synchronizedMap(
                    new LinkedHashMap<>() {
                        @Override
                        protected boolean removeEldestEntry(
                                Map.Entry<MessageId, Slots.Slot> eldest) {
                            return size() > Slots.MOST_REMEMBERED;
                        }
                    });
    private final AtomicInteger visits = new AtomicInteger();
    private final AtomicInteger generation = new AtomicInteger();
    private final AtomicLong removed = new AtomicLong();
    private long purges;
    private volatile @Nullable Hold hold;
    private volatile @Nullable Thread returning;

    interface Rules {
        QueueRules.Taking of(QueueRef queue, Deadline deadline) throws BrokerException;
    }

    /// @param rules asked each time the queue is held anew
    /// @param anew for messages that cannot be given back
    HeldQueue(Link link, QueueRef queue, Rules rules, LastDeliveries.Anew anew) {
        this.link = link;
        this.queue = queue;
        this.rules = rules;
        this.anew = anew;
    }

    QueueRef queue() {
        return queue;
    }

    interface Work<T> {
        T on(Hold hold) throws Exception;
    }

    /// A visit begins; [#leave] ends it.
    void enter() {
        visits.incrementAndGet();
    }

    /// With the last visit all that is held goes back. Waits for no broker for longer than a
    /// second.
    void leave() {
        if (visits.decrementAndGet() > 0) {
            return;
        }
        var interrupted = Thread.interrupted();
        try {
            // Whoever has the lock for longer waits for a broker that does not answer; it gives
            // back what is held when it ends.
            if (lock.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                try {
                    giveBackUnlessVisited();
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException now) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// As above, for who reads on and on. What is still on its way to it would be hidden from the
    /// queue's own consumers as long as others visit; so its consumer is ended, soon, and the visit
    /// with it.
    void leaveReading() {
        if (visits.get() == 1) {
            leave();
            return;
        }
        Thread.ofVirtual()
                .name("rabbitmq end reading")
                .start(
                        () -> {
                            try {
                                endReading();
                            } finally {
                                leave();
                            }
                        });
    }

    private void endReading() {
        var deadline = link.deadline();
        try {
            var _ =
                    with(
                            Act.reading(queue.name()),
                            deadline,
                            current -> {
                                current.intake().stop(deadline);
                                return "ended";
                            });
        } catch (BrokerException unanswered) {
            // All went back with it.
            LoggerFactory.getLogger(HeldQueue.class)
                    .debug("A consumer could not be ended", unanswered);
        }
    }

    private void giveBackUnlessVisited() {
        var current = hold;
        if (current != null && visits.get() == 0) {
            GivingBack.await(giveBack(current));
        }
    }

    /// Under the lock: whoever gets that next waits until the broker has all back.
    private Thread giveBack(Hold current) {
        for (var slot : current.removed()) {
            removedBefore.put(slot.id(), slot);
        }
        hold = null;
        var begun = current.giveBack();
        returning = begun;
        return begun;
    }

    /// Waits until the broker has back what was held before: until then it is neither ready nor
    /// held.
    void awaitReturned(Deadline deadline) throws Exception {
        var last = returning;
        if (last != null && last.isAlive()) {
            deadline.awaitBefore(last::join, RETURNED);
        }
    }

    /// Waits a moment for messages that are on their way to who reads on and on.
    void awaitSome() throws InterruptedException {
        var current = hold;
        if (current != null) {
            current.intake().awaitSome();
        }
    }

    /// Works on what is held, for a visit.
    <T> T with(Act act, Deadline deadline, Work<T> work) throws BrokerException {
        Hold failed = null;
        Thread back = null;
        try {
            deadline.lock(lock, this::taken);
            try {
                var current = current(deadline);
                failed = current;
                current.intake().checkQueue(deadline);
                var result = work.on(current);
                failed = null;
                return result;
            } finally {
                if (failed != null && failed == hold) {
                    back = giveBack(failed);
                }
                giveBackUnlessVisited();
                lock.unlock();
            }
        } catch (Exception thrown) {
            var told = link.errors().of(thrown, act);
            if (back != null) {
                GivingBack.await(back);
            }
            throw told;
        }
    }

    private Hold current(Deadline deadline) throws Exception {
        var current = hold;
        if (current != null && current.isAlive()) {
            return current;
        }
        if (current != null) {
            var _ = giveBack(current);
        }
        awaitReturned(deadline);
        var taking = rules.of(queue, deadline);
        var line = link.open(deadline);
        // A name that comes again is that of another message, alike byte for byte.
        current = new Hold(line, queue, taking, anew, removedBefore::remove);
        hold = current;
        generation.incrementAndGet();
        return current;
    }

    /// Changes when all was given back and taken anew: slots of an earlier one mean nothing.
    int generation() {
        return generation.get();
    }

    private int taken() {
        var current = hold;
        return current == null ? 0 : current.size();
    }

    /// How many messages a queue has.
    ///
    /// @param isShared whether others than this connection may hold more
    record Depth(long messages, boolean isShared) {
        /// Of a queue of which nothing is held.
        static Depth of(AMQP.Queue.DeclareOk declared) {
            return new Depth(declared.getMessageCount(), declared.getConsumerCount() > 0);
        }

        Count count() {
            return isShared ? Count.atLeast(messages) : Count.exact(messages);
        }
    }

    /// The depth with what is held; empty where nothing is.
    Optional<Depth> depth(Deadline deadline) throws BrokerException {
        if (hold == null) {
            return Optional.empty();
        }
        try {
            deadline.lock(lock, this::taken);
            try {
                var current = hold;
                return current != null && current.isAlive()
                        ? Optional.of(current.depth(deadline))
                        : Optional.empty();
            } finally {
                giveBackUnlessVisited();
                lock.unlock();
            }
        } catch (Exception failed) {
            throw link.errors().of(failed, Act.describing(queue.name()));
        }
    }

    /// How many messages are held now; 0 where nobody visits.
    int held() {
        var current = hold;
        return current == null ? 0 : current.live() + current.intake().ahead();
    }

    /// The place before `slot`, of which the caller knows how many lay before it.
    Place place(Hold current, int slot, String ofFamily, long ordinal) {
        var anchors = new ArrayList<MessageId>();
        var before = current.liveBefore(slot);
        for (var held : current.held().subList(Math.max(0, before - Place.ANCHORS), before)) {
            anchors.add(held.id());
        }
        return new Place(ofFamily, ordinal, before, removed.get(), purges, anchors);
    }

    String family() {
        return family;
    }

    /// The end of a queue that has `depth` messages now.
    Place end(long depth) {
        return new Place(family, depth, depth, removed.get(), purges, List.of());
    }

    /// The slot that a cursor stands for. Takes as much as is needed to know.
    ///
    /// @throws BrokerException.Gone when the message it stands by is gone and was never seen here
    int slot(Hold current, Cursor cursor, Deadline deadline) throws Exception {
        return switch (cursor) {
            case Cursor.Oldest _ -> 0;
            case Cursor.Newest _ -> {
                while (current.take(Intake.WINDOW, deadline) > 0) {
                    deadline.check();
                }
                yield current.size();
            }
            case Cursor.At _ -> throw noTimes();
            case Cursor.Token(var token) -> slot(current, place(token), deadline);
            case Cursor.Before(var id) -> {
                var slot = seek(current, id, deadline);
                if (slot.isEmpty()) {
                    slot = find(current, id);
                }
                if (slot.isPresent()) {
                    yield slot.getAsInt();
                }
                var left = left(current, id);
                if (left == null) {
                    throw gone(
                            "The message "
                                    + id
                                    + " is not in the queue "
                                    + queue.name()
                                    + " any more.");
                }
                yield slot(current, left, deadline);
            }
        };
    }

    /// @throws BrokerException.Gone for what no connection of ours wrote
    Place place(String token) throws BrokerException {
        return Place.read(token)
                .orElseThrow(
                        () ->
                                gone(
                                        "This place does not belong to the queue "
                                                + queue.name()
                                                + '.'));
    }

    private BrokerException noTimes() {
        return new BrokerException.Unsupported(
                "The queue " + queue.name() + " cannot be read from a time on.",
                new Remedy.Advice("Start from the oldest message."),
                null);
    }

    BrokerException gone(String sentence) {
        return new BrokerException.Gone(
                sentence, new Remedy.Advice("Start again from the oldest message."), null);
    }

    /// The slot of a message that was taken, also when it was removed not long ago.
    OptionalInt find(Hold current, MessageId id) {
        var known = current.known(id);
        return known != null && (known.isHeld() || known.left() != null)
                ? OptionalInt.of(known.number())
                : OptionalInt.empty();
    }

    /// Where a message lay that was removed not long ago; null for all others.
    private @Nullable Place left(Hold current, MessageId id) {
        var known = current.known(id);
        if (known == null) {
            known = removedBefore.get(id);
        }
        return known == null ? null : known.left();
    }

    /// Goes on until the message is found; empty when it was removed, or the queue ends before.
    OptionalInt seek(Hold current, MessageId id, Deadline deadline) throws Exception {
        while (true) {
            var known = current.known(id);
            if (known != null && known.isHeld()) {
                return OptionalInt.of(known.number());
            }
            if (wasRemoved(current, id) || current.take(Intake.WINDOW, deadline) == 0) {
                return OptionalInt.empty();
            }
        }
    }

    /// 0 where nobody can tell: what was seen before is seen again rather than left out.
    int slot(Hold current, Place place, Deadline deadline) throws Exception {
        var anchors = place.anchors();
        if (!anchors.isEmpty()) {
            // Messages move towards the head, or to the end of a quorum queue.
            while (find(current, anchors.getLast()).isEmpty()
                    && current.size() < place.ordinal()
                    && current.take(Intake.WINDOW, deadline) > 0) {
                deadline.check();
            }
            var found = nearest(current, anchors);
            if (found.isPresent()) {
                var slot = found.getAsInt() + 1;
                // More than lay before it then: it was put behind what nobody saw.
                var behind = current.isQuorum() && current.liveBefore(slot) > place.live();
                return behind ? 0 : slot;
            }
            if (current.isQuorum() || !place.family().equals(family)) {
                // Of what lay before it some may be left, at the head or behind all else.
                return 0;
            }
        }
        return current.slotAfterLive(liveNow(place));
    }

    private OptionalInt nearest(Hold current, List<MessageId> anchors) {
        for (var id : anchors.reversed()) {
            var slot = find(current, id);
            if (slot.isPresent()) {
                return slot;
            }
        }
        return OptionalInt.empty();
    }

    /// How many messages lie before a place now, by what was removed here since; at most so many
    /// for a place that another connection told.
    long liveNow(Place place) {
        return place.family().equals(family)
                ? Math.max(0, place.live() - (removed.get() - place.removed()))
                : place.live();
    }

    /// Whether the queue was purged since the place was told.
    boolean wasPurgedSince(Place place) {
        return place.family().equals(family) && place.purges() < purges;
    }

    /// Tells the broker to remove held messages for good. Who tells that they are removed waits for
    /// it first.
    Removal remove(Hold current, List<Integer> slots, Deadline deadline) throws Exception {
        var leaving = new ArrayList<Slots.Slot>(slots.size());
        Place place = null;
        var neighbour = -1;
        for (var number : slots) {
            var before = current.liveBefore(number);
            // What goes together with the one before it leaves the same place.
            if (place == null || before != neighbour + 1) {
                place = place(current, number, family, number);
            }
            neighbour = before;
            var slot = current.at(number);
            if (slot.isPresent()) {
                slot.get().leave(place);
                leaving.add(slot.get());
            }
        }
        try {
            var gone = current.remove(slots, deadline);
            removed.addAndGet(gone.size());
            return new Removal(current, gone);
        } catch (Exception unknown) {
            leaving.forEach(Slots.Slot::mayBeThere);
            throw unknown;
        }
    }

    /// Messages that the broker was told to remove.
    final class Removal {
        private final Hold from;
        private final List<Slots.Slot> messages;

        private Removal(Hold from, List<Slots.Slot> messages) {
            this.from = from;
            this.messages = messages;
        }

        /// Returns when the broker has removed them, and all that it was told to before. Others may
        /// work on the queue meanwhile.
        ///
        /// @throws Exception when nobody knows whether they were removed: of a channel that is lost
        ///     the broker takes back what it had not removed
        void await(Deadline deadline) throws Exception {
            try {
                from.awaitRemoved(deadline);
            } catch (Exception unknown) {
                removed.addAndGet(-messages.size());
                messages.forEach(Slots.Slot::mayBeThere);
                from.fail();
                throw unknown;
            }
        }
    }

    /// Whether it was removed here, not long ago.
    boolean wasRemoved(Hold current, MessageId id) {
        return left(current, id) != null;
    }

    void purged(long count) {
        removed.addAndGet(count);
        purges++;
    }
}
