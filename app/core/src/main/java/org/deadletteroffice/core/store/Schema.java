package org.deadletteroffice.core.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.h2.api.ErrorCode;

/// Brings the tables up to this program's version.
///
/// Flyway takes long to start, so it is asked only when its own table says that something is to be
/// done.
final class Schema {
    /// The number of the last script in `db/migration`; a test holds the two together.
    static final int VERSION = 3;

    /// In order; Flyway finds them by itself, the shared store runs them by these names.
    static final List<String> SCRIPTS =
            List.of(
                    "V1__ledger_audit_metrics.sql",
                    "V2__who_runs_a_job.sql",
                    "V3__ledger_pages.sql");

    /// @param lock a file beside the database: of several processes that find an old schema at
    ///     once, one brings it up, since the database itself lets them all try
    static void bring(Connection connection, Supplier<String> url, Path lock) throws SQLException {
        if (isCurrent(connection)) {
            return;
        }
        // A file lock is held by the whole process.
        synchronized (Schema.class) {
            try (var file = new RandomAccessFile(lock.toFile(), "rw");
                    var _ = file.getChannel().lock()) {
                if (!isCurrent(connection)) {
                    Flyway.configure(Schema.class.getClassLoader())
                            .dataSource(url.get(), "dlo", "")
                            .locations("classpath:org/deadletteroffice/core/store/migration")
                            .load()
                            .migrate();
                }
            } catch (IOException notLocked) {
                throw new SQLException("the schema could not be locked", notLocked);
            }
        }
    }

    static boolean isCurrent(Connection connection) throws SQLException {
        var found = version(connection);
        if (found > VERSION) {
            throw new SchemaIsNewer(found, VERSION);
        }
        return found == VERSION;
    }

    static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT MAX(CAST(\"version\" AS INT)) FROM \"flyway_schema_history\" WHERE \"success\"")) {
            return rows.next() ? rows.getInt(1) : 0;
        } catch (SQLException absent) {
            if (NO_TABLE.equals(absent.getSQLState())
                    || absent.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1
                    || absent.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1
                    || absent.getErrorCode()
                            == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_WITH_CANDIDATES_2) {
                return 0;
            }
            throw absent;
        }
    }

    /// PostgreSQL's undefined_table.
    private static final String NO_TABLE = "42P01";

    private Schema() {}
}
