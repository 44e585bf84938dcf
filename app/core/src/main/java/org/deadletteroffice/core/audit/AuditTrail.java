package org.deadletteroffice.core.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
        var who = operator.name();
        // A commit whose answer was lost is tried again: the row may be there already.
        var attempted = new AtomicReference<@Nullable String>();
        return store.durably(
                handle -> {
                    var earlier = attempted.get();
                    if (earlier != null) {
                        var there = rows(handle, "WHERE hash = ?", earlier);
                        if (!there.isEmpty()) {
                            return there.getFirst().row();
                        }
                    }
                    var head = head(handle, " FOR UPDATE").orElseThrow();
                    var row =
                            StoredRow.next(
                                    new AuditRow(
                                            head.number() + 1,
                                            time,
                                            act,
                                            who,
                                            host,
                                            profile,
                                            queue,
                                            job,
                                            reason,
                                            details,
                                            head.hash(),
                                            ""));
                    attempted.set(row.row().hash());
                    insert(handle, row);
                    return row.row();
                });
    }

    private static void insert(Handle handle, StoredRow stored) {
        var row = stored.row();
        handle.execute(
                "INSERT INTO audit VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                row.number(),
                row.time().toEpochMilli(),
                row.act(),
                row.operator(),
                row.host(),
                row.profile(),
                row.queue(),
                row.job(),
                row.reason(),
                stored.details(),
                row.previous(),
                row.hash());
        handle.execute(
                "UPDATE audit_head SET number = ?, hash = ? WHERE id = 1",
                row.number(),
                row.hash());
    }

    private static Optional<Head> head(Handle handle, String lock) {
        return handle.createQuery("SELECT number, hash FROM audit_head WHERE id = 1" + lock)
                .map((row, _) -> new Head(row.getLong("number"), row.getString("hash")))
                .findOne();
    }

    /// Newest first.
    ///
    /// @param text occurs in any field, ignoring case; empty for all
    /// @param before only rows with a smaller number; null to begin with the newest
    public List<AuditRow> list(
            @Nullable Instant since, String text, @Nullable Long before, int limit) {
        return store.in(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT * FROM audit
                                        WHERE at >= :since AND number < :before AND LOWER(
                                            act || ' ' || operator || ' ' || host || ' ' || COALESCE(profile, '') || ' '
                                            || COALESCE(queue, '') || ' ' || COALESCE(job, '') || ' ' || reason || ' '
                                            || details) LIKE :text ESCAPE '!'
                                        ORDER BY number DESC LIMIT :limit""")
                                .bind(
                                        "since",
                                        since == null ? Long.MIN_VALUE : since.toEpochMilli())
                                .bind(
                                        "before",
                                        before == null ? Long.MAX_VALUE : before.longValue())
                                .bind("text", "%" + literal(text.toLowerCase(Locale.ROOT)) + "%")
                                .bind("limit", limit)
                                .map((row, _) -> StoredRow.read(row).row())
                                .list());
    }

    /// What the operator types has no wildcards.
    private static String literal(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    /// Reads the whole trail and finds any altered, removed, inserted or reordered row.
    public Verdict verify() {
        // In this order: a row that another process appends meanwhile is never taken for a forged
        // one.
        var end = store.in(AuditTrail::lastNumber);
        var found = store.in(handle -> head(handle, ""));
        if (found.isEmpty()) {
            return new Verdict(false, 0, 1L, "The mark at the end of the trail was removed.");
        }
        var head = found.get();
        if (end > head.number()) {
            var forged = head.number() + 1;
            return new Verdict(
                    false,
                    head.number(),
                    forged,
                    "Rows from "
                            + forged
                            + " on stand behind the end of the trail: they were inserted.");
        }
        var last = new Head(0, AuditHash.NONE);
        while (true) {
            var rows = after(last.number());
            for (var stored : rows) {
                var row = stored.row();
                // What was appended since the head was read is for the next look.
                if (row.number() > head.number()) {
                    break;
                }
                var problem = problem(last, stored);
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
        return new Verdict(true, last.number(), null, whole(last.number()));
    }

    private static String whole(long rows) {
        return rows == 1 ? "The one row is whole." : "All " + rows + " rows fit together.";
    }

    private static long lastNumber(Handle handle) {
        return handle.createQuery("SELECT COALESCE(MAX(number), 0) FROM audit")
                .mapTo(Long.class)
                .one();
    }

    private static @Nullable String problem(Head last, StoredRow stored) {
        var row = stored.row();
        if (row.number() != last.number() + 1) {
            return "Row " + (last.number() + 1) + " is missing.";
        }
        if (!row.previous().equals(last.hash())) {
            return "Row "
                    + row.number()
                    + " does not follow the row before it: a row was altered, removed or inserted.";
        }
        return stored.hash().equals(row.hash()) ? null : "Row " + row.number() + " was altered.";
    }

    /// JSON lines, or CSV when the file's name ends so.
    ///
    /// @return how many rows
    public long export(Path file) throws OperatorException {
        var csv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        var count = 0L;
        try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(csv ? AuditExport.CSV_HEADER : "");
            for (var rows = after(0);
                    !rows.isEmpty();
                    rows = after(rows.getLast().row().number())) {
                for (var stored : rows) {
                    out.write(csv ? AuditExport.csv(stored.row()) : AuditExport.json(stored.row()));
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

    private List<StoredRow> after(long number) {
        return store.in(
                handle -> rows(handle, "WHERE number > ? ORDER BY number LIMIT " + CHUNK, number));
    }

    private static List<StoredRow> rows(Handle handle, String condition, Object value) {
        return handle.createQuery("SELECT * FROM audit " + condition)
                .bind(0, value)
                .map((row, _) -> StoredRow.read(row))
                .list();
    }

    /// @param rows how many rows fit, from the first on
    /// @param firstBroken number of the first row that is missing or does not fit; null when all
    ///     fit
    public record Verdict(boolean intact, long rows, @Nullable Long firstBroken, String sentence) {}

    private record Head(long number, String hash) {}
}
