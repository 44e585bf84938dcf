package org.deadletteroffice.core.job;

import java.util.List;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.job.ScopeReader.Waiter;
import org.deadletteroffice.core.ledger.LedgerFates.Known;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueRef;

/// A request made ready to be applied to messages, one by one. Gives the same for the same message
/// every time, so that a resumed job does what the interrupted one would have done. Thread-safe.
interface Plan {
    JobRequest request();

    /// Reads what has to be known of other messages before the first is prepared. Blocks.
    default void look(Waiter waiter)
            throws OperatorException, BrokerException, InterruptedException {}

    /// Whether the job means this message at all.
    boolean isInScope(DeadLetter letter, Known known);

    /// What is to happen to it, or why it is left out.
    Prepared prepare(DeadLetter letter, Known known);

    /// As [#prepare], for a message that was planned before to go to `destination`.
    Prepared ready(DeadLetter letter, String destination);

    MessageView view(DeadLetter letter);

    /// Names of the headers that tell of the death and do not travel on.
    default List<String> droppedHeaders(DeadLetter letter) {
        return List.of();
    }

    default Pace pace() {
        return Pace.FULL;
    }

    /// The profile that sends.
    default String destinationProfile() {
        return source().profile();
    }

    /// Whether messages are sent at all; otherwise they are only taken away.
    boolean sends();

    /// Whether a copy of each original is kept before anything happens to it.
    boolean archives();

    /// Whether the messages lie in the queue now, so that the ledger may know them.
    boolean readsQueue();

    /// The queue that the job is over.
    default QueueRef source() {
        return request().source();
    }

    /// @throws OperatorException WRONG_USE when the parts of the request do not fit together
    static Plan of(JobRequest request, Workshop workshop)
            throws OperatorException, BrokerException {
        return switch (request) {
            case RedriveRequest redrive -> RedrivePlan.of(redrive, workshop);
            case PurgeRequest purge -> PurgePlan.of(purge, workshop.messages());
            case MoveRequest _ ->
                    throw new IllegalArgumentException("the broker moves by a plan of its own");
            case RestoreRequest _, ImportRequest _ -> {
                var queue = request.source();
                var info = workshop.brokers().connection(queue.profile()).queue(queue);
                yield new PutBackPlan(
                        request,
                        workshop.messages(),
                        info.vanishesAfter(),
                        workshop.clock().instant());
            }
        };
    }
}
