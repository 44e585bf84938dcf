package org.deadletteroffice.core.cause;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.deadletteroffice.spi.cause.CauseReader;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Origin;
import org.jspecify.annotations.Nullable;

/// RabbitMQ's own account of a death, `x-death`: an array with an entry for each queue and reason,
/// the newest event first, each with the time of its first and the number of its deaths. As text it
/// is JSON, with times as `{"!T": seconds}`. `x-first-death-…` never change.
///
/// Where a Celery task died this way, its name and its number of retries stand beside.
public final class RabbitDeathReader implements CauseReader {
    static final String NAME = "RabbitMQ";

    private static final String DEATHS = "x-death";
    private static final String REJECTED = "rejected";
    private static final String FIRST = "x-first-death-";
    private static final String LAST = "x-last-death-";
    private static final List<String> COUNTERS = List.of("x-delivery-count", "x-acquired-count");

    /// More entries than any topology of queues makes.
    private static final int MOST_ENTRIES = 100;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int order() {
        return 90;
    }

    /// @param reason as RabbitMQ names it: rejected, expired, maxlen, delivery_limit
    /// @param time of the first of them
    private record Death(
            @Nullable String queue, String reason, long count, @Nullable Instant time) {
        static Death of(JsonNode entry) {
            var seconds = entry.path("time").path("!T");
            return new Death(
                    entry.path("queue").textValue(),
                    entry.path("reason").asText("unknown"),
                    Math.max(1, entry.path("count").asLong(1)),
                    seconds.isNumber() ? Instant.ofEpochSecond(seconds.longValue()) : null);
        }

        /// One sentence for a person.
        String words() {
            var where = queue == null ? "" : " in " + queue;
            var what =
                    switch (reason) {
                        case REJECTED -> "Rejected by a consumer" + of(queue);
                        case "expired" -> "Expired" + where;
                        case "maxlen" -> "Pushed out by newer messages" + where;
                        case "delivery_limit" -> "Delivered too often" + where;
                        default -> "Died" + where + " (" + reason + ")";
                    };
            return count == 1 ? what : what + ", " + count + " times";
        }

        private static String of(@Nullable String queue) {
            return queue == null ? "" : " of " + queue;
        }

        /// Only what a consumer was given counts as a try; waiting in a retry queue does not.
        long tries() {
            return reason.equals(REJECTED) ? count : 0;
        }

        /// The newest of them; its time is known where it is the only one.
        Death newest() {
            return new Death(queue, reason, 1, count == 1 ? time : null);
        }

        /// All but the newest of them.
        Death earlier() {
            return new Death(queue, reason, count - 1, time);
        }

        Failure.Builder failure() {
            return Failure.builder()
                    .reader(NAME)
                    .type(reason)
                    .message(words())
                    .origin(new Origin(queue, null, null))
                    .tries(tries() == 0 ? null : Evidence.toInt(tries()))
                    .firstDeath(time)
                    .lastDeath(count == 1 ? time : null);
        }
    }

    /// What `x-first-death-…` name.
    private record FirstDeath(@Nullable String queue, @Nullable String reason) {
        boolean is(Death death) {
            return death.reason().equals(reason) && Objects.equals(death.queue(), queue);
        }
    }

    @Override
    public boolean speaks(Headers headers) {
        return Evidence.has(headers, DEATHS);
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        var headers = message.headers();
        var evidence = new Evidence(headers);
        var deaths = deaths(evidence.lastText(DEATHS));
        if (deaths.isEmpty()) {
            return Optional.empty();
        }
        var home = evidence.lastText(FIRST + "queue");
        var first = new FirstDeath(home, evidence.lastText(FIRST + "reason"));
        return Optional.of(
                deaths.getFirst()
                        .newest()
                        .failure()
                        .origin(
                                new Origin(
                                        home == null ? deaths.getLast().queue() : home, null, null))
                        .consumer(task(headers, evidence))
                        .tries(tries(deaths, headers, evidence))
                        .firstDeath(earliest(deaths))
                        .evidence(evidence.names())
                        .history(history(deaths, first))
                        .build());
    }

    /// The newest event is the death that is told of; those before it in the same queue, for the
    /// same reason, are counted in its entry.
    private static List<Failure> history(List<Death> deaths, FirstDeath first) {
        var earlier = new ArrayList<>(deaths.subList(1, deaths.size()).reversed());
        var last = deaths.getFirst();
        if (last.count() > 1) {
            earlier.add(last.earlier());
        }
        earlier.sort(
                Comparator.comparing(Death::time, Comparator.nullsFirst(Comparator.naturalOrder()))
                        // Times are whole seconds.
                        .thenComparing(death -> !first.is(death)));
        return earlier.stream()
                .map(death -> death.failure().evidence(List.of(DEATHS)).build())
                .toList();
    }

    private static List<Death> deaths(@Nullable String text) {
        var deaths = new ArrayList<Death>();
        if (text != null) {
            try {
                for (var entry : JSON.readTree(text)) {
                    if (entry.isObject() && deaths.size() < MOST_ENTRIES) {
                        deaths.add(Death.of(entry));
                    }
                }
            } catch (JsonProcessingException notTheBrokers) {
                return List.of();
            }
        }
        return deaths;
    }

    private static @Nullable Instant earliest(List<Death> deaths) {
        Instant earliest = null;
        for (var death : deaths) {
            if (death.time() != null && (earliest == null || death.time().isBefore(earliest))) {
                earliest = death.time();
            }
        }
        return earliest;
    }

    private static @Nullable Integer tries(List<Death> deaths, Headers headers, Evidence evidence) {
        var retries = isCelery(headers) ? Evidence.decimal(evidence.last("retries")) : null;
        if (retries != null) {
            return Evidence.toInt(retries + 1);
        }
        var tries = deaths.stream().mapToLong(Death::tries).sum();
        return tries == 0 ? null : Evidence.toInt(tries);
    }

    private static @Nullable String task(Headers headers, Evidence evidence) {
        return isCelery(headers) ? evidence.lastText("task") : null;
    }

    /// The header names of Celery's task protocol 2.
    private static boolean isCelery(Headers headers) {
        return Evidence.has(headers, "task")
                && Evidence.has(headers, "root_id")
                && Evidence.has(headers, "retries");
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        var name = header.name();
        return name.equals(DEATHS)
                || name.startsWith(FIRST)
                || name.startsWith(LAST)
                || COUNTERS.contains(name);
    }
}
