package org.deadletteroffice.core.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.ScopeReader.Waiter;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.KeyLog;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.ConsumerInfo.PartitionLag;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Origin;
import org.jspecify.annotations.Nullable;

/// Which messages were overtaken: the reader that failed on one has consumed a newer message of the
/// same key from the same partition since, and that one did not die. To send the old one again
/// would undo the newer.
///
/// Found out before a job plans, and only where the origin is a log whose readers are known: the
/// dead letters are read for the places they came from, and the origin from the oldest of these to
/// where its reader is. What the limits leave unread is unknown, and not left out. A newer message
/// that lies in another dead-letter queue than this one passes for consumed.
final class Overtaken {
    static final String REASON =
            "a newer message of its key was consumed since (overtaken); include overtaken messages to send it"
                    + " all the same";

    /// Records of origins that are read at most; some seconds, and as many KiB as they are large.
    static final long MOST_RECORDS = 1_000_000;

    /// Dead letters that are read at most, since the place of each is held.
    static final long MOST_LETTERS = 1_000_000;

    private final Workshop workshop;
    private final RedriveRequest request;
    private final Map<Place, Optional<OriginStretch>> stretches = new HashMap<>();
    private final Map<Spot, Positions> deaths = new HashMap<>();
    private Map<String, List<ConsumerInfo>> readers = Map.of();
    private boolean tooMany;

    private record Spot(String queue, int partition) {
        static Optional<Spot> of(Origin origin) {
            var queue = origin.queue();
            var partition = origin.partition();
            return queue == null || partition == null
                    ? Optional.empty()
                    : Optional.of(new Spot(queue, partition));
        }
    }

    /// @param consumer who failed, by its own name
    private record Place(Spot spot, @Nullable String consumer) {}

    Overtaken(Workshop workshop, RedriveRequest request) {
        this.workshop = workshop;
        this.request = request;
    }

    /// Reads what there is to know. Blocks; may be called again to know it anew.
    void look(Waiter waiter) throws OperatorException, BrokerException, InterruptedException {
        stretches.clear();
        deaths.clear();
        tooMany = false;
        var connection = workshop.brokers().connection(request.source().profile());
        var log = connection.keyLog();
        if (log.isEmpty() || !readsAnything(connection)) {
            return;
        }
        var chosen = request.scope() instanceof Scope.Ids;
        collect(connection, request.scope(), true, waiter);
        if (stretches.values().stream().noneMatch(Optional::isPresent)) {
            return;
        }
        if (chosen) {
            // Most often none has a successor, and the whole queue need not be read.
            read(log.get());
            if (stretches.values().stream()
                    .flatMap(Optional::stream)
                    .noneMatch(OriginStretch::hasMet)) {
                return;
            }
            collect(connection, new Scope.All(), false, waiter);
        }
        read(log.get());
    }

    private boolean readsAnything(BrokerConnection connection) throws BrokerException {
        var byQueue = new HashMap<String, List<ConsumerInfo>>();
        for (var reader : connection.consumers()) {
            if (reader.partitions().stream().anyMatch(lag -> lag.committed() != null)) {
                byQueue.computeIfAbsent(reader.queue().name(), _ -> new ArrayList<>()).add(reader);
            }
        }
        // A reader of the dead letters alone has overtaken nothing.
        byQueue.remove(request.source().name());
        readers = byQueue;
        return !byQueue.isEmpty();
    }

    /// @param wanted whether it is asked of these letters; else only that they died is noted
    private void collect(BrokerConnection connection, Scope scope, boolean wanted, Waiter waiter)
            throws OperatorException, BrokerException, InterruptedException {
        // All that died until now, also after the job was reviewed: a newer one may be among them.
        var end = connection.snapshot(request.source());
        var what = scope instanceof Scope.Ids ? scope : new Scope.All();
        var letters = 0L;
        try (var reader =
                new ScopeReader(workshop.brokers(), request.source(), what, end, null, waiter)) {
            for (var piece = reader.next(); piece.isPresent(); piece = reader.next()) {
                letters += piece.get().letters().size();
                if (letters > MOST_LETTERS) {
                    tooMany = true;
                    return;
                }
                for (var letter : piece.get().letters()) {
                    collect(letter, wanted);
                }
            }
        }
    }

    private void collect(DeadLetter letter, boolean wanted) {
        var failure = workshop.causes().read(letter);
        var position = failure.origin().position();
        var spot = Spot.of(failure.origin());
        if (position == null || spot.isEmpty() || !readers.containsKey(spot.get().queue())) {
            return;
        }
        if (!wanted) {
            var known = deaths.get(spot.get());
            if (known != null) {
                known.add(position);
            }
            return;
        }
        deaths.computeIfAbsent(spot.get(), _ -> new Positions()).add(position);
        var key = letter.key();
        if (key != null) {
            stretches
                    .computeIfAbsent(new Place(spot.get(), failure.consumer()), this::open)
                    .ifPresent(stretch -> stretch.wanted(key, position));
        }
    }

    /// The reader that the message names; where there is none of this name, the only one there is.
    private Optional<OriginStretch> open(Place place) {
        var spot = place.spot();
        var all = readers.getOrDefault(spot.queue(), List.of());
        return all.stream()
                .filter(reader -> all.size() == 1 || reader.group().equals(place.consumer()))
                .findFirst()
                .flatMap(reader -> open(spot, reader));
    }

    private Optional<OriginStretch> open(Spot spot, ConsumerInfo reader) {
        return reader.partitions().stream()
                .filter(lag -> lag.partition() == spot.partition())
                .map(PartitionLag::committed)
                .filter(Objects::nonNull)
                .findFirst()
                .map(
                        committed ->
                                new OriginStretch(
                                        reader.queue(),
                                        spot.partition(),
                                        committed,
                                        deaths.computeIfAbsent(spot, _ -> new Positions())));
    }

    /// The short ones first, so that the limit leaves as few as can be unknown.
    private void read(KeyLog log) throws BrokerException {
        if (tooMany) {
            return;
        }
        var left = MOST_RECORDS;
        var byLength =
                stretches.values().stream()
                        .flatMap(Optional::stream)
                        .sorted(Comparator.comparingLong(OriginStretch::length))
                        .toList();
        for (var stretch : byLength) {
            try {
                left -= stretch.read(log, left);
            } catch (BrokerException.NotAuthorized
                    | BrokerException.NotFound
                    | BrokerException.Unsupported unreadable) {
                // Nothing was met: unknown.
            }
        }
    }

    enum Verdict {
        /// A newer one was consumed.
        OVERTAKEN,
        /// Nobody can tell.
        UNKNOWN,
        /// No newer one was consumed, or the broker knows nothing of it.
        NEWEST
    }

    Verdict of(DeadLetter letter, Failure failure) {
        var key = letter.key();
        var position = failure.origin().position();
        var stretch =
                Spot.of(failure.origin())
                        .map(spot -> stretches.get(new Place(spot, failure.consumer())))
                        .flatMap(Function.identity())
                        .orElse(null);
        if (key == null || position == null || stretch == null) {
            return Verdict.NEWEST;
        }
        if (tooMany) {
            return Verdict.UNKNOWN;
        }
        if (stretch.isOvertaken(key, position)) {
            return Verdict.OVERTAKEN;
        }
        return stretch.isWhole() ? Verdict.NEWEST : Verdict.UNKNOWN;
    }
}
