package org.deadletteroffice.desktop.redrive;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.BrowseRequest;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// A few messages of a scope, to show what a plan does before it is rehearsed on all of them.
record ScopeSample(List<MessageView> messages) {
    static final ScopeSample NOTHING = new ScopeSample(List.of());

    private static final int MOST = 20;

    /// So many are read at most to find them: a sample is no search.
    private static final long READ = 5_000;

    ScopeSample {
        messages = List.copyOf(messages);
    }

    /// Blocks for the broker.
    static ScopeSample read(Messages messages, RedriveRequest request)
            throws OperatorException, BrokerException {
        var queue = request.source();
        return new ScopeSample(
                switch (request.scope()) {
                    case Scope.Ids(var ids) ->
                            messages.find(queue, ids.subList(0, Math.min(MOST, ids.size())));
                    case Scope.GroupOf(var fingerprint) ->
                            browse(messages, queue, Filter.all(), fingerprint);
                    case Scope.Matching(var text) ->
                            browse(messages, queue, Filter.parse(text), null);
                    case Scope.All _ -> browse(messages, queue, Filter.all(), null);
                });
    }

    private static List<MessageView> browse(
            Messages messages, QueueRef queue, Filter filter, @Nullable String fingerprint)
            throws OperatorException, BrokerException {
        return messages.browse(
                        new BrowseRequest(
                                queue,
                                Cursor.newest(),
                                Direction.OLDER,
                                MOST,
                                filter,
                                fingerprint,
                                false,
                                READ))
                .messages();
    }

    /// The readers on which they died, by name, as far as the messages tell.
    Set<String> failedReaders() {
        var names = new TreeSet<String>();
        messages.stream()
                .map(message -> message.failure().consumer())
                .filter(Objects::nonNull)
                .forEach(names::add);
        return names;
    }
}
