package org.deadletteroffice.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.deadletteroffice.spi.connector.Scan;
import org.deadletteroffice.spi.connector.Scan.Batch;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.jspecify.annotations.Nullable;

/// Reads a scan on a thread of its own, so that the broker sends the next messages while those that
/// came are looked at. Holds at most two batches ahead. For one thread, which closes it.
public final class ReadAhead implements AutoCloseable {
    private static final int BATCHES = 2;

    private final Scan scan;
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(BATCHES);
    private final Thread reader;
    private volatile boolean closed;
    private @Nullable Event first;
    private @Nullable End end;

    private sealed interface Event {}

    /// @param total of the whole scan, as far as it was known then
    public record Part(Batch batch, Count total) implements Event {}

    /// @param failure null at the end of what there is
    /// @param mayGoOn see [Scan#mayGoOn]
    private record End(
            @Nullable BrokerException failure, @Nullable Throwable defect, boolean mayGoOn)
            implements Event {}

    /// @param scan closed with this
    public ReadAhead(Scan scan) {
        this.scan = scan;
        this.reader = Thread.ofVirtual().name("read-ahead").start(this::read);
    }

    private void read() {
        try {
            var last = readAll();
            if (!closed) {
                events.put(last);
            }
        } catch (InterruptedException closed) {
            // Nobody waits for the rest.
        }
    }

    private End readAll() throws InterruptedException {
        try {
            for (var batch = scan.next(); batch.isPresent() && !closed; batch = scan.next()) {
                events.put(new Part(batch.get(), scan.total()));
            }
            return new End(null, null, scan.mayGoOn());
        } catch (BrokerException failed) {
            return new End(failed, null, false);
        } catch (RuntimeException | Error defect) {
            return new End(null, defect, false);
        }
    }

    /// Waits for what [#next] will say.
    ///
    /// @return false when that takes longer
    public boolean awaitNext(Duration most) throws InterruptedException {
        if (first == null && end == null) {
            first = events.poll(most.toNanos(), TimeUnit.NANOSECONDS);
        }
        return first != null || end != null;
    }

    /// Empty at the end.
    public Optional<Part> next() throws BrokerException, InterruptedException {
        if (end == null) {
            var event = first == null ? events.take() : first;
            first = null;
            switch (event) {
                case Part part -> {
                    return Optional.of(part);
                }
                case End last -> end = last;
            }
        }
        if (end.failure != null) {
            throw end.failure;
        }
        if (end.defect != null) {
            throw new IllegalStateException("The reading of a queue failed.", end.defect);
        }
        return Optional.empty();
    }

    /// At the end: see [Scan#mayGoOn].
    public boolean mayGoOn() {
        return end != null && end.mayGoOn;
    }

    /// Waits until the reader has let go of the scan.
    @Override
    public void close() {
        boolean interrupted = false;
        closed = true;
        reader.interrupt();
        while (true) {
            try {
                reader.join();
                break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        scan.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
