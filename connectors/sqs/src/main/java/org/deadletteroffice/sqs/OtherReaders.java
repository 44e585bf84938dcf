package org.deadletteroffice.sqs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What can be told of messages that are hidden from a visit by somebody else: a reader that works,
/// or a process that died and left them hidden. SQS counts up to a minute late, so that what is
/// counted as hidden may be what this program let go a moment before, and what it holds may not be
/// counted yet. Guarded by its [Hold].
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

    /// A new visit begins.
    void forget() {
        first = null;
    }

    /// Remembers what is counted, if this visit was not told before.
    ///
    /// @param received how many came during this visit
    /// @param held how many of them are held
    void note(QueueFacts facts, int received, int held) {
        if (first != null) {
            return;
        }
        var hidden = Math.max(0, facts.inFlight() - held);
        var ours = isLate(lastLetGo) ? letGo : 0;
        var all = received - held + facts.visible() + facts.inFlight();
        first = new Counted(hidden > 0, hidden <= ours, all);
    }

    /// Whether somebody had messages of the queue when this visit was first asked, for all that
    /// came since. Where those that were counted as hidden may have been ours, nobody had any if
    /// all have come that were counted.
    boolean hadSome(int received) {
        return first != null && first.some && !(first.mayBeOurs && received >= first.all);
    }

    /// How many of those that were counted have not come, while counts are too late to tell whether
    /// somebody hides them; 0 when they would tell by now.
    long missing(int received) {
        return first != null && (isLate(lastTaken) || isLate(lastLetGo))
                ? Math.max(0, first.all - received)
                : 0;
    }

    void taken() {
        lastTaken = System.nanoTime();
    }

    /// They are hidden by this program no more, or are gone.
    void letGo(int messages) {
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
