package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.ReadAhead;
import org.deadletteroffice.core.profile.Brokers;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Pulls the messages that a scope may mean, oldest first or as chosen, in pieces of bounded size,
/// each with the place from where another reader goes on. Mends a lost broker by itself for a
/// while. One thread at a time.
final class ScopeReader implements MessageSource {
    /// A piece is complete with so many messages or bytes.
    private static final int PIECE = 4_000;

    /// As many as are asked for at once.
    private static final int CHOSEN = 500;

    private static final long PIECE_BYTES = 8 << 20;
    /// A piece is given out though it is small when nothing more comes for so long.
    private static final Duration HESITATION = Duration.ofMillis(250);

    private static final String IDS = "ids:";

    /// Why a chosen message is left out that was there when it was chosen.
    static final String GONE = "it lies there no more";

    private final Brokers brokers;
    private final QueueRef source;
    private final Scope scope;
    private final Cursor until;
    private final Waiter waiter;
    private final Backoff backoff;
    private String position;
    private @Nullable ReadAhead scan;
    private boolean atEnd;
    private boolean mayGoOn;

    /// Waits between two tries.
    interface Waiter {
        /// @return whether to go on
        boolean goAfter(Duration wait) throws InterruptedException;

        /// How long; tells whoever watches that it waits.
        Backoff backoff();
    }

    /// @param position where an earlier reader stopped; null for the beginning
    ScopeReader(
            Brokers brokers,
            QueueRef source,
            Scope scope,
            Cursor until,
            @Nullable String position,
            Waiter waiter) {
        this.brokers = brokers;
        this.source = source;
        this.scope = scope;
        this.until = until;
        this.waiter = waiter;
        this.backoff = waiter.backoff();
        this.position =
                position != null
                        ? position
                        : scope instanceof Scope.Ids ? IDS + "0" : Cursor.oldest().text();
    }

    @Override
    public Optional<Piece> next() throws OperatorException, BrokerException, InterruptedException {
        while (true) {
            try {
                var piece = scope instanceof Scope.Ids(var ids) ? chosen(ids) : scanned();
                backoff.succeeded();
                return piece;
            } catch (BrokerException failed) {
                close();
                var wait = backoff.after(failed);
                if (wait.isEmpty() || !waiter.goAfter(wait.get())) {
                    throw failed;
                }
            }
        }
    }

    private Optional<Piece> chosen(List<MessageId> ids) throws OperatorException, BrokerException {
        var from = Integer.parseInt(position.substring(IDS.length()));
        if (from >= ids.size()) {
            return Optional.empty();
        }
        var to = Math.min(ids.size(), from + CHOSEN);
        var asked = ids.subList(from, to).stream().distinct().toList();
        var letters = brokers.connection(source.profile()).fetch(source, asked);
        var gone = new ArrayList<>(asked);
        letters.forEach(letter -> gone.remove(letter.id()));
        position = IDS + to;
        return Optional.of(new Piece(letters, gone, position));
    }

    private Optional<Piece> scanned()
            throws OperatorException, BrokerException, InterruptedException {
        if (atEnd) {
            return Optional.empty();
        }
        var open = scan;
        if (open == null) {
            open =
                    new ReadAhead(
                            brokers.connection(source.profile())
                                    .scan(source, Cursor.parse(position), until));
            scan = open;
        }
        // A broker may hand the same message out twice; once is enough.
        var letters = new LinkedHashMap<MessageId, DeadLetter>();
        var bytes = 0L;
        var after = position;
        while (letters.size() < PIECE && bytes < PIECE_BYTES) {
            Optional<ReadAhead.Part> part;
            try {
                // What waits for the removal of what came before is waited for by the next piece.
                if (!letters.isEmpty() && !open.awaitNext(HESITATION)) {
                    break;
                }
                part = open.next();
            } catch (BrokerException failed) {
                if (letters.isEmpty()) {
                    throw failed;
                }
                // First what came; whoever asks for more meets the failure again.
                close();
                break;
            }
            if (part.isEmpty()) {
                atEnd = true;
                mayGoOn = open.mayGoOn();
                break;
            }
            var batch = part.get().batch();
            for (var letter : batch.messages()) {
                if (letters.putIfAbsent(letter.id(), letter) == null) {
                    bytes += letter.size();
                }
            }
            after = batch.after().text();
        }
        if (letters.isEmpty()) {
            return Optional.empty();
        }
        position = after;
        return Optional.of(new Piece(List.copyOf(letters.values()), List.of(), position));
    }

    @Override
    public boolean goOn() {
        if (!mayGoOn) {
            return false;
        }
        close();
        atEnd = false;
        mayGoOn = false;
        return true;
    }

    @Override
    public String position() {
        return position;
    }

    @Override
    public void close() {
        if (scan != null) {
            scan.close();
            scan = null;
        }
    }
}
