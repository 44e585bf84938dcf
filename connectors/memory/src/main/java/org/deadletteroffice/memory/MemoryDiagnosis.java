package org.deadletteroffice.memory;

import java.util.List;
import java.util.function.Consumer;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Numerals;
import org.deadletteroffice.spi.profile.Check;

/// The steps of a connection's diagnosis, in order; one that fails skips those after it.
final class MemoryDiagnosis {
    private final Consumer<Check> listener;

    /// A step does its work and says what it found.
    private interface Step {
        String find(MemoryBroker broker) throws BrokerException;
    }

    private record Named(String name, Step step) {}

    interface Search {
        MemoryBroker broker() throws BrokerException;
    }

    MemoryDiagnosis(Consumer<Check> listener) {
        this.listener = listener;
    }

    void run(Search search, Session session) throws BrokerException.Cancelled {
        var steps =
                List.of(
                        new Named("Broker answers", _ -> "the broker is in this process"),
                        new Named(
                                "Sign-in",
                                broker -> broker.answer(session, () -> "the user was accepted")),
                        new Named(
                                "List queues",
                                broker ->
                                        broker.answer(
                                                session,
                                                () ->
                                                        Numerals.of(
                                                                        broker.queues().size(),
                                                                        "queue",
                                                                        "queues")
                                                                + " found")),
                        new Named("Read", broker -> forbidden(broker, session, Right.READ)),
                        new Named("Write", broker -> forbidden(broker, session, Right.WRITE)));
        steps.forEach(named -> listener.accept(Check.waiting(named.name())));
        var failed = false;
        for (var named : steps) {
            if (failed) {
                listener.accept(Check.skipped(named.name(), "an earlier step failed"));
                continue;
            }
            listener.accept(Check.running(named.name()));
            try {
                listener.accept(Check.passed(named.name(), named.step().find(search.broker())));
            } catch (BrokerException.Cancelled stop) {
                throw stop;
            } catch (BrokerException wrong) {
                failed = true;
                listener.accept(Check.failed(named.name(), wrong.sentence(), wrong.remedy()));
            }
        }
    }

    private static String forbidden(MemoryBroker broker, Session session, Right right)
            throws BrokerException {
        return broker.answer(
                session,
                () -> {
                    for (var queue : broker.queues()) {
                        broker.faults().check(session.user(), right, queue.name());
                    }
                    return "allowed on all queues";
                });
    }
}
