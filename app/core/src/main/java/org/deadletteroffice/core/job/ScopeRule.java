package org.deadletteroffice.core.job;

import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.core.ledger.LedgerFates.Known;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.spi.message.DeadLetter;

/// Which of the messages that a scope's reader gives are meant. Thread-safe.
final class ScopeRule {
    private final Scope scope;
    private final Messages messages;
    private final Filter filter;

    /// @throws OperatorException WRONG_USE when nothing is chosen or the filter is wrong
    static ScopeRule of(Scope scope, Messages messages) throws OperatorException {
        if (scope instanceof Scope.Ids(var ids) && ids.isEmpty()) {
            throw new OperatorException(
                    Kind.WRONG_USE, "No message is chosen.", "Choose at least one.");
        }
        return new ScopeRule(
                scope,
                messages,
                scope instanceof Scope.Matching(var text) ? Filter.parse(text) : Filter.all());
    }

    private ScopeRule(Scope scope, Messages messages, Filter filter) {
        this.scope = scope;
        this.messages = messages;
        this.filter = filter;
    }

    /// @param includeResolved also what was dealt with before and lies there only because the queue
    ///     is a log
    boolean means(DeadLetter letter, Known known, boolean includeResolved) {
        // One that the operator chose by name is told of rather than skipped, resolved or not.
        if (!(scope instanceof Scope.Ids) && !includeResolved && known.resolvedBy() != null) {
            return false;
        }
        return switch (scope) {
            case Scope.All _, Scope.Ids _ -> true;
            case Scope.GroupOf(var fingerprint) -> view(letter).fingerprint().equals(fingerprint);
            case Scope.Matching _ -> filter.isAll() || filter.matches(view(letter));
        };
    }

    MessageView view(DeadLetter letter) {
        return messages.view(letter, null);
    }
}
