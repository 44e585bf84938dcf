package org.deadletteroffice.core.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;

/// A PostgreSQL database that a team shares: jobs, resolved messages, trail and samples of all are
/// seen by all. Version 15 or newer, for its MERGE.
///
/// The password is never part of the address: PostgreSQL's own client library takes it from
/// `~/.pgpass` or the file that `PGPASSFILE` names.
final class SharedDatabase implements Database {
    private static final Pattern SECRET = Pattern.compile("(?i)password=|//[^/@]*:[^/@]*@");

    /// Any number that nobody else takes.
    private static final long LOCK = 0x444C4F53L;

    private final String url;
    private final String place;
    private volatile boolean migrated;

    /// @param address `postgresql://host:port/database?user=name`, with or without `jdbc:` before
    /// @throws StoreException when it is none, or holds a password
    SharedDatabase(String address) throws StoreException {
        var plain = address.startsWith("jdbc:") ? address.substring(5) : address;
        if (!plain.toLowerCase(Locale.ROOT).startsWith("postgresql://")) {
            throw wrong(
                    "The address of the shared store is none that is known.",
                    "Write it as postgresql://host:5432/database?user=name.");
        }
        if (SECRET.matcher(plain).find()) {
            throw wrong(
                    "The address of the shared store holds a password.",
                    "Take it out, and put it into ~/.pgpass as PostgreSQL's manual says.");
        }
        url = "jdbc:" + plain;
        var options = plain.indexOf('?');
        place = options < 0 ? plain : plain.substring(0, options);
    }

    private static StoreException wrong(String sentence, String remedy) {
        return new StoreException(sentence, remedy, null);
    }

    @Override
    public Connection connect() throws SQLException {
        var settings = new Properties();
        settings.setProperty("ApplicationName", "Dead Letter Office");
        settings.setProperty("connectTimeout", "10");
        settings.setProperty("socketTimeout", "60");
        settings.setProperty("tcpKeepAlive", "true");
        var connection = DriverManager.getConnection(url, settings);
        if (!migrated) {
            migrate(connection);
            migrated = true;
        }
        return connection;
    }

    /// In one transaction, which this database can: either all scripts ran or none, and of several
    /// processes that come at once one runs them.
    private static void migrate(Connection connection) throws SQLException {
        if (Schema.isCurrent(connection)) {
            return;
        }
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            statement.execute(
                    """
                    CREATE TABLE IF NOT EXISTS "flyway_schema_history" (
                        "version" VARCHAR(50) PRIMARY KEY, "script" VARCHAR NOT NULL, "success" BOOLEAN NOT NULL,
                        "installed_on" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now())""");
            var found = Schema.version(connection);
            if (found == 0) {
                // The scripts say TINYINT, which this database does not know.
                statement.execute("CREATE DOMAIN TINYINT AS SMALLINT");
            }
            for (var version = found + 1; version <= Schema.VERSION; version++) {
                var script = Schema.SCRIPTS.get(version - 1);
                statement.execute(text(script));
                statement.execute(
                        """
                        INSERT INTO "flyway_schema_history" ("version", "script", "success") VALUES ('%s', '%s', TRUE)"""
                                .formatted(version, script));
            }
            connection.commit();
        } catch (SQLException failed) {
            connection.rollback();
            throw failed;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static String text(String script) {
        try (var in = SharedDatabase.class.getResourceAsStream("migration/" + script)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its script " + script);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void sync(Connection connection) {
        // A commit is on the server's disk when it returns (synchronous_commit).
    }

    @Override
    public StoreProblem problem(Throwable failed) {
        for (var cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SchemaIsNewer) {
                return StoreProblem.NEWER;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return byState(sql.getSQLState());
            }
        }
        return StoreProblem.DEFECT;
    }

    /// By PostgreSQL's appendix A, error codes.
    private static StoreProblem byState(String state) {
        return switch (state) {
            // Serialization failure, deadlock, lock not available; unique violation: two processes
            // wrote the same new row.
            case "40001", "40P01", "55P03", "23505" -> StoreProblem.CONTENDED;
            case "53100" -> StoreProblem.DISK_FULL;
            case "42501", "25006" -> StoreProblem.NOT_ALLOWED;
            default ->
                    switch (state.substring(0, 2)) {
                        // Connection, insufficient resources, operator intervention, system error.
                        case "08", "53", "57", "58" -> StoreProblem.SERVER_GONE;
                        case "28", "3D" -> StoreProblem.NOT_ALLOWED;
                        case "XX" -> StoreProblem.DAMAGED;
                        default -> StoreProblem.DEFECT;
                    };
        };
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public StoreException exception(StoreProblem problem, Throwable cause) {
        return switch (problem) {
            case SERVER_GONE ->
                    new StoreException(
                            "The shared store " + place + " does not answer.",
                            "Check the network and the database server, then try again.",
                            cause,
                            true);
            case NOT_ALLOWED ->
                    new StoreException(
                            "The shared store " + place + " does not let this user in or write.",
                            "Check user and password (~/.pgpass), the database's name and its grants.",
                            cause);
            case CONTENDED, DISK_FULL, DAMAGED, NEWER, DEFECT -> problem.exception(place, cause);
        };
    }
}
