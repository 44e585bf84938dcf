package org.deadletteroffice.memory;

import java.util.function.LongConsumer;
import org.deadletteroffice.spi.connector.ObjectStore;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Numerals;

/// The objects beside a broker's queues.
final class MemoryObjects implements ObjectStore {
    private final MemoryDiagnosis.Search search;
    private final Session session;

    MemoryObjects(MemoryDiagnosis.Search search, Session session) {
        this.search = search;
        this.session = session;
    }

    @Override
    public Facts look(String bucket, String key) throws BrokerException {
        return facts(read(bucket, key));
    }

    @Override
    public Fetched fetch(String bucket, String key, long most, LongConsumer progress)
            throws BrokerException {
        var bytes = read(bucket, key);
        if (bytes.length > most) {
            throw new BrokerException.TooLarge(
                    "The object %s/%s is larger than %s bytes."
                            .formatted(bucket, key, Numerals.of(most)),
                    most,
                    new Remedy.Advice("Fetch it with another tool."),
                    null);
        }
        progress.accept(bytes.length);
        return new Fetched(facts(bytes), bytes);
    }

    private static Facts facts(byte[] bytes) {
        return new Facts(bytes.length, null);
    }

    private byte[] read(String bucket, String key) throws BrokerException {
        var broker = search.broker();
        return broker.answer(
                session,
                () -> {
                    broker.faults().check(session.user(), Right.READ, bucket);
                    return broker.object(bucket, key)
                            .orElseThrow(
                                    () ->
                                            new BrokerException.NotFound(
                                                    "There is no object %s/%s."
                                                            .formatted(bucket, key),
                                                    new Remedy.Advice("Write it again."),
                                                    null));
                });
    }
}
