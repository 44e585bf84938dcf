package org.deadletteroffice.core.job;

import java.time.Duration;
import java.time.Instant;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.core.job.Prepared.Ready;
import org.deadletteroffice.core.ledger.LedgerFates.Known;
import org.deadletteroffice.spi.message.DeadLetter;
import org.jspecify.annotations.Nullable;

/// Sends messages of the archive or of a file into a queue as they are, byte for byte, without this
/// program's marks. A message keeps its timestamp, unless the queue would delete it for its age
/// within the hour: what is put back must not vanish at once.
final class PutBackPlan implements Plan {
    private static final Duration MARGIN = Duration.ofHours(1);

    private final JobRequest request;
    private final Messages messages;
    private final @Nullable Instant oldest;

    /// @param vanishesAfter see [org.deadletteroffice.spi.message.QueueInfo#vanishesAfter]
    PutBackPlan(
            JobRequest request, Messages messages, @Nullable Duration vanishesAfter, Instant now) {
        this.request = request;
        this.messages = messages;
        this.oldest = vanishesAfter == null ? null : now.minus(vanishesAfter).plus(MARGIN);
    }

    @Override
    public JobRequest request() {
        return request;
    }

    @Override
    public boolean isInScope(DeadLetter letter, Known known) {
        return true;
    }

    @Override
    public Prepared prepare(DeadLetter letter, Known known) {
        return ready(letter, request.source().name());
    }

    @Override
    public Prepared ready(DeadLetter letter, String destination) {
        return Ready.asItIs(letter, destination, timestamp(letter.timestamp()));
    }

    private @Nullable Instant timestamp(@Nullable Instant original) {
        return original != null && oldest != null && original.isBefore(oldest) ? null : original;
    }

    @Override
    public MessageView view(DeadLetter letter) {
        return messages.view(letter, null);
    }

    @Override
    public boolean sends() {
        return true;
    }

    @Override
    public boolean archives() {
        return true;
    }

    @Override
    public boolean readsQueue() {
        return false;
    }
}
