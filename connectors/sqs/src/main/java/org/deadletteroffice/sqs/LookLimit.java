package org.deadletteroffice.sqs;

import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;

/// A dead-letter queue may have a redrive policy of its own; each look then counts, and one too
/// many moves the message on.
final class LookLimit {
    private LookLimit() {}

    static boolean isReached(QueueFacts facts, Hold hold) {
        var limit = facts.lookLimit();
        return limit != null && hold.mostDeliveries() >= limit;
    }

    /// @throws BrokerException.Unsupported when the next look would move a message that was seen
    static void check(QueueFacts facts, Hold hold) throws BrokerException {
        var policy = facts.redrive();
        if (policy.isEmpty() || !isReached(facts, hold)) {
            return;
        }
        throw new BrokerException.Unsupported(
                "%s has a redrive policy of its own: a message in it was received %d times, and the next look would move it to %s."
                        .formatted(
                                facts.address().name(),
                                hold.mostDeliveries(),
                                QueueAddress.nameOf(policy.get().target())),
                new Remedy.Advice(
                        "Raise maxReceiveCount of "
                                + facts.address().name()
                                + ", or take its RedrivePolicy away while you look."),
                null);
    }
}
