package org.deadletteroffice.core.job;

import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// What an operator asks for. A replay of one edited message is a redrive with a scope of one id.
///
/// @param until the snapshot that was reviewed; null: the queue's end when the job starts
/// @param destination the broker's name of the queue; null: each message's origin
/// @param destinationProfile null: the source's
/// @param replaceKey null: key as it came
/// @param maxReturns a message that came back this often is poison, and left out
/// @param includeResolved also what was redriven before and lies there still
/// @param includeOvertaken also where a newer message of the key was consumed since
/// @param forced allows a destination equal to the source
/// @param reason for the audit trail
public record RedriveRequest(
        QueueRef source,
        Scope scope,
        @Nullable Cursor until,
        @Nullable String destination,
        @Nullable String destinationProfile,
        Change change,
        byte @Nullable [] replaceKey,
        HeaderPolicy headers,
        Pace pace,
        int maxReturns,
        boolean includeResolved,
        boolean includeOvertaken,
        boolean forced,
        String reason)
        implements JobRequest {
    public static final int DEFAULT_MAX_RETURNS = 3;

    /// To each message's origin, unchanged, at full speed.
    public static RedriveRequest toOrigin(QueueRef source, Scope scope) {
        return of(source, scope).build();
    }

    /// One that is to say more than [#toOrigin] does.
    public static Builder of(QueueRef source, Scope scope) {
        return new Builder(source, scope);
    }

    /// The same over what was reviewed.
    public RedriveRequest upTo(Cursor reviewed) {
        return copy().until(reviewed).build();
    }

    /// The same, to be changed in some of it.
    public Builder copy() {
        return new Builder(source, scope)
                .until(until)
                .to(destination)
                .toProfile(destinationProfile)
                .change(change)
                .replaceKey(replaceKey)
                .headers(headers)
                .pace(pace)
                .maxReturns(maxReturns)
                .includeResolved(includeResolved)
                .includeOvertaken(includeOvertaken)
                .forced(forced)
                .reason(reason);
    }

    /// Of what is not said, the preset holds: to the origin, unchanged, at full speed.
    public static final class Builder {
        private final QueueRef source;
        private Scope scope;
        private @Nullable Cursor until;
        private @Nullable String destination;
        private @Nullable String destinationProfile;
        private Change change = new Change.None();
        private byte @Nullable [] replaceKey;
        private HeaderPolicy headers = HeaderPolicy.PRESET;
        private Pace pace = Pace.FULL;
        private int maxReturns = DEFAULT_MAX_RETURNS;
        private boolean includeResolved;
        private boolean includeOvertaken;
        private boolean forced;
        private String reason = "";

        private Builder(QueueRef source, Scope scope) {
            this.source = source;
            this.scope = scope;
        }

        public Builder scope(Scope value) {
            scope = value;
            return this;
        }

        public Builder until(@Nullable Cursor value) {
            until = value;
            return this;
        }

        public Builder to(@Nullable String queue) {
            destination = queue;
            return this;
        }

        public Builder toProfile(@Nullable String profile) {
            destinationProfile = profile;
            return this;
        }

        public Builder change(Change value) {
            change = value;
            return this;
        }

        public Builder replaceKey(byte @Nullable [] value) {
            replaceKey = value;
            return this;
        }

        public Builder headers(HeaderPolicy value) {
            headers = value;
            return this;
        }

        public Builder pace(Pace value) {
            pace = value;
            return this;
        }

        public Builder maxReturns(int value) {
            maxReturns = value;
            return this;
        }

        public Builder includeResolved(boolean value) {
            includeResolved = value;
            return this;
        }

        public Builder includeOvertaken(boolean value) {
            includeOvertaken = value;
            return this;
        }

        public Builder forced(boolean value) {
            forced = value;
            return this;
        }

        public Builder reason(String value) {
            reason = value;
            return this;
        }

        public RedriveRequest build() {
            return new RedriveRequest(
                    source,
                    scope,
                    until,
                    destination,
                    destinationProfile,
                    change,
                    replaceKey,
                    headers,
                    pace,
                    maxReturns,
                    includeResolved,
                    includeOvertaken,
                    forced,
                    reason);
        }
    }
}
