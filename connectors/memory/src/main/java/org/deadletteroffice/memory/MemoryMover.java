package org.deadletteroffice.memory;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.connector.ServerSideMover;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// The broker's own mover, for queues. A move belongs to the broker: it goes on when the connection
/// that started it is closed.
final class MemoryMover implements ServerSideMover {
    private final MemoryDiagnosis.Search search;
    private final Session session;

    MemoryMover(MemoryDiagnosis.Search search, Session session) {
        this.search = search;
        this.session = session;
    }

    @Override
    public String start(QueueRef from, @Nullable QueueRef to, @Nullable Integer perSecond)
            throws BrokerException {
        var broker = search.broker();
        return broker.answer(
                session,
                () -> {
                    if (broker.queue(from.name()).flavour() == Flavour.LOG) {
                        throw new BrokerException.Unsupported(
                                "The log '" + from.name() + "' has no mover of its own.",
                                new Remedy.Advice("Redrive its messages instead."),
                                null);
                    }
                    if (to != null) {
                        broker.queue(to.name());
                        broker.faults().check(session.user(), Right.WRITE, to.name());
                    }
                    broker.faults().check(session.user(), Right.REMOVE, from.name());
                    var handle =
                            broker.startMove(from.name(), to == null ? null : to.name(), perSecond);
                    broker.faults().loseAnswer();
                    return handle;
                });
    }

    @Override
    public Optional<List<KnownMove>> moves(QueueRef from) throws BrokerException {
        var broker = search.broker();
        return broker.answer(session, () -> Optional.of(broker.moves(from.name())));
    }

    @Override
    public MoveStatus status(String handle) throws BrokerException {
        var broker = search.broker();
        return broker.answer(session, () -> broker.move(handle).status());
    }

    @Override
    public void cancel(String handle) throws BrokerException {
        var broker = search.broker();
        broker.answer(
                session,
                () -> {
                    broker.move(handle).cancel();
                    return handle;
                });
    }
}
