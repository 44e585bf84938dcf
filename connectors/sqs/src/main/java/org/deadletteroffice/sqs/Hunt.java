package org.deadletteroffice.sqs;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.MessageId;

/// Looks for messages by id: SQS cannot be asked for one, so the queue is received until all are
/// found or there are no more. The caller is in the hold.
final class Hunt {
    private static final int PIECE = 200;

    private final Calls calls;
    private final Hold hold;

    Hunt(Calls calls, Hold hold) {
        this.calls = calls;
        this.hold = hold;
    }

    /// Those that were found and are held now.
    Map<MessageId, Held> find(Collection<MessageId> ids) throws BrokerException {
        var wanted = new HashSet<>(ids);
        while (true) {
            var found = hold.find(wanted);
            if (found.size() == wanted.size() || hold.receive(calls, PIECE) == 0) {
                return found.size() == wanted.size() ? found : hold.find(wanted);
            }
        }
    }
}
