package org.deadletteroffice.spi.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A broker did not do what was asked. The message is one sentence for the operator: what happened,
/// to what. [#remedy] says what to do next; the cause is for the log. No message ever contains a
/// secret or a payload.
public abstract sealed class BrokerException extends Exception {
    private final Remedy remedy;

    private BrokerException(String sentence, Remedy remedy, @Nullable Throwable cause) {
        super(sentence, cause);
        this.remedy = remedy;
    }

    public final Remedy remedy() {
        return remedy;
    }

    /// One sentence for the operator; never null.
    public final String sentence() {
        var text = getMessage();
        return text == null ? getClass().getSimpleName() : text;
    }

    /// Whether the same call may succeed later with nothing changed by the operator.
    public final boolean isTransient() {
        return this instanceof Unreachable || this instanceof Throttled;
    }

    /// No answer: name, network, port, TLS, or the broker is down.
    public static final class Unreachable extends BrokerException {
        public Unreachable(String sentence, Remedy remedy, @Nullable Throwable cause) {
            super(sentence, remedy, cause);
        }
    }

    /// The broker answered and did not accept who we are.
    public static final class NotAuthenticated extends BrokerException {
        public NotAuthenticated(String sentence, Remedy remedy, @Nullable Throwable cause) {
            super(sentence, remedy, cause);
        }
    }

    /// The broker knows who we are and does not allow this.
    public static final class NotAuthorized extends BrokerException {
        public NotAuthorized(String sentence, Remedy remedy, @Nullable Throwable cause) {
            super(sentence, remedy, cause);
        }
    }

    /// No queue or message of that name.
    public static final class NotFound extends BrokerException {
        public NotFound(String sentence, Remedy remedy, @Nullable Throwable cause) {
            super(sentence, remedy, cause);
        }
    }

    /// The broker asks us to slow down.
    public static final class Throttled extends BrokerException {
        private final Duration retryAfter;

        public Throttled(String sentence, Duration retryAfter, @Nullable Throwable cause) {
            super(sentence, new Remedy.Wait(retryAfter), cause);
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /// A message is larger than the destination takes.
    public static final class TooLarge extends BrokerException {
        private final long limit;

        /// @param limit in bytes
        public TooLarge(String sentence, long limit, Remedy remedy, @Nullable Throwable cause) {
            super(sentence, remedy, cause);
            this.limit = limit;
        }

        public long limit() {
            return limit;
        }
    }

    /// It was there and is no more: a message expired, a cursor is too old, a queue was deleted
    /// meanwhile.
    public static final class Gone extends BrokerException {
        public Gone(String sentence, Remedy remedy, @Nullable Throwable cause) {
            super(sentence, remedy, cause);
        }
    }

    /// This broker, version or queue cannot do it;
    /// [org.deadletteroffice.spi.connector.Capabilities] said so before.
    public static final class Unsupported extends BrokerException {
        public Unsupported(String sentence, Remedy remedy, @Nullable Throwable cause) {
            super(sentence, remedy, cause);
        }
    }

    /// The broker's answer makes no sense to its client.
    public static final class Corrupt extends BrokerException {
        public Corrupt(String sentence, Remedy remedy, @Nullable Throwable cause) {
            super(sentence, remedy, cause);
        }
    }

    /// The calling thread was interrupted, or the connection closed, while it waited. The interrupt
    /// flag is set again.
    public static final class Cancelled extends BrokerException {
        public Cancelled(String sentence, @Nullable Throwable cause) {
            super(sentence, new Remedy.Advice("Start it again when you want it."), cause);
        }
    }
}
