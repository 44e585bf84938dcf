package org.deadletteroffice.core.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// A row as the store holds it.
///
/// @param details the text that was hashed
record StoredRow(AuditRow row, String details) {
    /// @param row without its hash, which is computed
    static StoredRow next(AuditRow row) {
        var details = AuditHash.write(row.details());
        return new StoredRow(hashed(row, details, AuditHash.of(row, details)), details);
    }

    private static AuditRow hashed(AuditRow row, String details, String hash) {
        return new AuditRow(
                row.number(),
                row.time(),
                row.act(),
                row.operator(),
                row.host(),
                row.profile(),
                row.queue(),
                row.job(),
                row.reason(),
                AuditHash.read(details),
                row.previous(),
                hash);
    }

    static StoredRow read(ResultSet row) throws SQLException {
        var details = row.getString("details");
        return new StoredRow(
                new AuditRow(
                        row.getLong("number"),
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("act"),
                        row.getString("operator"),
                        row.getString("host"),
                        row.getString("profile"),
                        row.getString("queue"),
                        row.getString("job"),
                        row.getString("reason"),
                        AuditHash.read(details),
                        row.getString("previous"),
                        row.getString("hash")),
                details);
    }

    /// What the hash has to be.
    String hash() {
        return AuditHash.of(row, details);
    }
}
