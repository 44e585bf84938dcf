package org.deadletteroffice.desktop.triage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.MessageView;
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

/// Opens the sheet that rehearses a redrive or a purge, or compares two messages. A choice that no
/// scope can say is collected message by message first. FX thread only.
final class Proposals {
    /// So many messages are collected at most.
    private static final int COLLECT = 10_000;

    private static final Comparator<MessageView> BY_TIME =
            Comparator.comparing(
                    view -> view.letter().timestamp(),
                    Comparator.nullsFirst(Comparator.naturalOrder()));

    private final Desk desk;
    private final Messages messages;
    private Running collecting = Running.NOTHING;

    /// What is proposed.
    @FunctionalInterface
    interface Kind {
        Sheet sheet(QueueRef source, Target about);
    }

    Proposals(Desk desk) {
        this.desk = desk;
        messages = desk.engine().messages();
    }

    static Sheet redrive(QueueRef source, Target about) {
        var request = RedriveRequest.toOrigin(source, about.scope());
        return new Sheet.Redrive(request, about.count(), about.exact(), about.words());
    }

    static Sheet purge(QueueRef source, Target about) {
        return new Sheet.Purge(source, about.scope(), about.count(), about.exact(), about.words());
    }

    void open(QueueRef source, Target about, Kind kind) {
        desk.navigation().open(kind.sheet(source, about));
    }

    /// The queue was left: what is still collected of it opens nothing any more.
    void leave() {
        collecting.cancel();
    }

    /// Plain words and a group together are no scope; their messages are, one by one.
    ///
    /// @param query what `about` means, from the list's start
    /// @param act what is done with them
    void collect(ListQuery query, Target about, Consumer<Target> act) {
        collecting.cancel();
        collecting =
                desk.background()
                        .run(
                                () -> idsOf(query),
                                ids ->
                                        act.accept(
                                                new Target(
                                                        new Scope.Ids(ids),
                                                        ids.size(),
                                                        true,
                                                        about.words())),
                                desk.dialogs()::tell);
    }

    /// Reads two messages and shows them side by side, the older on the left.
    void compare(QueueRef source, List<MessageId> two) {
        collecting.cancel();
        collecting =
                desk.background()
                        .run(
                                () -> messages.find(source, two),
                                found -> {
                                    if (found.size() == 2) {
                                        var sorted = found.stream().sorted(BY_TIME).toList();
                                        desk.navigation()
                                                .open(
                                                        new Sheet.Compare(
                                                                sorted.getFirst(),
                                                                sorted.getLast()));
                                    } else {
                                        desk.dialogs()
                                                .say("One of the two messages is gone by now.");
                                    }
                                },
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
