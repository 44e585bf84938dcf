package org.deadletteroffice.core;

import java.util.function.Consumer;

/// A value that changes, and tells so.
public interface Signal<T> {
    T now();

    /// Calls `listener` at once with [#now], then on each change, on the publishing thread. A
    /// listener that throws is logged and keeps its place.
    Subscription subscribe(Consumer<? super T> listener);

    /// Ends a subscription; more than once is harmless.
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
