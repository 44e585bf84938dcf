package org.deadletteroffice.cli.command;

import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import picocli.CommandLine.Parameters;

/// A command on one message of a queue.
abstract class MessageCommand extends QueueCommand {
    @Parameters(
            index = "1",
            paramLabel = "ID",
            description = "The message's id, as browse shows it.")
    private String id = "";

    MessageCommand(Session session) {
        super(session);
    }

    final String id() {
        return id;
    }

    /// The message that the command is about; what looking at it costs is said before.
    final MessageView find(QueueRef queue) throws OperatorException, BrokerException {
        looking.tell(queue);
        return find(queue, id);
    }

    /// @throws OperatorException NOT_FOUND when it lies there no more
    final MessageView find(QueueRef queue, String message)
            throws OperatorException, BrokerException {
        return engine().messages()
                .find(queue, new MessageId(message))
                .orElseThrow(
                        () ->
                                new OperatorException(
                                        OperatorException.Kind.NOT_FOUND,
                                        "There is no message " + message + " in " + queue + ".",
                                        "List those there are with dlo browse."));
    }
}
