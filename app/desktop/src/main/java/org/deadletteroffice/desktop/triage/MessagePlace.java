package org.deadletteroffice.desktop.triage;

import java.util.function.Consumer;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.BrowseRequest;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;

/// Where a list begins so that a message is its first row: before it, or behind it where the list
/// runs to the older. FX thread only.
final class MessagePlace {
    /// So many are read at most to step over the one message.
    private static final long READ = 1_000;

    private final Desk desk;
    private Running seeking = Running.NOTHING;

    MessagePlace(Desk desk) {
        this.desk = desk;
    }

    /// @param toOlder whether the list runs to the older
    /// @param found told the place
    /// @param failed told when the broker does not answer or cannot page so
    void seek(
            QueueRef queue,
            MessageId message,
            boolean toOlder,
            Consumer<Cursor> found,
            Runnable failed) {
        seeking.cancel();
        seeking =
                desk.background()
                        .run(
                                () -> of(desk.engine().messages(), queue, message, toOlder),
                                found,
                                _ -> failed.run());
    }

    /// Gives up what is being sought: the list is another one, or was moved meanwhile.
    void forget() {
        seeking.cancel();
    }

    private static Cursor of(Messages messages, QueueRef queue, MessageId message, boolean toOlder)
            throws OperatorException, BrokerException {
        var before = new Cursor.Before(message);
        return toOlder
                ? messages.browse(
                                new BrowseRequest(
                                        queue,
                                        before,
                                        Direction.NEWER,
                                        1,
                                        Filter.all(),
                                        null,
                                        true,
                                        READ))
                        .newer()
                : before;
    }
}
