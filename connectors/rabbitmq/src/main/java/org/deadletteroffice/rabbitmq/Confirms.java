package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
        private final long sequence;
        private final Destination to;
        private final String mark;
        private final byte[] body;
        private Fate fate = Fate.WAITING;

        Entry(long sequence, Destination to, String mark, byte[] body) {
            this.sequence = sequence;
            this.to = to;
            this.mark = mark;
            this.body = body;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final NavigableMap<Long, Entry> waiting = new TreeMap<>();
    private final Map<Long, Entry> settled = new HashMap<>();
    private @Nullable ShutdownSignalException closed;

    Confirms(Channel channel) {
        channel.addConfirmListener(
                (number, multiple) -> settle(number, multiple, Fate.CONFIRMED),
                (number, multiple) -> settle(number, multiple, Fate.REFUSED));
        channel.addReturnListener(this::returned);
        channel.addShutdownListener(this::closed);
    }

    /// A new batch; the one before is over.
    void begin() {
        lock.lock();
        try {
            waiting.clear();
            settled.clear();
        } finally {
            lock.unlock();
        }
    }

    /// @param number the channel's next publish number
    void sending(
            long number, long sequence, Destination to, BasicProperties properties, byte[] body) {
        lock.lock();
        try {
            waiting.put(number, new Entry(sequence, to, mark(properties), body));
        } finally {
            lock.unlock();
        }
    }

    private void settle(long number, boolean multiple, Fate fate) {
        lock.lock();
        try {
            var which =
                    multiple
                            ? waiting.headMap(number, true)
                            : waiting.subMap(number, true, number, true);
            for (var entry : which.values()) {
                if (entry.fate == Fate.WAITING) {
                    entry.fate = fate;
                }
                settled.put(entry.sequence, entry);
            }
            which.clear();
            if (waiting.isEmpty()) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void returned(Return message) {
        lock.lock();
        try {
            var to = new Destination(message.getExchange(), message.getRoutingKey());
            var mark = mark(message.getProperties());
            waiting.values().stream()
                    .filter(entry -> entry.fate == Fate.WAITING)
                    .filter(entry -> entry.to.equals(to))
                    .filter(entry -> entry.mark.equals(mark))
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

    private void closed(ShutdownSignalException reason) {
        lock.lock();
        try {
            closed = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the whole batch is settled.
    ///
    /// @throws ShutdownSignalException when the channel closed before
    void await(Deadline deadline) throws Exception {
        deadline.lock(lock);
        try {
            while (!waiting.isEmpty()) {
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

    /// Empty where the broker did not say, which is so of none after [#await].
    Optional<TransferEvent> event(long sequence) {
        lock.lock();
        try {
            return Optional.ofNullable(settled.get(sequence)).map(Confirms::event);
        } finally {
            lock.unlock();
        }
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
