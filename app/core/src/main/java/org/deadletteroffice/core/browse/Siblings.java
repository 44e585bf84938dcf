package org.deadletteroffice.core.browse;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.LongConsumer;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.cause.Causes;
import org.deadletteroffice.core.profile.Brokers;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.KeyLog;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.ConsumerInfo.PartitionLag;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.Numerals;
import org.deadletteroffice.spi.message.Origin;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Finds what a dead letter may be compared with: the nearest messages of its key, before and after
/// it in the log it came from, on which its reader did not fail. Blocks; honours interruption.
public final class Siblings {
    /// Places of the origin that are looked at on either side of it; some tenths of a second.
    static final long FAR = 200_000;

    /// Dead letters that are looked at for others of its key.
    static final long MOST_LETTERS = 200_000;

    private static final long FIRST_LOOK = 1_000;

    private final Brokers brokers;
    private final Messages messages;
    private final Causes causes;

    public Siblings(Brokers brokers, Messages messages, Causes causes) {
        this.brokers = brokers;
        this.messages = messages;
        this.causes = causes;
    }

    /// @param before null where none was found
    /// @param after null where none was found
    /// @param note what could not be told, and why nothing was found, in sentences; may be empty
    public record Found(@Nullable MessageView before, @Nullable MessageView after, String note) {
        private static Found nothing(String why) {
            return new Found(null, null, why);
        }

        /// The one before, else the one after.
        public Optional<MessageView> nearest() {
            return Optional.ofNullable(before != null ? before : after);
        }
    }

    public Found of(MessageView dead) throws OperatorException, BrokerException {
        var letter = dead.letter();
        var key = letter.key();
        var origin = dead.failure().origin();
        var queue = origin.queue();
        var partition = origin.partition();
        var position = origin.position();
        if (key == null) {
            return Found.nothing("It has no key, so no other message belongs with it.");
        }
        if (queue == null || partition == null || position == null) {
            return Found.nothing("It does not say from which place it came.");
        }
        var connection = brokers.connection(letter.queue().profile());
        var log = connection.keyLog();
        if (log.isEmpty()) {
            return Found.nothing("This broker keeps nothing that was consumed.");
        }
        var where = new QueueRef(letter.queue().profile(), queue, letter.queue().kind());
        var note = new StringJoiner(" ");
        var search =
                new Search(
                        log.get(), where, partition, key, deaths(connection, letter, origin, note));
        var before = search.before(position);
        var reader = reader(connection, dead);
        long after = -1;
        if (reader.isEmpty()) {
            note.add(
                    "How far its reader is in %s is not known, so none after it is told."
                            .formatted(queue));
        } else {
            after = search.after(position, reader.get());
        }
        var found = new Found(view(where, partition, before), view(where, partition, after), "");
        if (found.nearest().isEmpty()) {
            note.add(
                    "No message of its key that succeeded lies within %s places of it in %s."
                            .formatted(Numerals.of(FAR), queue));
        }
        return new Found(found.before, found.after, note.toString());
    }

    private @Nullable MessageView view(QueueRef queue, int partition, long position)
            throws OperatorException, BrokerException {
        return position < 0
                ? null
                : messages.find(queue, MessageId.at(partition, position)).orElse(null);
    }

    /// Up to where the reader that failed has consumed; the only reader there is, where the message
    /// names none.
    private static Optional<Long> reader(BrokerConnection connection, MessageView dead)
            throws BrokerException {
        var origin = dead.failure().origin();
        var all =
                connection.consumers().stream()
                        .filter(reader -> reader.queue().name().equals(origin.queue()))
                        .toList();
        return all.stream()
                .filter(
                        reader ->
                                all.size() == 1 || reader.group().equals(dead.failure().consumer()))
                .flatMap(reader -> reader.partitions().stream())
                .filter(lag -> Integer.valueOf(lag.partition()).equals(origin.partition()))
                .map(PartitionLag::committed)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /// The places of its partition from which dead letters of its key came.
    private Set<Long> deaths(
            BrokerConnection connection, DeadLetter dead, Origin origin, StringJoiner note)
            throws BrokerException {
        var deaths = new HashSet<Long>();
        long read = 0;
        try (var scan =
                connection.scan(dead.queue(), Cursor.oldest(), connection.snapshot(dead.queue()))) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                for (var letter : batch.get().messages()) {
                    if (Arrays.equals(letter.key(), dead.key())) {
                        add(deaths, letter, origin);
                    }
                }
                read += batch.get().messages().size();
                if (read >= MOST_LETTERS) {
                    note.add(
                            "Only the first %s dead letters were looked at; the one found may lie among the others."
                                    .formatted(Numerals.of(read)));
                    break;
                }
            }
        }
        return deaths;
    }

    private void add(Set<Long> deaths, DeadLetter letter, Origin origin) {
        var from = causes.read(letter).origin();
        if (from.position() != null
                && Objects.equals(from.queue(), origin.queue())
                && Objects.equals(from.partition(), origin.partition())) {
            deaths.add(from.position());
        }
    }

    /// Looks near the message first, and then in ever longer stretches.
    private record Search(KeyLog log, QueueRef queue, int partition, byte[] key, Set<Long> deaths) {
        /// -1 for none.
        long before(long position) throws BrokerException {
            long width = FIRST_LOOK;
            for (long to = position; to > 0 && position - to < FAR; width *= 4) {
                long from = Math.max(0, to - width);
                long found = last(from, to);
                if (found >= 0) {
                    return found;
                }
                to = from;
            }
            return -1;
        }

        long after(long position, long committed) throws BrokerException {
            long width = FIRST_LOOK;
            long end = Math.min(committed, position + 1 + FAR);
            for (long from = position + 1; from < end; width *= 4) {
                long to = Math.min(end, from + width);
                long found = first(from, to);
                if (found >= 0) {
                    return found;
                }
                from = to;
            }
            return -1;
        }

        private long first(long from, long to) throws BrokerException {
            var found = new long[] {-1};
            read(from, to, at -> found[0] = found[0] < 0 ? at : found[0]);
            return found[0];
        }

        private long last(long from, long to) throws BrokerException {
            var found = new long[] {-1};
            read(from, to, at -> found[0] = at);
            return found[0];
        }

        private void read(long from, long to, LongConsumer each) throws BrokerException {
            log.read(
                    queue,
                    partition,
                    from,
                    to,
                    Long.MAX_VALUE,
                    (at, itsKey, _) -> {
                        if (Arrays.equals(itsKey, key) && !deaths.contains(at)) {
                            each.accept(at);
                        }
                    });
        }
    }
}
