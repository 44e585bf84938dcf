package org.deadletteroffice.core.job;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.deadletteroffice.fixtures.ForwardingConnector;
import org.deadletteroffice.memory.MemoryConnector;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.jspecify.annotations.Nullable;

/// A memory broker whose confirmations come when a test lets them, and tell what it says.
final class LateConfirms extends ForwardingConnector {
    private final List<List<Long>> begun = new CopyOnWriteArrayList<>();
    private final CountDownLatch confirmed = new CountDownLatch(1);
    private final Broker broker;

    /// What becomes of a batch.
    interface Broker {
        /// @param number of the batch, from 0, over all transfers of the job
        List<TransferEvent> take(int number, List<Outgoing> batch, Transfer memory)
                throws BrokerException;
    }

    LateConfirms(Broker broker) {
        super(new MemoryConnector());
        this.broker = broker;
    }

    /// The sequences of each batch that was begun.
    List<List<Long>> begun() {
        return begun;
    }

    /// From now on nothing is waited for.
    void confirm() {
        confirmed.countDown();
    }

    @Override
    protected @Nullable Object on(Call call) throws Throwable {
        var result = call.make();
        return result instanceof Transfer transfer
                        && call.arguments().getFirst() instanceof TransferPlan
                ? new Late(transfer)
                : result;
    }

    private final class Late implements Transfer {
        private final Transfer memory;

        Late(Transfer memory) {
            this.memory = memory;
        }

        @Override
        public Guarantee guarantee() {
            return memory.guarantee();
        }

        @Override
        public OptionalLong provenPosition() throws BrokerException {
            return memory.provenPosition();
        }

        @Override
        public List<TransferEvent> rehearse(List<Outgoing> batch) throws BrokerException {
            return memory.rehearse(batch);
        }

        @Override
        public List<TransferEvent> send(List<Outgoing> batch) throws BrokerException {
            return begin(batch).events();
        }

        @Override
        public int batchesAtOnce() {
            return memory.batchesAtOnce();
        }

        @Override
        public Sending begin(List<Outgoing> batch) {
            var number = begun.size();
            begun.add(batch.stream().map(Outgoing::sequence).toList());
            var taken = taken(number, batch);
            return () -> {
                try {
                    confirmed.await();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    throw new BrokerException.Cancelled("The wait was interrupted.", stop);
                }
                return taken.events();
            };
        }

        private Sending taken(int number, List<Outgoing> batch) {
            try {
                var events = broker.take(number, batch, memory);
                return () -> events;
            } catch (BrokerException lost) {
                return () -> {
                    throw lost;
                };
            }
        }

        @Override
        public void forget() {
            memory.forget();
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}
