package org.deadletteroffice.cli.command;

import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.LookCost;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueRef;

/// What looking at messages does to them, said on standard error before it is done; nothing where
/// it does nothing.
final class LookingCost {
    private LookingCost() {}

    /// Of the one queue that a command is about.
    static void tell(Session session, QueueRef queue) throws OperatorException, BrokerException {
        if (queue.kind().isLog()) {
            return;
        }
        say(session, "", session.engine().brokers().capabilities(queue).observerEffect());
    }

    /// Of one queue among others.
    static void tell(Session session, QueueRef queue, ObserverEffect effect) {
        say(session, queue + ": ", effect);
    }

    private static void say(Session session, String where, ObserverEffect effect) {
        var cost = LookCost.words(effect);
        if (!cost.isEmpty()) {
            session.say(Table.plain(where + cost + "."));
        }
    }
}
