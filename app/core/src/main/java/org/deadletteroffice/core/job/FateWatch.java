package org.deadletteroffice.core.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.ledger.Entry;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.Ledger.Sent;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.jspecify.annotations.Nullable;

/// Looks where the messages of a job are now: back, by what was seen in the source; consumed or
/// waiting, by the reader that failed on them, which the message itself names; where it names none,
/// by the only reader that the destination has.
final class FateWatch {
    private static final int PAGE = 1_000;

    private final Workshop workshop;
    private final JobRow job;
    private final BrokerConnection destination;
    private final Map<String, List<ConsumerInfo>> readersByQueue = new HashMap<>();
    private final TreeSet<String> asked = new TreeSet<>();
    private String block = "";
    private Map<MessageId, DeadLetter> originals = Map.of();
    private long waiting;
    private long consumed;
    private long back;
    private long unknown;

    FateWatch(Workshop workshop, JobRow job) throws OperatorException, BrokerException {
        this.workshop = workshop;
        this.job = job;
        var plan = Plan.of(RequestJson.read(job.request()), workshop);
        this.destination = workshop.brokers().connection(plan.destinationProfile());
    }

    JobFates look() throws OperatorException, BrokerException {
        for (var reader : destination.consumers()) {
            readersByQueue
                    .computeIfAbsent(reader.queue().name(), _ -> new ArrayList<>())
                    .add(reader);
        }
        var number = job.lease().number();
        for (var from = 0L; ; ) {
            var page = workshop.ledger().sent(number, from, PAGE);
            for (var entry : page) {
                count(entry);
            }
            if (page.size() < PAGE) {
                break;
            }
            from = page.getLast().entry().number() + 1;
        }
        return new JobFates(
                waiting, consumed, back, unknown, List.copyOf(asked), workshop.clock().instant());
    }

    private void count(Sent sent) {
        if (sent.returned()) {
            back++;
            return;
        }
        var passed = hasPassed(sent.entry());
        if (passed.isEmpty()) {
            unknown++;
        } else if (passed.get()) {
            consumed++;
        } else {
            waiting++;
        }
    }

    private Optional<Boolean> hasPassed(Entry entry) {
        var position = entry.position();
        var queue = entry.destination();
        if (position == null || queue == null) {
            return Optional.empty();
        }
        var reader = reader(readersByQueue.getOrDefault(queue, List.of()), entry);
        if (reader == null) {
            return Optional.empty();
        }
        asked.add(reader.group() + " reads " + queue);
        return reader.hasPassed(position);
    }

    private @Nullable ConsumerInfo reader(List<ConsumerInfo> readers, Entry entry) {
        if (readers.size() == 1) {
            return readers.getFirst();
        }
        var failed = readers.isEmpty() ? null : failedReader(entry);
        return readers.stream()
                .filter(reader -> reader.group().equals(failed))
                .findFirst()
                .orElse(null);
    }

    /// The reader on which the message died, by its own headers.
    private @Nullable String failedReader(Entry entry) {
        var place = entry.block();
        if (place == null || place.isEmpty() || !workshop.archive().has(job.id())) {
            return null;
        }
        if (!place.equals(block)) {
            originals = workshop.archive().byId(job.id(), job.source(), place);
            block = place;
        }
        var original = originals.get(entry.message());
        return original == null ? null : workshop.causes().read(original).consumer();
    }
}
