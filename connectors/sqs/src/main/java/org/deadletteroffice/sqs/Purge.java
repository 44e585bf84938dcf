package org.deadletteroffice.sqs;

import java.util.ArrayList;
import org.deadletteroffice.spi.connector.BrokerConnection.Purged;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;

/// Removes what lies before a place: received and deleted one by one, so that nothing goes that
/// came later. Only where everything shall go, and nobody asked for a line, is SQS's own PurgeQueue
/// used; it takes up to a minute, runs once a minute, and takes what arrives meanwhile.
final class Purge {
    private final Account account;
    private final QueueFacts facts;
    private final Hold hold;

    Purge(Account account, QueueFacts facts, Hold hold) {
        this.account = account;
        this.facts = facts;
        this.hold = hold;
    }

    Purged until(Cursor until) throws BrokerException {
        if (until instanceof Cursor.Newest) {
            return everything();
        }
        var count = 0L;
        var removal = new Removal(account, facts.address(), hold);
        try (var scan = SqsScan.open(account, facts, hold, Cursor.oldest(), until)) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                var ids = new ArrayList<MessageId>();
                batch.get().messages().forEach(letter -> ids.add(letter.id()));
                var deleted = removal.delete(hold.find(ids).values());
                count += ids.stream().filter(deleted::contains).count();
            }
        }
        hold.journal().forget();
        return new Purged(Count.exact(count));
    }

    private Purged everything() throws BrokerException {
        account.calls()
                .call(
                        Act.purging(facts.address().name()),
                        () ->
                                account.clients()
                                        .sqs()
                                        .purgeQueue(
                                                request ->
                                                        request.queueUrl(facts.address().url())));
        hold.journal().forget();
        return new Purged(facts.depth());
    }
}
