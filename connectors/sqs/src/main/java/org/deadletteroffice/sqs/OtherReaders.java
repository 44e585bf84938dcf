package org.deadletteroffice.sqs;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be told of messages that are hidden from a visit by somebody else: a reader that works,
/// or a process that died and left them hidden. SQS counts up to a minute late, so that what is
/// counted as hidden may be what this program let go a moment before, and what it holds may not be
/// counted yet. Whom a message reached within that minute no count tells at all. Thread-safe.
final class OtherReaders {
    /// Counts may be as late as this.
    private static final Duration LATEST_COUNT = Duration.ofMinutes(1);

    /// When the visit was first asked; null before.
    private @Nullable Counted first;

    /// How many this program let go since it last let go of nothing for as long as counts are late.
    private long letGo;

    private long lastLetGo = System.nanoTime() - LATEST_COUNT.toNanos();
    private long lastTaken = lastLetGo;

    /// @param some whether messages were hidden that are not held by us
    /// @param mayBeOurs whether all these may be some that we let go a moment before
    /// @param all how many a visit has received that has received all that were counted
    private record Counted(boolean some, boolean mayBeOurs, long all) {}

    /// @param messages how many
    /// @param counted whether SQS says so, or only does not say otherwise yet
    record Hidden(long messages, boolean counted) {
        /// What goes after `1 message of orders-dlq`.
        String words() {
            return counted
                    ? (messages == 1 ? "is" : "are") + " hidden by another reader."
                    : "may be hidden by another reader; SQS counts up to a minute late.";
        }
    }

    /// A new visit begins.
    synchronized void forget() {
        first = null;
    }

    /// Whether this visit was told what is counted.
    synchronized boolean areNoted() {
        return first != null;
    }

    /// Remembers what is counted, if this visit was not told before.
    synchronized void note(QueueFacts facts, Hold.Tally ours) {
        if (first != null) {
            return;
        }
        var hidden = notOurs(facts, ours);
        var ownBefore = isLate(lastLetGo) ? letGo : 0;
        var all = ours.received() - ours.held() + facts.visible() + facts.inFlight();
        first = new Counted(hidden > 0, hidden <= ownBefore, all);
    }

    /// Whether somebody had messages of the queue when this visit was first asked, for all that
    /// came since. Where those that were counted as hidden may have been ours, nobody had any if
    /// all have come that were counted.
    ///
    /// @param received how many came during this visit
    synchronized boolean hadSome(int received) {
        return first != null && first.some && !(first.mayBeOurs && received >= first.all);
    }

    /// What others hide of a queue that gives no more. What is held here may not be counted yet,
    /// and then stands for as many that others have: where these had some when the visit was first
    /// asked, those count that have not come, until SQS would tell of both.
    ///
    /// @param now counted after the queue gave no more
    synchronized Optional<Hidden> hidden(QueueFacts now, Hold.Tally ours) {
        var hidden = notOurs(now, ours);
        if (hidden > 0) {
            return Optional.of(new Hidden(hidden, true));
        }
        var missing = hadSome(ours.received()) ? missing(ours.received()) : 0;
        return missing > 0 ? Optional.of(new Hidden(missing, false)) : Optional.empty();
    }

    private static long notOurs(QueueFacts facts, Hold.Tally ours) {
        return Math.max(0, facts.inFlight() - ours.held());
    }

    /// How many of those that were counted have not come, while counts are too late to tell whether
    /// somebody hides them; 0 when they would tell by now.
    private long missing(int received) {
        return first != null && (isLate(lastTaken) || isLate(lastLetGo))
                ? Math.max(0, first.all - received)
                : 0;
    }

    synchronized void taken() {
        lastTaken = System.nanoTime();
    }

    /// They are hidden by this program no more, or are gone.
    synchronized void letGo(int messages) {
        if (messages == 0) {
            return;
        }
        if (!isLate(lastLetGo)) {
            letGo = 0;
        }
        letGo += messages;
        lastLetGo = System.nanoTime();
    }

    private static boolean isLate(long since) {
        return System.nanoTime() - since < LATEST_COUNT.toNanos();
    }
}
