package org.deadletteroffice.core.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.store.Store;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Append-only; each row carries the hash of the one before. Thread-safe; rows of several processes
/// fall into one chain. All methods throw [org.deadletteroffice.core.store.StoreUnavailable] when
/// the store cannot be used.
public final class AuditTrail {
    private static final int CHUNK = 1_000;

    private final Store store;
    private final Clock clock;
    private final Operator operator;
    private final String host = Operator.host();

    public AuditTrail(Store store, Clock clock, Operator operator) {
        this.store = store;
        this.clock = clock;
        this.operator = operator;
    }

    /// Durable when it returns.
    public AuditRow append(
            String act,
            @Nullable String profile,
            @Nullable String queue,
            @Nullable String job,
            String reason,
            Map<String, String> details) {
        var time = Instant.ofEpochMilli(clock.millis());
        var text = AuditHash.write(details);
        var who = operator.name();
        // A commit whose answer was lost is tried again: the row may be there already.
        var attempted = new AtomicReference<@Nullable String>();
        return store.durably(
                handle -> {
                    var earlier = attempted.get();
                    if (earlier != null) {
                        var there = rows(handle, "WHERE hash = ?", earlier);
                        if (!there.isEmpty()) {
                            return there.getFirst();
                        }
                    }
                    var head =
                            handle.createQuery(
                                            "SELECT number, hash FROM audit_head WHERE id = 1 FOR UPDATE")
                                    .map(
                                            (row, _) ->
                                                    new Head(
                                                            row.getLong("number"),
                                                            row.getString("hash")))
                                    .one();
                    var number = head.number() + 1;
                    var hash =
                            AuditHash.of(
                                    number,
                                    time,
                                    act,
                                    who,
                                    host,
                                    profile,
                                    queue,
                                    job,
                                    reason,
                                    text,
                                    head.hash());
                    attempted.set(hash);
                    handle.execute(
                            "INSERT INTO audit VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                            number,
                            time.toEpochMilli(),
                            act,
                            who,
                            host,
                            profile,
                            queue,
                            job,
                            reason,
                            text,
                            head.hash(),
                            hash);
                    handle.execute(
                            "UPDATE audit_head SET number = ?, hash = ? WHERE id = 1",
                            number,
                            hash);
                    return new AuditRow(
                            number,
                            time,
                            act,
                            who,
                            host,
                            profile,
                            queue,
                            job,
                            reason,
                            AuditHash.read(text),
                            head.hash(),
                            hash);
                });
    }

    /// Newest first.
    ///
    /// @param text occurs in any field, ignoring case; empty for all
    /// @param before only rows with a smaller number; null to begin with the newest
    public List<AuditRow> list(
            @Nullable Instant since, String text, @Nullable Long before, int limit) {
        // LOCATE rather than LIKE: what the operator types has no wildcards.
        return store.in(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT * FROM audit
                                        WHERE at >= :since AND number < :before AND (:text = '' OR LOCATE(:text, LOWER(
                                            act || ' ' || operator || ' ' || host || ' ' || COALESCE(profile, '') || ' '
                                            || COALESCE(queue, '') || ' ' || COALESCE(job, '') || ' ' || reason || ' '
                                            || details)) > 0)
                                        ORDER BY number DESC LIMIT :limit""")
                                .bind(
                                        "since",
                                        since == null ? Long.MIN_VALUE : since.toEpochMilli())
                                .bind(
                                        "before",
                                        before == null ? Long.MAX_VALUE : before.longValue())
                                .bind("text", text.toLowerCase(Locale.ROOT))
                                .bind("limit", limit)
                                .map((row, _) -> read(row))
                                .list());
    }

    /// Reads the whole trail and finds any altered, removed, inserted or reordered row.
    public Verdict verify() {
        var head =
                store.in(
                        handle ->
                                handle.createQuery(
                                                "SELECT number, hash FROM audit_head WHERE id = 1")
                                        .map(
                                                (row, _) ->
                                                        new Head(
                                                                row.getLong("number"),
                                                                row.getString("hash")))
                                        .one());
        var last = new Head(0, AuditHash.NONE);
        while (true) {
            var from = last.number();
            var rows =
                    store.in(
                            handle ->
                                    rows(
                                            handle,
                                            "WHERE number > ? ORDER BY number LIMIT " + CHUNK,
                                            from));
            for (var row : rows) {
                // What was appended since the head was read is for the next look.
                if (row.number() > head.number()) {
                    break;
                }
                var problem = problem(last, row);
                if (problem != null) {
                    return new Verdict(false, last.number(), last.number() + 1, problem);
                }
                last = new Head(row.number(), row.hash());
            }
            if (rows.size() < CHUNK || last.number() >= head.number()) {
                break;
            }
        }
        if (last.number() < head.number() || !last.hash().equals(head.hash())) {
            var missing = last.number() + 1;
            return new Verdict(
                    false,
                    last.number(),
                    missing,
                    "Rows from " + missing + " on were removed from the end of the trail.");
        }
        return new Verdict(
                true, last.number(), null, "All " + last.number() + " rows fit together.");
    }

    private static @Nullable String problem(Head last, AuditRow row) {
        if (row.number() != last.number() + 1) {
            return "Row " + (last.number() + 1) + " is missing.";
        }
        if (!row.previous().equals(last.hash())) {
            return "Row "
                    + row.number()
                    + " does not follow the row before it: a row was altered, removed or inserted.";
        }
        var hash =
                AuditHash.of(
                        row.number(),
                        row.time(),
                        row.act(),
                        row.operator(),
                        row.host(),
                        row.profile(),
                        row.queue(),
                        row.job(),
                        row.reason(),
                        AuditHash.write(row.details()),
                        row.previous());
        return hash.equals(row.hash()) ? null : "Row " + row.number() + " was altered.";
    }

    /// JSON lines, or CSV when the file's name ends so.
    ///
    /// @return how many rows
    public long export(Path file) throws OperatorException {
        var csv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        var count = 0L;
        try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(csv ? AuditExport.CSV_HEADER : "");
            for (var rows = after(0); !rows.isEmpty(); rows = after(rows.getLast().number())) {
                for (var row : rows) {
                    out.write(csv ? AuditExport.csv(row) : AuditExport.json(row));
                    count++;
                }
            }
        } catch (IOException notWritten) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "The trail could not be written to " + file + ".",
                    "Choose a file in a folder that can be written to and has space.",
                    notWritten);
        }
        return count;
    }

    private List<AuditRow> after(long number) {
        return store.in(
                handle -> rows(handle, "WHERE number > ? ORDER BY number LIMIT " + CHUNK, number));
    }

    private static List<AuditRow> rows(Handle handle, String condition, Object value) {
        return handle.createQuery("SELECT * FROM audit " + condition)
                .bind(0, value)
                .map((row, _) -> read(row))
                .list();
    }

    private static AuditRow read(ResultSet row) throws SQLException {
        return new AuditRow(
                row.getLong("number"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("act"),
                row.getString("operator"),
                row.getString("host"),
                row.getString("profile"),
                row.getString("queue"),
                row.getString("job"),
                row.getString("reason"),
                AuditHash.read(row.getString("details")),
                row.getString("previous"),
                row.getString("hash"));
    }

    /// @param rows how many rows fit, from the first on
    /// @param firstBroken number of the first row that is missing or does not fit; null when all
    ///     fit
    public record Verdict(boolean intact, long rows, @Nullable Long firstBroken, String sentence) {}

    private record Head(long number, String hash) {}
}
