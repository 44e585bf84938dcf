package org.deadletteroffice.desktop.triage;

import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;

/// Opens the sheet that rehearses a redrive. A choice that no scope can say is collected message by
/// message first. FX thread only.
final class RedriveProposal {
    /// So many messages are collected at most.
    private static final int COLLECT = 10_000;

    private final Desk desk;
    private final Messages messages;
    private Running collecting = Running.NOTHING;

    RedriveProposal(Desk desk) {
        this.desk = desk;
        messages = desk.engine().messages();
    }

    void open(QueueRef source, Target about) {
        var request = RedriveRequest.toOrigin(source, about.scope());
        desk.navigation()
                .open(new Sheet.Redrive(request, about.count(), about.exact(), about.words()));
    }

    /// Plain words and a group together are no scope; their messages are, one by one.
    ///
    /// @param query what `about` means, from the list's start
    void collect(ListQuery query, Target about) {
        collecting.cancel();
        collecting =
                desk.background()
                        .run(
                                () -> idsOf(query),
                                ids ->
                                        open(
                                                query.queue(),
                                                new Target(
                                                        new Scope.Ids(ids),
                                                        ids.size(),
                                                        true,
                                                        about.words())),
                                desk.dialogs()::tell);
    }

    private List<MessageId> idsOf(ListQuery query) throws OperatorException, BrokerException {
        var ids = new ArrayList<MessageId>();
        var at = query.start();
        while (true) {
            var page = messages.browse(query.page(at, PagedRows.PAGE));
            page.messages().forEach(message -> ids.add(message.letter().id()));
            if (ids.size() > COLLECT) {
                throw new OperatorException(
                        OperatorException.Kind.WRONG_USE,
                        "More than %s messages match the words within this group."
                                .formatted(Amounts.of(COLLECT)),
                        "Narrow the words, or say them as an expression such as"
                                + " payload.total > 40.");
            }
            if (page.atEnd()) {
                return ids;
            }
            at = query.direction() == Direction.OLDER ? page.older() : page.newer();
        }
    }
}
