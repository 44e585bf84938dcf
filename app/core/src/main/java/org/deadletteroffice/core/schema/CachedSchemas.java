package org.deadletteroffice.core.schema;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Keeps what was found for as long as the program runs, since ids are never given twice; what was
/// missing, and that the registry is unreachable, for half a minute: a scan of a million messages
/// asks once.
final class CachedSchemas implements Schemas {
    private static final long AGAIN = Duration.ofSeconds(30).toNanos();
    private static final int MOST = 1_000;

    private record Kept(Answer answer, long at) {}

    private final Schemas source;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<SchemaRef, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable Kept down;

    CachedSchemas(Schemas source) {
        this(source, System::nanoTime);
    }

    CachedSchemas(Schemas source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
    }

    @Override
    public Answer find(SchemaRef ref) {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            var known = kept.get(ref);
            if (known != null && (isLasting(ref, known.answer()) || isFresh(known, now))) {
                return known.answer();
            }
            if (down != null && isFresh(down, now)) {
                return down.answer();
            }
            var answer = source.find(ref);
            if (Thread.currentThread().isInterrupted()) {
                return answer;
            }
            down =
                    answer instanceof Answer.Unreachable
                            ? new Kept(answer, nanos.getAsLong())
                            : null;
            if (down == null) {
                kept.put(ref, new Kept(answer, nanos.getAsLong()));
                if (kept.size() > MOST) {
                    kept.remove(kept.keySet().iterator().next());
                }
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /// What is the latest schema today is not so tomorrow.
    private static boolean isLasting(SchemaRef ref, Answer answer) {
        return answer instanceof Answer.Found && !(ref instanceof SchemaRef.Latest);
    }

    private static boolean isFresh(Kept kept, long now) {
        return now - kept.at() < AGAIN;
    }
}
