package org.deadletteroffice.core.job;

import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.core.job.Prepared.Excluded;
import org.deadletteroffice.core.job.Prepared.Ready;
import org.deadletteroffice.core.ledger.LedgerFates.Known;
import org.deadletteroffice.spi.message.DeadLetter;

/// Takes messages away. What cannot be copied whole stays where it is.
final class PurgePlan implements Plan {
    private final PurgeRequest request;
    private final ScopeRule scope;

    /// @throws OperatorException WRONG_USE when nothing is chosen or the filter is wrong
    static PurgePlan of(PurgeRequest request, Messages messages) throws OperatorException {
        return new PurgePlan(request, ScopeRule.of(request.scope(), messages));
    }

    private PurgePlan(PurgeRequest request, ScopeRule scope) {
        this.request = request;
        this.scope = scope;
    }

    @Override
    public PurgeRequest request() {
        return request;
    }

    @Override
    public boolean isInScope(DeadLetter letter, Known known) {
        return scope.means(letter, known, false);
    }

    @Override
    public Prepared prepare(DeadLetter letter, Known known) {
        if (letter.corrupt() != null && request.archived()) {
            return new Excluded(
                    letter, "the broker's client cannot read it whole, so it cannot be archived");
        }
        if (known.resolvedBy() != null) {
            return new Excluded(letter, "it was dealt with by the job " + known.resolvedBy());
        }
        if (known.claimedBy() != null) {
            return new Excluded(letter, RedrivePlan.claimed(known.claimedBy()));
        }
        return ready(letter, request.source().name());
    }

    @Override
    public Prepared ready(DeadLetter letter, String destination) {
        return Ready.asItIs(letter, destination, letter.timestamp());
    }

    @Override
    public MessageView view(DeadLetter letter) {
        return scope.view(letter);
    }

    @Override
    public boolean sends() {
        return false;
    }

    @Override
    public boolean archives() {
        return request.archived();
    }

    @Override
    public boolean readsQueue() {
        return true;
    }
}
