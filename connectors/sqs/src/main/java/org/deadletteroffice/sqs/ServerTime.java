package org.deadletteroffice.sqs;

import java.util.concurrent.locks.LockSupport;

/// The line between what lies in a queue now and what comes later, by the time at which SQS takes a
/// message (milliseconds).
final class ServerTime {
    private ServerTime() {}

    /// A time that is after every message taken before `before`, and not after any message that is
    /// taken once this returns. Both hold only when the millisecond is over.
    ///
    /// @param before this machine's clock when the question was asked
    /// @param answered when SQS answered, by its clock
    static long line(long before, long answered) {
        var line = Math.max(answered, before + 1);
        // A millisecond at most, where the clocks agree; where they do not, the line is theirs.
        while (System.currentTimeMillis() < line && line - System.currentTimeMillis() < 5) {
            LockSupport.parkNanos(200_000);
        }
        return line;
    }
}
