package org.deadletteroffice.cli.command;

import java.util.concurrent.Callable;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A command on one queue.
abstract class QueueCommand implements Callable<Integer> {
    final Session session;
    final LookingCost looking;

    @Parameters(index = "0", paramLabel = "QUEUE", description = "The broker's name of the queue.")
    private String queue = "";

    @Option(
            names = {"-p", "--profile"},
            paramLabel = "PROFILE",
            description = "The broker; needed where there are several profiles.")
    private @Nullable String profile;

    QueueCommand(Session session) {
        this.session = session;
        looking = new LookingCost(session);
    }

    final Engine engine() throws OperatorException {
        return session.engine();
    }

    final Profile profile() throws OperatorException {
        return Names.profile(session, profile);
    }

    final QueueRef queue() throws OperatorException, BrokerException {
        return info().ref();
    }

    final QueueInfo info() throws OperatorException, BrokerException {
        return engine().brokers().queue(profile().name(), queue);
    }
}
