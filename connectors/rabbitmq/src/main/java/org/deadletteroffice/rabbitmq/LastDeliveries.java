package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.DeadLetter;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Messages of a quorum queue that have no delivery left: given back, in whatever way, the queue
/// drops them or lets them die once more (seen on 3.10 and 4.0). How often a message was delivered
/// is known only when it is taken, so nobody can spare it that.
///
/// Therefore each goes anew to the end of its queue, confirmed, before it is acknowledged. Where
/// that fails it stays held until the connection ends, which leaves time to raise the limit.
final class LastDeliveries {
    /// Sends a message to the queue in which it lies.
    interface Anew {
        void send(DeadLetter letter) throws BrokerException;
    }

    private final Channel channel;
    private final DeliveryLimit limit;
    private final Anew anew;

    /// By their delivery tags.
    private final Map<Long, DeadLetter> held = new LinkedHashMap<>();

    private @Nullable BrokerException failure;

    LastDeliveries(Channel channel, DeliveryLimit limit, Anew anew) {
        this.channel = channel;
        this.limit = limit;
        this.anew = anew;
    }

    /// Looks at a message that was just taken.
    ///
    /// @param deliveries how often it was delivered before
    /// @return whether it is one, and so none that is given back
    boolean takesOver(DeadLetter letter, int deliveries, long tag) {
        limit.seen(deliveries);
        if (deliveries < limit.limit()) {
            return false;
        }
        held.put(tag, letter);
        return true;
    }

    /// Sends anew what was taken over. While a consumer is active this would let the broker hand
    /// out more to it.
    ///
    /// @return whether there is none left that the queue would end
    boolean areSafe() throws IOException {
        for (var entry : List.copyOf(held.entrySet())) {
            try {
                anew.send(entry.getValue());
            } catch (BrokerException failed) {
                failure = failed;
                return false;
            }
            held.remove(entry.getKey());
            channel.basicAck(entry.getKey(), false);
            limit.renewed();
            LoggerFactory.getLogger(LastDeliveries.class)
                    .warn(
                            "A message of the queue {} had no delivery left of {}, and was sent"
                                    + " anew to the queue's end",
                            entry.getValue().queue().name(),
                            limit.limit());
        }
        return true;
    }

    /// As [#areSafe].
    ///
    /// @throws BrokerException.Unsupported when one could not be sent
    void renew(String queue) throws IOException, BrokerException {
        if (areSafe()) {
            return;
        }
        throw new BrokerException.Unsupported(
                "A message of the queue "
                        + queue
                        + " has no delivery left of "
                        + limit.limit()
                        + ", and could not be sent anew to the queue's end: "
                        + (failure == null ? "" : failure.getMessage())
                        + " It is held until this connection ends, and then the queue gives it up.",
                new Remedy.Advice("Raise delivery-limit by a policy before you leave."),
                failure);
    }
}
