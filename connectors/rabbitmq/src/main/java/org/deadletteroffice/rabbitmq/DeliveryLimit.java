package org.deadletteroffice.rabbitmq;

import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;

/// How often a quorum queue hands a message out before it drops it or lets it die, and how near to
/// that its messages are. Remembered for as long as the connection is open.
///
/// Until 4.2 each giving back counts; from 4.3 on only failures do. Thread-safe.
final class DeliveryLimit {
    /// With fewer deliveries left than this, nobody looks any more: the next crash of a consumer
    /// would end the message.
    static final int SPARE = 3;

    private final int limit;
    private int highest = -1;
    private int renewed;

    /// @param limit the number of deliveries after which the broker gives up
    DeliveryLimit(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    synchronized void seen(int deliveries) {
        highest = Math.max(highest, deliveries);
    }

    /// A message that had none left was sent anew.
    synchronized void renewed() {
        renewed++;
    }

    /// @throws BrokerException.Unsupported when another look may push a message over the limit
    synchronized void check(String queue) throws BrokerException {
        if (highest >= 0 && limit - highest < SPARE) {
            throw new BrokerException.Unsupported(
                    "Looking further could end a message: one of the queue "
                            + queue
                            + " was delivered "
                            + highest
                            + " times, and after "
                            + limit
                            + " the queue gives it up."
                            + (renewed == 0
                                    ? ""
                                    : " To keep "
                                            + renewed
                                            + " that had none left, they were sent anew to the"
                                            + " queue's end."),
                    new Remedy.Advice(
                            "Raise delivery-limit by a policy, or move the queue by the broker"
                                    + " itself, which counts anew."),
                    null);
        }
    }
}
