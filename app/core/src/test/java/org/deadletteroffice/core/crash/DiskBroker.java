package org.deadletteroffice.core.crash;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;

/// Messages and proofs in an H2 file of its own. What is committed survives the process.
final class DiskBroker implements AutoCloseable {
    private final Connection connection;

    DiskBroker(String file) {
        try {
            // The system lets go of its lock when a process dies; H2's own lock file would have to
            // grow old.
            connection =
                    DriverManager.getConnection(
                            "jdbc:h2:file:" + file + ";FILE_LOCK=FS;WRITE_DELAY=0", "sa", "");
            connection.setAutoCommit(false);
            execute(
                    "CREATE TABLE IF NOT EXISTS message (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, queue VARCHAR,"
                            + " payload VARBINARY, headers VARBINARY)");
            execute("CREATE TABLE IF NOT EXISTS proof (job VARCHAR PRIMARY KEY, place BIGINT)");
            connection.commit();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Work<T> {
        T done() throws SQLException;
    }

    private synchronized <T> T in(Work<T> work) {
        try {
            var result = work.done();
            connection.commit();
            return result;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// Stores all, and the proof with them when `job` is not empty, in one act.
    void store(
            String job,
            long place,
            List<String> queues,
            List<byte[]> payloads,
            List<Headers> headers) {
        in(
                () -> {
                    try (var insert =
                            connection.prepareStatement(
                                    "INSERT INTO message (queue, payload, headers) VALUES (?, ?, ?)")) {
                        for (var i = 0; i < queues.size(); i++) {
                            insert.setString(1, queues.get(i));
                            insert.setBytes(2, payloads.get(i));
                            insert.setBytes(3, bytes(headers.get(i)));
                            insert.addBatch();
                        }
                        insert.executeBatch();
                    }
                    if (!job.isEmpty()) {
                        try (var merge =
                                connection.prepareStatement(
                                        "MERGE INTO proof KEY (job) VALUES (?, ?)")) {
                            merge.setString(1, job);
                            merge.setLong(2, place);
                            merge.executeUpdate();
                        }
                    }
                    return true;
                });
    }

    OptionalLong proven(String job) {
        return in(
                () -> {
                    try (var query = prepare("SELECT place FROM proof WHERE job = ?", job);
                            var rows = query.executeQuery()) {
                        return rows.next()
                                ? OptionalLong.of(rows.getLong(1))
                                : OptionalLong.empty();
                    }
                });
    }

    void forget(String job) {
        in(
                () -> {
                    try (var delete = prepare("DELETE FROM proof WHERE job = ?", job)) {
                        return delete.executeUpdate();
                    }
                });
    }

    List<DeadLetter> read(QueueRef queue, long from, long until, int limit) {
        return in(
                () -> {
                    try (var query =
                                    prepare(
                                            "SELECT id, payload, headers FROM message WHERE queue = ? AND id >= ? AND id < ? ORDER BY"
                                                    + " id LIMIT ?",
                                            queue.name(),
                                            from,
                                            until,
                                            limit);
                            var rows = query.executeQuery()) {
                        var letters = new ArrayList<DeadLetter>();
                        while (rows.next()) {
                            letters.add(
                                    new DeadLetter(
                                            queue,
                                            new MessageId(Long.toString(rows.getLong(1))),
                                            null,
                                            rows.getBytes(2),
                                            headers(rows.getBytes(3)),
                                            null,
                                            null,
                                            Failure.NONE,
                                            null));
                        }
                        return letters;
                    }
                });
    }

    long end() {
        return in(
                () -> {
                    try (var query = prepare("SELECT COALESCE(MAX(id), 0) + 1 FROM message");
                            var rows = query.executeQuery()) {
                        rows.next();
                        return rows.getLong(1);
                    }
                });
    }

    void remove(List<MessageId> ids) {
        in(
                () -> {
                    try (var delete =
                            connection.prepareStatement("DELETE FROM message WHERE id = ?")) {
                        for (var id : ids) {
                            delete.setLong(1, Long.parseLong(id.text()));
                            delete.addBatch();
                        }
                        return delete.executeBatch().length;
                    }
                });
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static byte[] bytes(Headers headers) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(headers.size());
            for (var header : headers) {
                out.writeUTF(header.name());
                out.writeUTF(String.valueOf(header.text()));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static Headers headers(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var headers = new ArrayList<Header>();
            for (var left = in.readInt(); left > 0; left--) {
                headers.add(Header.of(in.readUTF(), in.readUTF()));
            }
            return new Headers(headers);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
