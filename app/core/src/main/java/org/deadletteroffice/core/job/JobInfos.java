package org.deadletteroffice.core.job;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.core.ledger.Counts;
import org.deadletteroffice.core.ledger.Entry;
import org.deadletteroffice.core.ledger.JobRow;
import org.jspecify.annotations.Nullable;

/// Jobs and their messages as windows and scripts see them.
final class JobInfos {
    private final Clock clock;

    JobInfos(Clock clock) {
        this.clock = clock;
    }

    /// @param run in this process, if it runs here
    JobInfo info(JobRow row, Map<String, Long> reasons, Optional<Run> run) {
        var held = run.map(Run::held).orElse(null);
        var counts = row.counts();
        var failures = new LinkedHashMap<String, Long>();
        reasons.forEach(
                (reason, count) -> {
                    if (count > 0) {
                        failures.put(reason, count);
                    }
                });
        var rate = row.state() == JobState.RUNNING ? row.rate() : null;
        return new JobInfo(
                row.id(),
                row.kind(),
                held == null ? row.state() : JobState.PAUSED,
                row.source(),
                row.scope(),
                row.destination(),
                counts.planned(),
                sent(row.kind(), counts),
                counts.removed(),
                counts.excluded(),
                counts.failed(),
                row.returned(),
                failures,
                row.guarantee(),
                row.started(),
                row.ended(),
                elapsed(row),
                rate,
                remaining(row, rate),
                row.operator(),
                row.reason(),
                held == null ? sentence(row, run) : held,
                run.isPresent());
    }

    private static String sentence(JobRow row, Optional<Run> run) {
        var works = row.state() == JobState.PLANNING || row.state() == JobState.RUNNING;
        return works ? run.map(Run::waits).orElse(row.sentence()) : row.sentence();
    }

    /// The ledger counts as sent what may be taken from the source; a purge sends nothing.
    static long sent(JobKind kind, Counts counts) {
        return kind == JobKind.PURGE ? 0 : counts.sent();
    }

    private Duration elapsed(JobRow row) {
        var ended = row.ended();
        // An interrupted one stands since it last gave a sign of life.
        var until =
                ended != null
                        ? ended
                        : row.state() == JobState.INTERRUPTED ? row.heartbeat() : clock.instant();
        var elapsed = Duration.between(row.started(), until);
        // The clock may have been set back since.
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }

    private static @Nullable Duration remaining(JobRow row, @Nullable Double rate) {
        if (rate == null || rate < 0.001 || !row.planComplete()) {
            return null;
        }
        var counts = row.counts();
        return Duration.ofMillis(
                (long) ((counts.planned() - counts.sent() - counts.failed()) * 1_000 / rate));
    }

    static JobItem item(String job, Entry entry) {
        var state =
                switch (entry.state()) {
                    case EXCLUDED -> JobItem.State.EXCLUDED;
                    case PLANNED -> JobItem.State.PLANNED;
                    case SENT -> JobItem.State.SENT;
                    case DONE -> JobItem.State.DONE;
                    case FAILED -> JobItem.State.FAILED;
                };
        return new JobItem(
                entry.number(),
                entry.message(),
                state,
                entry.destination(),
                entry.position(),
                state == JobItem.State.EXCLUDED ? null : RedriveHeaders.id(job, entry.number()),
                entry.reason());
    }

    static Entry.@Nullable State state(JobItem.@Nullable State state) {
        return switch (state) {
            case null -> null;
            case EXCLUDED -> Entry.State.EXCLUDED;
            case PLANNED -> Entry.State.PLANNED;
            case SENT -> Entry.State.SENT;
            case DONE -> Entry.State.DONE;
            case FAILED -> Entry.State.FAILED;
        };
    }

    private static String scope(Scope scope) {
        return switch (scope) {
            case Scope.Ids(var ids) when ids.size() == 1 -> "message " + ids.getFirst();
            case Scope.Ids(var ids) -> ids.size() + " chosen messages";
            case Scope.GroupOf(var fingerprint) -> "group " + fingerprint;
            case Scope.Matching(var filter) when filter.isBlank() -> "all messages";
            case Scope.Matching(var filter) -> "messages matching " + filter;
            case Scope.All _ -> "all messages";
        };
    }

    static String scope(JobRequest request) {
        return switch (request) {
            case RedriveRequest redrive -> scope(redrive.scope());
            case PurgeRequest purge -> scope(purge.scope());
            case RestoreRequest restore when restore.ids().isEmpty() ->
                    "all that job " + restore.job() + " took";
            case RestoreRequest restore ->
                    scope(new Scope.Ids(restore.ids())) + " of job " + restore.job();
            case ImportRequest file -> "file " + file.file().getFileName();
            case MoveRequest _ -> "all messages";
        };
    }

    static String destination(JobRequest request) {
        return switch (request) {
            case RedriveRequest redrive -> destination(redrive);
            case PurgeRequest purge -> purge.archived() ? "archive" : "nowhere";
            case RestoreRequest _, ImportRequest _ -> request.source().name();
            case MoveRequest move -> move.destination() == null ? "origin" : move.destination();
        };
    }

    private static String destination(RedriveRequest request) {
        var queue = request.destination() == null ? "origin" : request.destination();
        var profile = request.destinationProfile();
        return profile == null || profile.equals(request.source().profile())
                ? queue
                : profile + "/" + queue;
    }
}
