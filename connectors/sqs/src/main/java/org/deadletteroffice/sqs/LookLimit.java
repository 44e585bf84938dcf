package org.deadletteroffice.sqs;

import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;

/// A dead-letter queue may have a redrive policy of its own; each look then counts, and one too
/// many moves the message on. What is held now is not looked at again.
final class LookLimit {
    private LookLimit() {}

    /// @throws BrokerException.Unsupported when the next look would move a message that was seen
    static void check(QueueFacts facts, Hold hold) throws BrokerException {
        var policy = facts.redrive();
        var deliveries = hold.mostDeliveriesOutside();
        var limit = facts.lookLimit();
        if (policy.isEmpty() || limit == null || deliveries < limit) {
            return;
        }
        throw new BrokerException.Unsupported(
                "%s has a redrive policy of its own: a message in it was received %s times, and the next look would move it to %s."
                        .formatted(
                                facts.address().name(),
                                deliveries,
                                QueueAddress.nameOf(policy.get().target())),
                new Remedy.Advice(
                        "Raise maxReceiveCount of "
                                + facts.address().name()
                                + ", or take its RedrivePolicy away while you look."),
                null);
    }
}
