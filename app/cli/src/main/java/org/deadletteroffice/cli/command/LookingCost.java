package org.deadletteroffice.cli.command;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.LookCost;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// What looking at messages does to them, said on standard error before it is done, once for a
/// queue; nothing where it does nothing.
final class LookingCost {
    private final Session session;
    private final Set<QueueRef> told = new HashSet<>();

    LookingCost(Session session) {
        this.session = session;
    }

    /// Of the one queue that a command is about.
    void tell(QueueRef queue) throws OperatorException, BrokerException {
        if (!queue.kind().isLog() && told.add(queue)) {
            say("", session.engine().brokers().capabilities(queue).observerEffect());
        }
    }

    /// As [#tell(QueueRef)], before what goes on by itself once its broker answers: where that
    /// cannot be asked now, this says so.
    void tellIfKnown(QueueRef queue) {
        try {
            tell(queue);
        } catch (OperatorException unknown) {
            unknown(unknown.getMessage());
        } catch (BrokerException unknown) {
            unknown(unknown.sentence());
        }
    }

    private void unknown(@Nullable String reason) {
        session.say(
                Table.plain(
                        "What looking does to the messages could not be found out. "
                                + Objects.requireNonNullElse(reason, "")));
    }

    /// Of one queue among others.
    void tell(QueueRef queue, ObserverEffect effect) {
        if (told.add(queue)) {
            say(queue + ": ", effect);
        }
    }

    private void say(String where, ObserverEffect effect) {
        var cost = LookCost.words(effect);
        if (!cost.isEmpty()) {
            session.say(Table.plain(where + cost + "."));
        }
    }
}
