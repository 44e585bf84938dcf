package org.deadletteroffice.core.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.RejectedExecutionException;
import org.deadletteroffice.core.Interval;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one database of a data folder, shared by all processes that use the folder; or one on a
/// server, shared by a team.
///
/// The process that serves the others may end at any moment, even by SIGKILL, and another takes its
/// place. So every act here is tried again on a new connection when its connection breaks, and
/// **must give the same result when its first try had been committed already**.
///
/// Opened when it is first needed. All acts run on threads of the store's own: an interruption of a
/// thread inside H2 would close the file under everyone. An interrupted caller gets its result and
/// keeps its flag.
///
/// Durability: a commit survives the death of any process at once; [#durably] also syncs the disk,
/// and so survives a power loss.
public final class Store implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final int THREADS = 4;

    /// What the act of a store thread works on.
    private static final ThreadLocal<Connection> BOUND = new ThreadLocal<>();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database;
    private final BlockingDeque<Connection> idle = new LinkedBlockingDeque<>();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    THREADS, Thread.ofPlatform().name("store-", 0).daemon().factory());
    // One for all acts: it keeps what it has parsed.
    private final Jdbi jdbi = Jdbi.create(new BoundConnection());
    private final Interval betweenTries = new Interval();
    private volatile boolean closed;

    /// The data folder's own.
    public Store(DataFolder folder) {
        this(new LocalDatabase(folder));
    }

    private Store(Database database) {
        this.database = database;
    }

    /// The one that a team shares.
    ///
    /// @param address `postgresql://host:port/database?user=name`
    /// @throws StoreException when the address is none, or holds a password
    public static Store shared(String address) throws StoreException {
        return new Store(new SharedDatabase(address));
    }

    /// Work in one transaction.
    @FunctionalInterface
    public interface Act<T extends @org.jspecify.annotations.Nullable Object> {
        T in(Handle handle) throws SQLException;
    }

    /// Work in one transaction that gives nothing back.
    @FunctionalInterface
    public interface Change {
        void in(Handle handle) throws SQLException;
    }

    /// Runs `act` in a transaction and commits it.
    ///
    /// @throws StoreUnavailable when the store cannot be used
    public <T extends @org.jspecify.annotations.Nullable Object> T in(Act<T> act) {
        return onStoreThread(() -> attempt(act, false));
    }

    /// As [#in], and on disk when it returns.
    public <T extends @org.jspecify.annotations.Nullable Object> T durably(Act<T> act) {
        return onStoreThread(() -> attempt(act, true));
    }

    /// As [#durably].
    public void change(Change change) {
        durably(
                handle -> {
                    change.in(handle);
                    return Boolean.TRUE;
                });
    }

    /// Opens the store now rather than when it is first needed.
    ///
    /// @throws StoreException damaged, from a newer version, no space, no permission
    public void open() throws StoreException {
        try {
            in(_ -> Boolean.TRUE);
        } catch (StoreUnavailable unavailable) {
            throw unavailable.problem();
        }
    }

    private <T extends @org.jspecify.annotations.Nullable Object> T onStoreThread(
            Callable<T> work) {
        try {
            var result = threads.submit(work);
            var interrupted = false;
            try {
                while (true) {
                    try {
                        return result.get();
                    } catch (InterruptedException later) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        } catch (RejectedExecutionException gone) {
            throw new IllegalStateException("the store is closed", gone);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    private <T extends @org.jspecify.annotations.Nullable Object> T attempt(
            Act<T> act, boolean sync) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var tries = 1; ; tries++) {
            Connection connection = null;
            try {
                connection = idle.pollFirst();
                if (connection == null) {
                    connection = connect();
                }
                var result = within(connection, act);
                connection.commit();
                if (sync) {
                    database.sync(connection);
                }
                idle.addFirst(connection);
                return result;
            } catch (SQLException | RuntimeException failed) {
                var problem = database.problem(failed);
                discard(connection, problem);
                var late = closed || System.nanoTime() > deadline;
                if (problem == StoreProblem.DEFECT) {
                    throw failed instanceof RuntimeException defect
                            ? defect
                            : new IllegalStateException(failed);
                }
                if (!problem.mayPass() || late) {
                    throw new StoreUnavailable(database.exception(problem, failed));
                }
                LOG.info("The store's connection broke ({}); trying again.", problem);
                // Another process may just be opening the file; nobody tells when it has.
                var _ = betweenTries.await(Duration.ofMillis(Math.min(500, 25L * tries)));
            }
        }
    }

    private <T extends @org.jspecify.annotations.Nullable Object> T within(
            Connection connection, Act<T> act) throws SQLException {
        BOUND.set(connection);
        try {
            // Not closed: a handle rolls back then, and all it holds is the connection.
            return act.in(jdbi.open());
        } finally {
            BOUND.remove();
        }
    }

    /// Gives handles the connection that their store thread holds, which outlives them.
    private static final class BoundConnection implements ConnectionFactory {
        @Override
        public Connection openConnection() {
            return BOUND.get();
        }

        @Override
        public void closeConnection(Connection connection) {
            // The store keeps it for the next act.
        }
    }

    private void discard(
            @org.jspecify.annotations.Nullable Connection connection, StoreProblem problem) {
        if (connection == null) {
            return;
        }
        try {
            connection.rollback();
            if (problem == StoreProblem.DEFECT || problem == StoreProblem.CONTENDED) {
                idle.addFirst(connection);
                return;
            }
        } catch (SQLException broken) {
            LOG.debug("The connection was broken already.", broken);
        }
        quietlyClose(connection);
        // If one is broken all are: they led to the same process.
        for (var other = idle.pollFirst(); other != null; other = idle.pollFirst()) {
            quietlyClose(other);
        }
    }

    private static void quietlyClose(Connection connection) {
        try {
            connection.close();
        } catch (SQLException broken) {
            LOG.debug("The connection was broken already.", broken);
        }
    }

    private Connection connect() throws SQLException {
        synchronized (database) {
            var connection = database.connect();
            connection.setAutoCommit(false);
            return connection;
        }
    }

    /// Lets go of the file; other processes that used this one's go on by themselves.
    @Override
    public void close() {
        closed = true;
        betweenTries.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS)) {
                LOG.warn("The store is closed while something still writes to it.");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        for (var connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            quietlyClose(connection);
        }
    }
}
