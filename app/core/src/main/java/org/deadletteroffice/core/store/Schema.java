package org.deadletteroffice.core.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.h2.api.ErrorCode;

/// Brings the tables up to this program's version.
///
/// Flyway takes long to start, so it is asked only when its own table says that something is to be
/// done.
final class Schema {
    /// The number of the last script in `db/migration`; a test holds the two together.
    static final int VERSION = 1;

    static void bring(Connection connection, Supplier<String> url) throws SQLException {
        var found = version(connection);
        if (found > VERSION) {
            throw new SchemaIsNewer(found, VERSION);
        }
        if (found < VERSION) {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(url.get(), "dlo", "")
                    .locations("classpath:org/deadletteroffice/core/store/migration")
                    .load()
                    .migrate();
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT MAX(CAST(\"version\" AS INT)) FROM \"flyway_schema_history\" WHERE \"success\"")) {
            return rows.next() ? rows.getInt(1) : 0;
        } catch (SQLException absent) {
            if (absent.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1
                    || absent.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1
                    || absent.getErrorCode()
                            == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_WITH_CANDIDATES_2) {
                return 0;
            }
            throw absent;
        }
    }

    private Schema() {}
}
