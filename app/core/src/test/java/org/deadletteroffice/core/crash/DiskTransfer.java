package org.deadletteroffice.core.crash;

import java.util.List;
import java.util.OptionalLong;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;

/// Exactly once from a log, at least once from a queue. A payload that ends with `refuse` is
/// refused.
final class DiskTransfer implements Transfer {
    private final DiskBroker broker;
    private final String job;
    private final boolean log;
    private final Death death;

    DiskTransfer(DiskBroker broker, String job, boolean log, Death death) {
        this.broker = broker;
        this.job = job;
        this.log = log;
        this.death = death;
    }

    @Override
    public Guarantee guarantee() {
        return log ? Guarantee.EXACTLY_ONCE : Guarantee.AT_LEAST_ONCE;
    }

    @Override
    public OptionalLong provenPosition() {
        return log ? broker.proven(job) : OptionalLong.empty();
    }

    @Override
    public List<TransferEvent> rehearse(List<Outgoing> batch) {
        return List.of();
    }

    @Override
    public int batchesAtOnce() {
        return log ? 1 : 4;
    }

    @Override
    public Sending begin(List<Outgoing> batch) {
        var events = send(batch);
        return () -> events;
    }

    private static boolean isRefused(Outgoing outgoing) {
        var payload = outgoing.payload();
        return payload != null
                && new String(payload, java.nio.charset.StandardCharsets.UTF_8).endsWith("refuse");
    }

    @Override
    public List<TransferEvent> send(List<Outgoing> batch) {
        death.passes("before send");
        var refused = batch.stream().filter(DiskTransfer::isRefused).toList();
        var taken = batch.stream().filter(outgoing -> !isRefused(outgoing)).toList();
        if (!log || refused.isEmpty()) {
            broker.store(
                    log ? job : "",
                    batch.getLast().sequence() + 1,
                    taken.stream().map(Outgoing::destination).toList(),
                    taken.stream().map(Outgoing::payload).toList(),
                    taken.stream().map(Outgoing::headers).toList());
        }
        death.passes("after send");
        return batch.stream()
                .<TransferEvent>map(
                        outgoing -> {
                            if (isRefused(outgoing)) {
                                var reason =
                                        new BrokerException.Unsupported(
                                                "It says so itself.",
                                                new Remedy.Advice("Change it."),
                                                null);
                                return new TransferEvent.Refused(outgoing.sequence(), reason);
                            }
                            return log && !refused.isEmpty()
                                    ? new TransferEvent.Untouched(outgoing.sequence())
                                    : new TransferEvent.Sent(outgoing.sequence(), null);
                        })
                .toList();
    }

    @Override
    public void forget() {
        death.passes("forget");
        broker.forget(job);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
