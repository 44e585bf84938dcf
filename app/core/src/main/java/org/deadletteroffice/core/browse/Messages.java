package org.deadletteroffice.core.browse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.MessageView.Fate;
import org.deadletteroffice.core.cause.Causes;
import org.deadletteroffice.core.cause.Fingerprint;
import org.deadletteroffice.core.cause.RedriveMark;
import org.deadletteroffice.core.decode.Decoders;
import org.deadletteroffice.core.index.IndexFolder;
import org.deadletteroffice.core.index.MessageIndexes;
import org.deadletteroffice.core.query.FieldsSeen;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Reads queues for window and command line. All methods block, honour interruption, and hold at
/// most a page in memory.
public final class Messages implements AutoCloseable {
    /// The most ids that one fetch takes.
    private static final int FETCH = 1_000;

    private static final int QUEUES_WITH_FIELDS = 24;

    private final Connections connections;
    private final Fates fates;
    private final Function<String, Decoders> decoders;
    private final Function<QueueRef, Optional<String>> choices;
    private final Causes causes;
    private final MessageIndexes indexes;
    private final Visits visits = new Visits();

    /// Of the queues that were looked at last.
    private final Map<QueueRef, FieldsSeen> fields =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        @Override
                        protected boolean removeEldestEntry(
                                Map.Entry<QueueRef, FieldsSeen> eldest) {
                            return size() > QUEUES_WITH_FIELDS;
                        }
                    });

    /// With the decoders and cause readers on the class path.
    public Messages(Connections connections, Fates fates) {
        this(
                connections,
                fates,
                _ -> Decoders.standard(),
                _ -> Optional.empty(),
                Causes.standard(),
                null);
    }

    /// @param decoders of a profile, by its name
    /// @param choices the decoder that the operator chose for a queue
    /// @param indexFolder where indexes outlast the program; null to keep none
    public Messages(
            Connections connections,
            Fates fates,
            Function<String, Decoders> decoders,
            Function<QueueRef, Optional<String>> choices,
            Causes causes,
            @Nullable IndexFolder indexFolder) {
        this.connections = connections;
        this.fates = fates;
        this.decoders = decoders;
        this.choices = choices;
        this.causes = causes;
        this.indexes = new MessageIndexes(this::unread, fates, indexFolder);
    }

    /// One page of the messages that match.
    public ViewPage browse(BrowseRequest request) throws OperatorException, BrokerException {
        var connection = connections.of(request.queue().profile());
        var info = connection.queue(request.queue());
        return visits.read(
                connection,
                request.queue(),
                browse -> {
                    try {
                        return read(browse, request, info);
                    } catch (BrokerException.Unsupported oneWay) {
                        // A broker without places (Amazon SQS) gives its messages in its own order.
                        if (request.direction() != Direction.OLDER) {
                            throw oneWay;
                        }
                        return read(browse, request.onwards(), info).turned();
                    }
                });
    }

    /// Nobody looks at the queue any more: where looking holds messages, they are given back now
    /// rather than some seconds after the last page.
    public void leave(QueueRef queue) {
        visits.leave(queue);
    }

    @Override
    public void close() {
        visits.close();
        indexes.close();
    }

    private ViewPage read(Browse browse, BrowseRequest request, QueueInfo info)
            throws BrokerException {
        return new PageReader(
                        browse, request, info.depth(), letters -> meant(letters, request, info))
                .read();
    }

    /// Of each letter its view; null where it is not meant.
    private List<@Nullable MessageView> meant(
            List<DeadLetter> letters, BrowseRequest request, QueueInfo info) {
        var known = fates.of(request.queue(), info.identity(), letters);
        var seen = fieldsSeen(request.queue());
        var views = new ArrayList<@Nullable MessageView>(letters.size());
        for (var letter : letters) {
            var fate = known.get(letter.id());
            boolean hidden = fate != null && fate.resolved() && !request.includeResolved();
            // The group is told from the headers, without reading the payload.
            boolean otherGroup =
                    request.fingerprint() != null
                            && !request.fingerprint().equals(Fingerprint.of(causes.read(letter)));
            if (hidden || otherGroup) {
                views.add(null);
                continue;
            }
            var view = withFate(view(letter, null), fate);
            seen.add(view);
            views.add(request.filter().matches(view) ? view : null);
        }
        return views;
    }

    /// The fields of the messages of this queue that were looked at since the program started.
    public FieldsSeen fieldsSeen(QueueRef queue) {
        return fields.computeIfAbsent(queue, _ -> new FieldsSeen());
    }

    public Optional<MessageView> find(QueueRef queue, MessageId id)
            throws OperatorException, BrokerException {
        return find(queue, List.of(id)).stream().findFirst();
    }

    /// Those of `ids` that still exist.
    public List<MessageView> find(QueueRef queue, List<MessageId> ids)
            throws OperatorException, BrokerException {
        var connection = connections.of(queue.profile());
        var identity = connection.queue(queue).identity();
        var found = new ArrayList<MessageView>(ids.size());
        for (int from = 0; from < ids.size(); from += FETCH) {
            var some = ids.subList(from, Math.min(ids.size(), from + FETCH));
            var letters = connection.fetch(queue, some);
            var known = fates.of(queue, identity, letters);
            for (var letter : letters) {
                found.add(withFate(view(letter, null), known.get(letter.id())));
            }
        }
        return found;
    }

    /// The ledger's word and the message's own: whichever counted more returns.
    static MessageView withFate(MessageView view, @Nullable Fate ledger) {
        if (ledger == null) {
            return view;
        }
        var own = view.fate();
        var both =
                new Fate(
                        ledger.resolved(),
                        ledger.job() != null ? ledger.job() : own.job(),
                        Math.max(ledger.returns(), own.returns()));
        return new MessageView(
                view.letter(),
                view.decoded(),
                view.decoder(),
                view.decoderReason(),
                view.cloudEvent(),
                view.failure(),
                view.fingerprint(),
                both,
                view.decoders());
    }

    /// The failure groups of the messages that match. Reads the queue once and then only what is
    /// new; `progress` is told now and then with what is known so far, and last with the result.
    public Groups groups(
            QueueRef queue, Filter filter, boolean includeResolved, Consumer<Groups> progress)
            throws OperatorException, BrokerException {
        return indexes.groups(
                connections.of(queue.profile()), queue, filter, includeResolved, progress);
    }

    /// How many messages match.
    public Completeness count(
            QueueRef queue,
            Filter filter,
            @Nullable String fingerprint,
            boolean includeResolved,
            Consumer<Completeness> progress)
            throws OperatorException, BrokerException {
        return indexes.count(
                connections.of(queue.profile()),
                queue,
                filter,
                fingerprint,
                includeResolved,
                progress);
    }

    /// What one message says, without a broker. `decoder` overrides the choice; null lets it be
    /// chosen, by the queue's setting first.
    public MessageView view(DeadLetter letter, @Nullable String decoder) {
        var known = decoders.apply(letter.queue().profile());
        var chosen = decoder == null ? choices.apply(letter.queue()).orElse(null) : decoder;
        var reading = known.decode(letter.payload(), letter.headers(), chosen);
        var failure = causes.read(letter);
        return new MessageView(
                letter,
                reading.decoded(),
                reading.decoder(),
                reading.reason(),
                Decoders.cloudEvent(letter.headers(), reading.decoded()),
                failure,
                Fingerprint.of(failure),
                fate(letter),
                known);
    }

    private UnreadMessage unread(DeadLetter letter) {
        return new UnreadMessage(
                letter,
                decoders.apply(letter.queue().profile()),
                choices.apply(letter.queue()).orElse(null),
                causes);
    }

    /// The same message read by another decoder; null lets it be chosen.
    public MessageView reread(MessageView view, @Nullable String decoder) {
        return withFate(view(view.letter(), decoder), view.fate());
    }

    /// What the message itself tells of a redrive; the ledger may know more.
    private static Fate fate(DeadLetter letter) {
        return RedriveMark.of(letter.headers())
                .map(mark -> new Fate(false, mark.job(), mark.count()))
                .orElse(Fate.UNTOUCHED);
    }

    /// The names of the decoders there are, for an override.
    public List<String> decoders() {
        return Decoders.standard().names();
    }
}
