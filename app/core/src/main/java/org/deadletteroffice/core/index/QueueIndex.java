package org.deadletteroffice.core.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deadletteroffice.core.ReadAhead;
import org.deadletteroffice.core.browse.Completeness;
import org.deadletteroffice.core.browse.FailureGroup;
import org.deadletteroffice.core.browse.Fates;
import org.deadletteroffice.core.browse.MessageView.Fate;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.Numerals;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// The index of one queue under one filter, and how far it reads. [#catchUp] reads what is new; a
/// scan that was broken off is gone on with the next time. One thread at a time.
final class QueueIndex {
    /// Memory is bounded: past this many messages the rest is not indexed, and that is said.
    static final int MAX_MESSAGES = 8_000_000;

    private static final int FATES_AT_ONCE = 1_000;

    private final QueueRef queue;
    private final String identity;

    /// Null for a message that the filter does not mean.
    private final Function<DeadLetter, @Nullable IndexedMessage> reader;

    private MessageIndex messages = new MessageIndex();
    private Cursor after = Cursor.oldest();
    private long read;

    /// Of `read`, when a file was last in step.
    private long kept;

    private boolean full;
    private @Nullable MessageId oldest;

    QueueIndex(QueueInfo info, Function<DeadLetter, @Nullable IndexedMessage> reader) {
        this.queue = info.ref();
        this.identity = info.identity();
        this.reader = reader;
    }

    void write(IndexWriting out) throws IOException {
        out.text(after.text());
        out.number(read);
        out.number(full ? 1 : 0);
        out.text(oldest == null ? null : oldest.text());
        messages.write(out);
    }

    /// @throws RuntimeException, too, where the file holds what nobody wrote
    void read(IndexReading in) throws IOException {
        var place = in.text();
        after = place == null ? Cursor.oldest() : Cursor.parse(place);
        read = in.number();
        full = in.number() == 1;
        var first = in.text();
        oldest = first == null ? null : new MessageId(first);
        messages = MessageIndex.read(in);
        kept = read;
    }

    /// How many messages were read since this was read from a file or written to one; less than 0
    /// where all was read anew.
    long unsaved() {
        return read < kept ? -1 : read - kept;
    }

    void saved() {
        kept = read;
    }

    String identity() {
        return identity;
    }

    int size() {
        return messages.size();
    }

    /// Told while reading.
    interface Progress {
        void at(long read, Count total);
    }

    /// Reads to the queue's end as it is now. What was removed from the queue since makes it read
    /// all again.
    void catchUp(BrokerConnection connection, Progress progress) throws BrokerException {
        if (read > 0 && somethingVanished(connection)) {
            startOver();
        }
        try {
            scan(connection, progress);
        } catch (BrokerException.Gone tooOld) {
            startOver();
            scan(connection, progress);
        }
    }

    private void startOver() {
        messages = new MessageIndex();
        after = Cursor.oldest();
        read = 0;
        full = false;
        oldest = null;
    }

    /// More was read than there is, or the oldest message that was read is gone.
    private boolean somethingVanished(BrokerConnection connection) throws BrokerException {
        var depth = connection.queue(queue).depth();
        boolean certain =
                switch (depth.precision()) {
                    case EXACT, AT_MOST -> true;
                    case APPROXIMATE, AT_LEAST -> false;
                };
        return (certain && read > depth.value())
                || (oldest != null && connection.fetch(queue, List.of(oldest)).isEmpty());
    }

    private void scan(BrokerConnection connection, Progress progress) throws BrokerException {
        if (full) {
            return;
        }
        var until = connection.snapshot(queue);
        long before = read;
        try (var ahead = new ReadAhead(connection.scan(queue, after, until))) {
            for (var part = ahead.next(); part.isPresent(); part = ahead.next()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw stopped(null);
                }
                for (var letter : part.get().batch().messages()) {
                    take(letter);
                }
                after = part.get().batch().after();
                if (messages.size() >= MAX_MESSAGES) {
                    full = true;
                    return;
                }
                var total = part.get().total();
                progress.at(
                        read, new Count(Math.max(read, before + total.value()), total.precision()));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw stopped(stop);
        }
    }

    private BrokerException.Cancelled stopped(@Nullable Throwable stop) {
        return new BrokerException.Cancelled("Reading of " + queue + " was stopped.", stop);
    }

    private void take(DeadLetter letter) {
        if (oldest == null) {
            oldest = letter.id();
        }
        var message = reader.apply(letter);
        if (message == null || messages.add(message)) {
            read++;
        }
    }

    /// Asks the ledger anew: fates change without the queue changing.
    void refreshFates(Fates fates) {
        messages.forgetFates();
        boolean listed =
                fates.resolved(
                        queue,
                        identity,
                        id -> {
                            int number = messages.find(id);
                            if (number >= 0) {
                                messages.setFate(number, true, true);
                            }
                        });
        if (listed || fates == Fates.NONE) {
            return;
        }
        for (int from = 0; from < messages.size(); from += FATES_AT_ONCE) {
            int to = Math.min(messages.size(), from + FATES_AT_ONCE);
            var asked = new ArrayList<DeadLetter>(to - from);
            Map<MessageId, Integer> numbers = HashMap.newHashMap(to - from);
            for (int i = from; i < to; i++) {
                var id = messages.id(i);
                numbers.put(id, i);
                asked.add(nameOnly(id));
            }
            for (Map.Entry<MessageId, Fate> fate : fates.of(queue, identity, asked).entrySet()) {
                var number = numbers.get(fate.getKey());
                if (number != null) {
                    messages.setFate(
                            number, fate.getValue().resolved(), fate.getValue().job() != null);
                }
            }
        }
    }

    private DeadLetter nameOnly(MessageId id) {
        return new DeadLetter(queue, id, null, null, Headers.NONE, null, null, Failure.NONE, null);
    }

    List<FailureGroup> groups(boolean includeResolved) {
        return messages.groups(includeResolved);
    }

    long count(@Nullable String fingerprint, boolean includeResolved) {
        return messages.count(fingerprint, includeResolved);
    }

    /// @param total null while nothing is known of it
    Completeness completeness(long matched, @Nullable Count total, boolean done, long millis) {
        var all = total == null ? Count.atLeast(read) : total;
        if (!done) {
            return new Completeness(
                    read,
                    matched,
                    all,
                    false,
                    "Still reading: %s so far.".formatted(Numerals.of(read)),
                    millis);
        }
        if (full) {
            return new Completeness(
                    read,
                    matched,
                    all,
                    false,
                    "Stopped after %s messages that match; newer ones are not counted."
                            .formatted(Numerals.of(MAX_MESSAGES)),
                    millis);
        }
        if (messages.overflowed()) {
            return new Completeness(
                    read,
                    matched,
                    Count.exact(read),
                    false,
                    "There are more than %s different failures; the rest is counted in one group."
                            .formatted(Numerals.of(MessageIndex.MAX_GROUPS)),
                    millis);
        }
        return new Completeness(read, matched, Count.exact(read), true, "", millis);
    }
}
