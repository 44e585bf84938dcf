package org.deadletteroffice.core;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A [Signal] with its setter, kept by whoever owns the value. Thread-safe: listeners see all
/// values in one order.
public final class LiveValue<T> implements Signal<T> {
    private static final Logger LOG = LoggerFactory.getLogger(LiveValue.class);

    private final List<Consumer<? super T>> listeners = new CopyOnWriteArrayList<>();
    private volatile T value;

    public LiveValue(T first) {
        value = first;
    }

    @Override
    public T now() {
        return value;
    }

    /// Tells all listeners, unless the value is equal to the one before.
    public synchronized void set(T next) {
        if (Objects.equals(value, next)) {
            return;
        }
        value = next;
        for (var listener : listeners) {
            tell(listener, next);
        }
    }

    @Override
    public synchronized Subscription subscribe(Consumer<? super T> listener) {
        listeners.add(listener);
        tell(listener, value);
        return () -> listeners.remove(listener);
    }

    public boolean hasListeners() {
        return !listeners.isEmpty();
    }

    private void tell(Consumer<? super T> listener, T next) {
        try {
            listener.accept(next);
        } catch (RuntimeException broken) {
            LOG.error("A listener failed on a change; it stays subscribed.", broken);
        }
    }
}
