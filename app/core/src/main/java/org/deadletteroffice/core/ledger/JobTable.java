package org.deadletteroffice.core.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.store.ProcessId;
import org.deadletteroffice.core.store.Store;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Jobs: who owns them, how they stand, what is asked of them. Every act is durable when it
/// returns, and gives the same when it is tried again.
public final class JobTable {
    private static final String ACTIVE = "('PLANNING', 'RUNNING', 'WATCHING', 'PAUSED')";

    private final Store store;
    private final Clock clock;
    private final Pulses pulses = new Pulses();

    public JobTable(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Writes a job down, owned by this process.
    public JobRow create(NewJob job) {
        var me = ProcessId.current();
        var now = clock.millis();
        store.change(
                handle -> {
                    var queue = queueKey(handle, job.source(), job.identity());
                    handle.createUpdate(
                                    """
                                    MERGE INTO job USING (SELECT CAST(:id AS VARCHAR) AS id) AS asked
                                    ON job.id = asked.id WHEN NOT MATCHED THEN INSERT (id, kind, state, request, source_profile, source_name, source_kind,
                                        queue, keeps, until_cursor, guarantee, destination, scope, watch_position,
                                        started, operator, reason, sentence, owner_pid, owner_started, owner_host,
                                        heartbeat)
                                    VALUES (:id, :kind, 'PLANNING', :request, :profile, :name, :queueKind,
                                        :queue, :keeps, :until, :guarantee, :destination, :scope, :watch,
                                        :now, :operator, :reason, '', :pid, :pidStarted, :host, :now)""")
                            .bind("id", job.id())
                            .bind("kind", job.kind().name())
                            .bind("request", job.request())
                            .bind("profile", job.source().profile())
                            .bind("name", job.source().name())
                            .bind("queueKind", job.source().kind().name())
                            .bind("queue", queue)
                            .bind("keeps", job.keeps())
                            .bind("until", job.until())
                            .bind("guarantee", job.guarantee().name())
                            .bind("destination", job.destination())
                            .bind("scope", job.scope())
                            .bind("watch", job.watchFrom())
                            .bind("now", now)
                            .bind("operator", job.operator())
                            .bind("reason", job.reason())
                            .bind("pid", me.pid())
                            .bind("pidStarted", me.started().toEpochMilli())
                            .bind("host", me.host())
                            .execute();
                });
        return find(job.id()).orElseThrow();
    }

    static int queueKey(Handle handle, QueueRef queue, String identity) {
        handle.execute(
                """
                MERGE INTO queue USING (SELECT CAST(? AS VARCHAR) AS p, CAST(? AS VARCHAR) AS n,
                    CAST(? AS VARCHAR) AS i) AS asked
                ON profile = p AND name = n AND identity = i
                WHEN NOT MATCHED THEN INSERT (profile, name, identity) VALUES (p, n, i)""",
                queue.profile(),
                queue.name(),
                identity);
        return findQueueKey(handle, queue, identity).orElseThrow();
    }

    static Optional<Integer> findQueueKey(Handle handle, QueueRef queue, String identity) {
        return handle.createQuery(
                        "SELECT id FROM queue WHERE profile = ? AND name = ? AND identity = ?")
                .bind(0, queue.profile())
                .bind(1, queue.name())
                .bind(2, identity)
                .mapTo(Integer.class)
                .findOne();
    }

    public Optional<JobRow> find(String id) {
        return store.in(
                handle ->
                        handle.createQuery("SELECT * FROM job WHERE id = ?")
                                .bind(0, id)
                                .map((row, _) -> read(row))
                                .findOne());
    }

    /// Newest first.
    public List<JobRow> list(int limit) {
        return store.in(
                handle ->
                        handle.createQuery("SELECT * FROM job ORDER BY number DESC LIMIT ?")
                                .bind(0, limit)
                                .map((row, _) -> read(row))
                                .list());
    }

    /// Reason → how many, most frequent first, of each of these jobs.
    public Map<Long, Map<String, Long>> reasons(List<Long> jobs) {
        Map<Long, Map<String, Long>> found = new HashMap<>();
        if (jobs.isEmpty()) {
            return found;
        }
        store.in(
                handle -> {
                    handle.createQuery(
                                    "SELECT * FROM job_reason WHERE job IN (<jobs>) ORDER BY messages DESC, reason")
                            .bindList("jobs", jobs)
                            .map(
                                    (row, _) ->
                                            found.computeIfAbsent(
                                                            row.getLong("job"),
                                                            _ -> new LinkedHashMap<>())
                                                    .put(
                                                            row.getString("reason"),
                                                            row.getLong("messages")))
                            .list();
                    return Boolean.TRUE;
                });
        return found;
    }

    /// As [#reasons(List)], of one job.
    public Map<String, Long> reasons(long job) {
        return reasons(List.of(job)).getOrDefault(job, Map.of());
    }

    /// Marks those whose process is gone as interrupted.
    public void sweep() {
        var active =
                store.in(
                        handle ->
                                handle.createQuery("SELECT * FROM job WHERE state IN " + ACTIVE)
                                        .map((row, _) -> read(row))
                                        .list());
        for (var job : active) {
            if (pulses.isGone(job, clock.instant(), System.nanoTime())) {
                store.change(
                        handle ->
                                handle.execute(
                                        "UPDATE job SET state = 'INTERRUPTED', epoch = epoch + 1, rate = NULL, wish = NULL,"
                                                + " sentence = ? WHERE id = ? AND epoch = ?",
                                        "Its process ended in the middle of the work. Resume it, or abandon it.",
                                        job.id(),
                                        job.lease().epoch()));
            }
        }
    }

    /// Takes a job over that nobody runs.
    ///
    /// @return empty when another process was faster, or the job does not stand as `seen` says
    public Optional<JobRow> take(JobRow seen) {
        var me = ProcessId.current();
        var lease = seen.lease();
        var claim = UUID.randomUUID().toString();
        store.change(
                handle ->
                        handle.execute(
                                "UPDATE job SET epoch = epoch + 1, state = 'RUNNING', wish = NULL, sentence = '', ended ="
                                        + " NULL, owner_pid = ?, owner_started = ?, owner_host = ?, claim = ?, heartbeat ="
                                        + " ? WHERE id = ? AND epoch = ? AND state IN ('INTERRUPTED', 'PAUSED')",
                                me.pid(),
                                me.started().toEpochMilli(),
                                me.host(),
                                claim,
                                clock.millis(),
                                lease.job(),
                                lease.epoch()));
        // Also right when a first try's answer was lost: the row says whose claim it was.
        return find(lease.job()).filter(row -> row.claim().equals(claim));
    }

    /// Asks the job's owner for something.
    public void wish(String id, Wish wish) {
        store.change(
                handle -> handle.execute("UPDATE job SET wish = ? WHERE id = ?", wish.name(), id));
    }

    /// Ends an interrupted job as it is.
    ///
    /// @return false when it is not interrupted any more
    public boolean abandon(JobRow seen, String sentence) {
        var lease = seen.lease();
        store.change(
                handle ->
                        handle.execute(
                                "UPDATE job SET state = 'ABANDONED', epoch = epoch + 1, ended = ?, sentence = ?, wish ="
                                        + " NULL WHERE id = ? AND epoch = ? AND state IN ('INTERRUPTED', 'PAUSED')",
                                clock.millis(),
                                sentence,
                                lease.job(),
                                lease.epoch()));
        return find(lease.job()).filter(row -> row.state() == JobState.ABANDONED).isPresent();
    }

    /// Says that the owner lives and how fast it goes.
    ///
    /// @return what is asked of it now; stays asked until something else is
    public Optional<Wish> heartbeat(Lease lease, @Nullable Double rate) {
        return store.in(
                handle -> {
                    var updated =
                            handle.execute(
                                    "UPDATE job SET heartbeat = ?, rate = ? WHERE id = ? AND epoch = ?",
                                    clock.millis(),
                                    rate,
                                    lease.job(),
                                    lease.epoch());
                    if (updated == 0) {
                        throw new LeaseLost(lease);
                    }
                    return handle.createQuery(
                                    "SELECT wish FROM job WHERE id = ? AND wish IS NOT NULL")
                            .bind(0, lease.job())
                            .mapTo(String.class)
                            .findOne()
                            .map(Wish::valueOf);
                });
    }

    /// @param sentence how it stands, in words
    public void state(Lease lease, JobState state, String sentence) {
        store.change(
                handle -> {
                    var updated =
                            handle.execute(
                                    "UPDATE job SET state = ?, sentence = ?, ended = ?, heartbeat = ?, rate = NULL WHERE id ="
                                            + " ? AND epoch = ?",
                                    state.name(),
                                    sentence,
                                    state.isEnd() ? clock.millis() : null,
                                    clock.millis(),
                                    lease.job(),
                                    lease.epoch());
                    if (updated == 0) {
                        throw new LeaseLost(lease);
                    }
                });
    }

    public void canaryPassed(Lease lease) {
        store.change(
                handle ->
                        handle.execute(
                                "UPDATE job SET canary_passed = TRUE WHERE id = ? AND epoch = ?",
                                lease.job(),
                                lease.epoch()));
    }

    static JobRow read(ResultSet row) throws SQLException {
        var wish = row.getString("wish");
        var ended = row.getLong("ended");
        var isEnded = !row.wasNull();
        var rate = row.getDouble("rate");
        var hasRate = !row.wasNull();
        return new JobRow(
                new Lease(row.getString("id"), row.getLong("number"), row.getInt("epoch")),
                JobKind.valueOf(row.getString("kind")),
                JobState.valueOf(row.getString("state")),
                row.getString("request"),
                new QueueRef(
                        row.getString("source_profile"),
                        row.getString("source_name"),
                        QueueKind.valueOf(row.getString("source_kind"))),
                row.getInt("queue"),
                row.getBoolean("keeps"),
                row.getString("until_cursor"),
                row.getString("plan_position"),
                row.getBoolean("plan_complete"),
                row.getBoolean("canary_passed"),
                Guarantee.valueOf(row.getString("guarantee")),
                row.getString("destination"),
                row.getString("scope"),
                new Counts(
                        row.getLong("planned"),
                        row.getLong("sent"),
                        row.getLong("removed"),
                        row.getLong("excluded"),
                        row.getLong("failed")),
                row.getLong("returned"),
                row.getString("watch_position"),
                Instant.ofEpochMilli(row.getLong("started")),
                isEnded ? Instant.ofEpochMilli(ended) : null,
                hasRate ? rate : null,
                row.getString("operator"),
                row.getString("reason"),
                row.getString("sentence"),
                wish == null ? null : Wish.valueOf(wish),
                new ProcessId(
                        row.getLong("owner_pid"),
                        Instant.ofEpochMilli(row.getLong("owner_started")),
                        row.getString("owner_host")),
                row.getString("claim"),
                Instant.ofEpochMilli(row.getLong("heartbeat")));
    }
}
