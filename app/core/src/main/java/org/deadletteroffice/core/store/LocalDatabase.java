package org.deadletteroffice.core.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// The one file of a data folder (H2), which the first process that opens it serves to the others
/// over a loopback port (its mixed mode). When that process ends, even by SIGKILL, the next that
/// asks opens the file in its place.
final class LocalDatabase implements Database {
    private final DataFolder folder;
    private volatile boolean migrated;

    LocalDatabase(DataFolder folder) {
        this.folder = folder;
        // Read when H2's classes are loaded: serve this machine only.
        System.setProperty("h2.bindAddress", "127.0.0.1");
    }

    @Override
    public Connection connect() throws SQLException {
        var user = new Properties();
        user.setProperty("user", "dlo");
        user.setProperty("password", "");
        var connection = DriverManager.getConnection(url(), user);
        if (!migrated) {
            Schema.bring(connection, this::url, folder.schemaLock());
            migrated = true;
        }
        return connection;
    }

    private String url() {
        // H2 ends the name at a semicolon unless it is escaped.
        var file = folder.database().toString().replace(";", "\\;");
        return "jdbc:h2:file:"
                + file
                + ";AUTO_SERVER=TRUE;WRITE_DELAY=0;LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=64"
                + ";MAX_COMPACT_TIME=100;TRACE_LEVEL_FILE=0";
    }

    @Override
    public void sync(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
        connection.commit();
    }

    @Override
    public StoreProblem problem(Throwable failed) {
        return StoreProblem.of(failed);
    }

    @Override
    public String place() {
        return folder.databaseFile().toString();
    }

    @Override
    public StoreException exception(StoreProblem problem, Throwable cause) {
        return problem.exception(place(), cause);
    }
}
