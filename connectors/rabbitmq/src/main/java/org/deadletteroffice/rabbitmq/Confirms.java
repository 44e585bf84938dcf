package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Return;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.jspecify.annotations.Nullable;

/// What the broker says of the messages that were published on one channel.
///
/// A message that no queue took is returned before it is confirmed, and the return carries no
/// number; so it is known by its redrive's mark, or where it has none by where it went and by its
/// body. (An exchange of type `headers` may route one of two equal bodies and not the other.)
final class Confirms {
    private static final String MARK = "x-redrive-id";

    /// What becomes of one published message.
    private enum Fate {
        WAITING,
        RETURNED,
        CONFIRMED,
        REFUSED
    }

    private static final class Entry {
        private final long number;
        private final Batch batch;
        private final Publisher.Message message;
        private Fate fate = Fate.WAITING;
        private boolean isSettled;

        Entry(long number, Batch batch, Publisher.Message message) {
            this.number = number;
            this.batch = batch;
            this.message = message;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// What was published and not settled yet, by rising number. Confirmations come nearly in that
    /// order.
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();

    /// What was refused and not told: Qpid says so before it gives back what no queue took.
    private final List<Entry> refused = new ArrayList<>();

    /// The number of the last one: the broker counts from 1 on, too.
    private long published;

    private @Nullable Exception closed;

    Confirms(Channel channel) {
        channel.addConfirmListener(
                (number, multiple) -> settle(number, multiple, Fate.CONFIRMED),
                (number, multiple) -> settle(number, multiple, Fate.REFUSED));
        channel.addReturnListener(this::returned);
        channel.addShutdownListener(this::lost);
    }

    /// Messages that are published together.
    final class Batch {
        private final List<Entry> entries = new ArrayList<>();
        private int left;

        /// Waits until the whole batch is settled.
        ///
        /// @throws Exception of [#lost], or that the channel closed before
        void await(Deadline deadline) throws Exception {
            Confirms.this.await(() -> left == 0, deadline);
        }

        /// Whether some were refused, for which the broker may still give the reason.
        boolean hasRefused() {
            lock.lock();
            try {
                return entries.stream().anyMatch(entry -> entry.fate == Fate.REFUSED);
            } finally {
                lock.unlock();
            }
        }

        /// Of what the broker told of, which is all after [#await].
        List<TransferEvent> events() {
            lock.lock();
            try {
                refused.removeIf(entry -> entry.batch == this);
                return entries.stream()
                        .filter(entry -> entry.isSettled)
                        .map(Confirms::event)
                        .toList();
            } finally {
                lock.unlock();
            }
        }
    }

    /// From now on awaits what the broker says of these, which are published next.
    Batch begin(List<Publisher.Message> messages) {
        var batch = new Batch();
        lock.lock();
        try {
            for (var message : messages) {
                var entry = new Entry(++published, batch, message);
                batch.entries.add(entry);
                waiting.add(entry);
            }
            batch.left = messages.size();
        } finally {
            lock.unlock();
        }
        return batch;
    }

    /// Waits until everything that was published is settled.
    ///
    /// @throws Exception of [#lost], or that the channel closed before
    void await(Deadline deadline) throws Exception {
        await(waiting::isEmpty, deadline);
    }

    private void await(BooleanSupplier settled, Deadline deadline) throws Exception {
        // Held for moments only. What is settled is told, also after the deadline.
        lock.lock();
        try {
            while (!settled.getAsBoolean()) {
                if (closed != null) {
                    throw closed;
                }
                deadline.check();
                var _ = changed.await(50, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether something was published of which the broker said nothing yet.
    boolean areAwaited() {
        lock.lock();
        try {
            return !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more is expected, for this reason: it is the reason of all that still waits.
    void lost(Exception reason) {
        lock.lock();
        try {
            if (closed == null) {
                closed = reason;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void settle(long number, boolean multiple, Fate fate) {
        lock.lock();
        try {
            var all = waiting.iterator();
            while (all.hasNext()) {
                var entry = all.next();
                if (entry.number > number) {
                    break;
                }
                if (multiple || entry.number == number) {
                    all.remove();
                    settle(entry, fate);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void settle(Entry entry, Fate fate) {
        if (entry.fate == Fate.WAITING) {
            entry.fate = fate;
            if (fate == Fate.REFUSED) {
                refused.add(entry);
            }
        }
        entry.isSettled = true;
        if (--entry.batch.left == 0) {
            changed.signalAll();
        }
    }

    private void returned(Return message) {
        lock.lock();
        try {
            var to = new Destination(message.getExchange(), message.getRoutingKey());
            var mark = mark(message.getProperties());
            Stream.concat(
                            waiting.stream().filter(entry -> entry.fate == Fate.WAITING),
                            refused.stream())
                    .filter(entry -> entry.message.to().equals(to))
                    .filter(entry -> mark(entry.message.properties()).equals(mark))
                    .filter(entry -> Arrays.equals(entry.message.payload(), message.getBody()))
                    .findFirst()
                    .ifPresent(
                            entry -> {
                                entry.fate = Fate.RETURNED;
                                refused.remove(entry);
                            });
        } finally {
            lock.unlock();
        }
    }

    /// What tells a redriven message from all others; empty for one that is sent otherwise.
    private static String mark(BasicProperties properties) {
        var headers = properties.getHeaders();
        var mark = headers == null ? null : headers.get(MARK);
        return mark == null ? "" : mark.toString();
    }

    private static TransferEvent event(Entry entry) {
        return switch (entry.fate) {
            case CONFIRMED ->
                    new TransferEvent.Sent(entry.message.sequence(), entry.message.to().words());
            case RETURNED ->
                    new TransferEvent.Refused(
                            entry.message.sequence(), noRoute(entry.message.to()));
            case REFUSED, WAITING ->
                    new TransferEvent.Refused(entry.message.sequence(), full(entry.message.to()));
        };
    }

    static BrokerException noRoute(Destination to) {
        return to.exchange().isEmpty()
                ? RabbitErrors.noQueue(to.routingKey(), null)
                : new BrokerException.NotFound(
                        "No queue takes messages from " + to.words() + '.',
                        new Remedy.Advice("Bind a queue to it, or choose another destination."),
                        null);
    }

    private static BrokerException full(Destination to) {
        return new BrokerException.Unsupported(
                "A queue behind " + to.words() + " refused the message: it is full.",
                new Remedy.Advice("Make room in the queue, or raise its max-length."),
                null);
    }
}
