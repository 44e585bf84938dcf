package org.deadletteroffice.core.cause;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.deadletteroffice.spi.cause.CauseReader;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Origin;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// All cause readers, in their order. Thread-safe.
public final class Causes {
    /// From here on, a reader is asked only where none before it found anything.
    private static final int GENERAL = 100;

    private final List<CauseReader> readers;
    private final HeaderLayouts layouts;

    private Causes(List<CauseReader> readers) {
        this.readers = List.copyOf(readers);
        this.layouts = new HeaderLayouts(readers);
    }

    /// The readers on the class path; a broken one is left out.
    public static Causes standard() {
        return Standard.CAUSES;
    }

    /// The readers in their order: with others the same message may tell another failure.
    public List<String> names() {
        return readers.stream().map(CauseReader::name).toList();
    }

    private static final class Standard {
        static final Causes CAUSES = new Causes(load());

        private static List<CauseReader> load() {
            var found = new ArrayList<CauseReader>();
            for (var each = ServiceLoader.load(CauseReader.class).stream().iterator(); ; ) {
                try {
                    if (!each.hasNext()) {
                        found.sort(Comparator.comparingInt(CauseReader::order));
                        return found;
                    }
                    found.add(each.next().get());
                } catch (ServiceConfigurationError | LinkageError broken) {
                    LoggerFactory.getLogger(Causes.class)
                            .warn("A cause reader could not be loaded and is left out", broken);
                }
            }
        }
    }

    /// What is known of the death: the broker's own word, completed by the first reader that speaks
    /// the headers' language. Where several frameworks left their headers, the one whose headers
    /// stand last is the latest death, and the others are its history.
    public Failure read(DeadLetter message) {
        var told = fromHeaders(message);
        var broker = message.failure();
        if (told.isEmpty()) {
            return broker;
        }
        return counted(broker.isKnown() ? completed(broker, told.get()) : told.get());
    }

    /// Whether whatever [#read] would say of this message stands in its headers: a word of letters,
    /// digits and `_.-` that is in none of their values is not in the failure.
    public boolean quoteHeaders(DeadLetter message) {
        if (message.failure().isKnown()) {
            return false;
        }
        for (var reader : layouts.of(message.headers()).speaking()) {
            if (!(reader instanceof QuotesHeaders) && reader.read(message).isPresent()) {
                return false;
            }
        }
        return true;
    }

    /// Kafka Connect, and Spring Kafka without `deliveryAttemptHeader`, do not count tries; but
    /// each stack trace that the message carries comes from one.
    private static Failure counted(Failure failure) {
        if (failure.tries() != null || failure.stackTrace() == null) {
            return failure;
        }
        long earlier =
                failure.history().stream().filter(death -> death.stackTrace() != null).count();
        return failure.toBuilder().tries(Math.toIntExact(earlier + 1)).build();
    }

    private Optional<Failure> fromHeaders(DeadLetter message) {
        @Nullable Failure first = null;
        @Nullable List<Failure> several = null;
        for (var reader : layouts.of(message.headers()).speaking()) {
            if (first != null && reader.order() >= GENERAL) {
                break;
            }
            var failure = reader.read(message).orElse(null);
            if (failure == null) {
                continue;
            }
            if (first == null) {
                first = failure;
            } else {
                if (several == null) {
                    several = new ArrayList<>(List.of(first));
                }
                several.add(failure);
            }
        }
        return several == null ? Optional.ofNullable(first) : Optional.of(latest(several, message));
    }

    private static Failure latest(List<Failure> several, DeadLetter message) {
        var byAge = new ArrayList<>(several);
        byAge.sort(Comparator.comparingInt(failure -> lastHeader(failure, message.headers())));
        var latest = byAge.removeLast();
        var history = new ArrayList<Failure>();
        for (var earlier : byAge) {
            history.addAll(earlier.history());
            history.add(alone(earlier));
        }
        history.addAll(latest.history());
        return latest.toBuilder().history(history).build();
    }

    /// Without its history, and without what that tells: when it first died, and the tries before.
    private static Failure alone(Failure death) {
        if (death.history().isEmpty()) {
            return death;
        }
        int before = 0;
        for (var earlier : death.history()) {
            before += earlier.tries() == null ? 0 : earlier.tries();
        }
        var tries = death.tries();
        return death.toBuilder()
                .tries(tries == null || tries <= before ? null : tries - before)
                .firstDeath(null)
                .history(List.of())
                .build();
    }

    private static int lastHeader(Failure failure, Headers headers) {
        var names = new HashSet<>(failure.evidence());
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (names.contains(headers.all().get(i).name())) {
                return i;
            }
        }
        return -1;
    }

    private static Failure completed(Failure broker, Failure told) {
        var origin = broker.origin();
        return new Failure(
                or(broker.type(), told.type()),
                or(broker.message(), told.message()),
                or(broker.stackTrace(), told.stackTrace()),
                broker.chain().isEmpty() ? told.chain() : broker.chain(),
                origin.equals(Origin.UNKNOWN) ? told.origin() : origin,
                or(broker.consumer(), told.consumer()),
                or(broker.tries(), told.tries()),
                or(broker.firstDeath(), told.firstDeath()),
                or(broker.lastDeath(), told.lastDeath()),
                broker.reader(),
                union(broker.evidence(), told.evidence()),
                broker.history().isEmpty() ? told.history() : broker.history());
    }

    private static <T> @Nullable T or(@Nullable T one, @Nullable T other) {
        return one != null ? one : other;
    }

    private static List<String> union(List<String> one, List<String> other) {
        var all = new LinkedHashSet<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }

    /// Names of headers that tell of a death and must not travel on, each once, in the order of
    /// appearance.
    public List<String> failureHeaders(Headers headers) {
        return layouts.of(headers).failureHeaders();
    }
}
