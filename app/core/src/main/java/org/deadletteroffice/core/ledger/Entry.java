package org.deadletteroffice.core.ledger;

import org.deadletteroffice.spi.message.MessageId;
import org.jspecify.annotations.Nullable;

/// One message of a job as the ledger knows it.
///
/// @param number its place in the job, from 0, without gaps
/// @param sequence its place among those to send; null for an excluded one
/// @param block where its original lies in the archive; null for an excluded one
/// @param position where it lies now, in the broker's words
/// @param reason why it failed or was excluded
/// @param content a number of what is sent, by which it is known again; null where there is nothing
///     to know it by
public record Entry(
        long number,
        MessageId message,
        State state,
        @Nullable Long sequence,
        @Nullable String destination,
        @Nullable String block,
        @Nullable String position,
        @Nullable String reason,
        @Nullable Long content) {
    /// Stored by its code.
    public enum State {
        EXCLUDED(0),
        PLANNED(1),
        SENT(2),
        DONE(3),
        FAILED(4);

        private final int code;

        State(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static State of(int code) {
            for (var state : values()) {
                if (state.code == code) {
                    return state;
                }
            }
            throw new IllegalStateException("no state has the code " + code);
        }
    }

    public static Entry excluded(long number, MessageId message, String reason) {
        return new Entry(number, message, State.EXCLUDED, null, null, null, null, reason, null);
    }

    public static Entry planned(
            long number,
            MessageId message,
            long sequence,
            String destination,
            String block,
            @Nullable Long content) {
        return new Entry(
                number, message, State.PLANNED, sequence, destination, block, null, null, content);
    }
}
