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
        private final long sequence;
        private final Destination to;
        private final BasicProperties properties;
        private final byte[] body;
        private Fate fate = Fate.WAITING;
        private boolean isSettled;

        Entry(
                long number,
                Batch batch,
                long sequence,
                Destination to,
                BasicProperties properties,
                byte[] body) {
            this.number = number;
            this.batch = batch;
            this.sequence = sequence;
            this.to = to;
            this.properties = properties;
            this.body = body;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// What was published and not settled yet, by rising number. Confirmations come nearly in that
    /// order.
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();

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

        /// @param number the channel's next publish number
        void sending(
                long number,
                long sequence,
                Destination to,
                BasicProperties properties,
                byte[] body) {
            lock.lock();
            try {
                var entry = new Entry(number, this, sequence, to, properties, body);
                entries.add(entry);
                waiting.add(entry);
                left++;
            } finally {
                lock.unlock();
            }
        }

        /// Waits until the whole batch is settled.
        ///
        /// @throws Exception of [#lost], or that the channel closed before
        void await(Deadline deadline) throws Exception {
            Confirms.this.await(() -> left == 0, deadline);
        }

        /// Of what the broker told of, which is all after [#await].
        List<TransferEvent> events() {
            lock.lock();
            try {
                return entries.stream()
                        .filter(entry -> entry.isSettled)
                        .map(Confirms::event)
                        .toList();
            } finally {
                lock.unlock();
            }
        }
    }

    Batch batch() {
        return new Batch();
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
            waiting.stream()
                    .filter(entry -> entry.fate == Fate.WAITING)
                    .filter(entry -> entry.to.equals(to))
                    .filter(entry -> mark(entry.properties).equals(mark))
                    .filter(entry -> Arrays.equals(entry.body, message.getBody()))
                    .findFirst()
                    .ifPresent(entry -> entry.fate = Fate.RETURNED);
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
            case CONFIRMED -> new TransferEvent.Sent(entry.sequence, entry.to.words());
            case RETURNED -> new TransferEvent.Refused(entry.sequence, noRoute(entry.to));
            case REFUSED, WAITING -> new TransferEvent.Refused(entry.sequence, full(entry.to));
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
