package org.deadletteroffice.spi.message;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a message died, as far as it says so itself. Every field may be absent.
///
/// @param type the root cause's type, e.g. a Java class name; wrappers stand in `chain`
/// @param chain the error types from the outermost to the root cause; empty where only one is known
/// @param consumer the group, connector or service that gave up
/// @param tries how often it was tried in all; at least so often where nobody counted
/// @param reader which convention it was read by, e.g. `Spring Kafka`; null for [#NONE]
/// @param evidence the names of the headers (or broker fields) it was read from
/// @param history earlier deaths of the same message, oldest first, without their own history
public record Failure(
        @Nullable String type,
        @Nullable String message,
        @Nullable String stackTrace,
        List<String> chain,
        Origin origin,
        @Nullable String consumer,
        @Nullable Integer tries,
        @Nullable Instant firstDeath,
        @Nullable Instant lastDeath,
        @Nullable String reader,
        List<String> evidence,
        List<Failure> history) {
    public static final Failure NONE = builder().build();

    public Failure {
        chain = List.copyOf(chain);
        evidence = List.copyOf(evidence);
        history = List.copyOf(history);
    }

    public boolean isKnown() {
        return reader != null;
    }

    /// When it died last; where nobody says, the latest time that is told of one of its deaths;
    /// null where none is.
    public @Nullable Instant latestDeath() {
        if (lastDeath != null) {
            return lastDeath;
        }
        var latest = firstDeath;
        for (var death : history) {
            var time = death.latestDeath();
            if (time != null && (latest == null || time.isAfter(latest))) {
                latest = time;
            }
        }
        return latest;
    }

    public static Builder builder() {
        return new Builder();
    }

    /// A builder that starts with this failure's fields.
    public Builder toBuilder() {
        var builder = new Builder();
        builder.type = type;
        builder.message = message;
        builder.stackTrace = stackTrace;
        builder.chain = chain;
        builder.origin = origin;
        builder.consumer = consumer;
        builder.tries = tries;
        builder.firstDeath = firstDeath;
        builder.lastDeath = lastDeath;
        builder.reader = reader;
        builder.evidence = evidence;
        builder.history = history;
        return builder;
    }

    /// Collects what is known; what is not set stays absent.
    public static final class Builder {
        private @Nullable String type;
        private @Nullable String message;
        private @Nullable String stackTrace;
        private List<String> chain = List.of();
        private Origin origin = Origin.UNKNOWN;
        private @Nullable String consumer;
        private @Nullable Integer tries;
        private @Nullable Instant firstDeath;
        private @Nullable Instant lastDeath;
        private @Nullable String reader;
        private List<String> evidence = List.of();
        private List<Failure> history = List.of();

        private Builder() {}

        public Builder type(@Nullable String value) {
            type = value;
            return this;
        }

        public Builder message(@Nullable String value) {
            message = value;
            return this;
        }

        public Builder stackTrace(@Nullable String value) {
            stackTrace = value;
            return this;
        }

        public Builder chain(List<String> value) {
            chain = value;
            return this;
        }

        public Builder origin(Origin value) {
            origin = value;
            return this;
        }

        public Builder consumer(@Nullable String value) {
            consumer = value;
            return this;
        }

        public Builder tries(@Nullable Integer value) {
            tries = value;
            return this;
        }

        public Builder firstDeath(@Nullable Instant value) {
            firstDeath = value;
            return this;
        }

        public Builder lastDeath(@Nullable Instant value) {
            lastDeath = value;
            return this;
        }

        public Builder reader(@Nullable String value) {
            reader = value;
            return this;
        }

        public Builder evidence(List<String> value) {
            evidence = value;
            return this;
        }

        public Builder history(List<Failure> value) {
            history = value;
            return this;
        }

        public Failure build() {
            return new Failure(
                    type,
                    message,
                    stackTrace,
                    chain,
                    origin,
                    consumer,
                    tries,
                    firstDeath,
                    lastDeath,
                    reader,
                    evidence,
                    history);
        }
    }
}
