package org.deadletteroffice.core.index;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.deadletteroffice.core.browse.Completeness;
import org.deadletteroffice.core.browse.Fates;
import org.deadletteroffice.core.browse.Groups;
import org.deadletteroffice.core.cause.RedriveMark;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.core.query.Searched;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// The indexes of the queues that were looked at, the least recently used forgotten first. Safe for
/// any thread: who asks for an index that is being read waits, and then reads on.
public final class MessageIndexes implements AutoCloseable {
    /// How many indexes are kept, and how many messages in all of them.
    private static final int KEPT = 24;

    private static final long KEPT_MESSAGES = 10_000_000;

    /// New messages that are worth a file before the program ends; of a large index a twentieth.
    private static final long WORTH_KEEPING = 1_000;

    /// Often enough for a moving number, seldom enough to cost nothing.
    private static final long TELL_EVERY_NANOS = 250_000_000;

    private final Function<DeadLetter, ? extends Searched> messages;
    private final Fates fates;
    private final @Nullable IndexFolder folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Key, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(QueueRef queue, String filter) {}

    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable QueueIndex index;
        private @Nullable QueueInfo info;
        private boolean filtered;
        private volatile int size;
    }

    /// @param messages what a filter is asked of
    /// @param folder where the indexes of all messages of a log are kept; null to keep none
    public MessageIndexes(
            Function<DeadLetter, ? extends Searched> messages,
            Fates fates,
            @Nullable IndexFolder folder) {
        this.messages = messages;
        this.fates = fates;
        this.folder = folder;
    }

    /// Keeps what was read since it was last kept. An index that is being read is left out.
    @Override
    public void close() {
        List<Slot> all;
        lock.lock();
        try {
            all = List.copyOf(slots.values());
        } finally {
            lock.unlock();
        }
        for (var slot : all) {
            if (slot.lock.tryLock()) {
                try {
                    keep(slot, 1);
                } finally {
                    slot.lock.unlock();
                }
            }
        }
    }

    /// @param least how many new messages are worth a file
    private void keep(Slot slot, long least) {
        var index = slot.index;
        var info = slot.info;
        if (folder == null || index == null || info == null || slot.filtered) {
            return;
        }
        long unsaved = index.unsaved();
        if (IndexFolder.keeps(info.ref().kind()) && (unsaved < 0 || unsaved >= least)) {
            folder.save(info, index);
            index.saved();
        }
    }

    /// The groups of what `filter` means.
    ///
    /// @param progress told about four times a second, and last with the result
    public Groups groups(
            BrokerConnection connection,
            QueueRef queue,
            Filter filter,
            boolean includeResolved,
            Consumer<Groups> progress)
            throws BrokerException {
        return read(
                connection,
                queue,
                filter,
                progress,
                (index, total, done, millis) ->
                        new Groups(
                                index.groups(includeResolved),
                                index.completeness(
                                        index.count(null, includeResolved), total, done, millis)));
    }

    /// How many messages `filter` means.
    ///
    /// @param fingerprint only of this group; null for all
    public Completeness count(
            BrokerConnection connection,
            QueueRef queue,
            Filter filter,
            @Nullable String fingerprint,
            boolean includeResolved,
            Consumer<Completeness> progress)
            throws BrokerException {
        return read(
                connection,
                queue,
                filter,
                progress,
                (index, total, done, millis) ->
                        index.completeness(
                                index.count(fingerprint, includeResolved), total, done, millis));
    }

    private interface Question<T> {
        T answer(QueueIndex index, @Nullable Count total, boolean done, long millis);
    }

    private <T> T read(
            BrokerConnection connection,
            QueueRef queue,
            Filter filter,
            Consumer<T> progress,
            Question<T> question)
            throws BrokerException {
        long started = System.nanoTime();
        var slot = slot(new Key(queue, filter.text()));
        try {
            slot.lock.lockInterruptibly();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new BrokerException.Cancelled("Reading of " + queue + " was stopped.", stop);
        }
        try {
            var index = current(slot, connection, queue, filter);
            // Fates are asked before and after: what is told on the way hides resolved ones too.
            index.refreshFates(fates);
            var pace = new Pace();
            index.catchUp(
                    connection,
                    (_, total) -> {
                        slot.size = index.size();
                        if (pace.isTime()) {
                            progress.accept(question.answer(index, total, false, millis(started)));
                        }
                    });
            slot.size = index.size();
            index.refreshFates(fates);
            var result = question.answer(index, null, true, millis(started));
            progress.accept(result);
            keep(slot, Math.max(WORTH_KEEPING, index.size() / 20));
            return result;
        } finally {
            slot.lock.unlock();
            forgetOldest();
        }
    }

    /// Under the slot's lock.
    private QueueIndex current(
            Slot slot, BrokerConnection connection, QueueRef queue, Filter filter)
            throws BrokerException {
        var info = connection.queue(queue);
        var index = slot.index;
        if (index == null || !index.identity().equals(info.identity())) {
            index = new QueueIndex(info, reader(filter));
            slot.filtered = !filter.isAll();
            if (folder != null
                    && filter.isAll()
                    && IndexFolder.keeps(queue.kind())
                    && !folder.load(info, index)) {
                index = new QueueIndex(info, reader(filter));
            }
            slot.index = index;
            slot.info = info;
        }
        return index;
    }

    private Function<DeadLetter, @Nullable IndexedMessage> reader(Filter filter) {
        return letter -> {
            var message = messages.apply(letter);
            return filter.matches(message) ? indexed(message) : null;
        };
    }

    private static IndexedMessage indexed(Searched message) {
        var letter = message.letter();
        int returns = RedriveMark.of(letter.headers()).map(RedriveMark::count).orElse(0);
        return new IndexedMessage(letter, message.failure(), message.fingerprint(), returns);
    }

    private Slot slot(Key key) {
        lock.lock();
        try {
            return slots.computeIfAbsent(key, _ -> new Slot());
        } finally {
            lock.unlock();
        }
    }

    private void forgetOldest() {
        lock.lock();
        try {
            long messages = slots.values().stream().mapToLong(slot -> slot.size).sum();
            var oldest = slots.entrySet().iterator();
            while (oldest.hasNext()
                    && slots.size() > 1
                    && (slots.size() > KEPT || messages > KEPT_MESSAGES)) {
                Map.Entry<Key, Slot> entry = oldest.next();
                if (!entry.getValue().lock.isLocked()) {
                    messages -= entry.getValue().size;
                    oldest.remove();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static long millis(long started) {
        return (System.nanoTime() - started) / 1_000_000;
    }

    /// Lets one through every quarter of a second.
    private static final class Pace {
        private long last = System.nanoTime();

        boolean isTime() {
            long now = System.nanoTime();
            if (now - last < TELL_EVERY_NANOS) {
                return false;
            }
            last = now;
            return true;
        }
    }
}
