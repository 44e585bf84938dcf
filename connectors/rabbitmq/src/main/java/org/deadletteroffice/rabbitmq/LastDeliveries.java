package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        /// @return why the queue does not take it; empty when it has it
        /// @throws BrokerException when nobody knows whether it has it
        Optional<BrokerException> send(DeadLetter letter) throws BrokerException;
    }

    private final Channel channel;
    private final DeliveryLimit limit;
    private final Anew anew;

    /// By their delivery tags.
    private final Map<Long, DeadLetter> held = new LinkedHashMap<>();

    /// The tags of those of which nobody knows whether they were sent anew already.
    private final Set<Long> uncertain = new HashSet<>();

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
                failure = anew.send(entry.getValue()).orElse(null);
            } catch (BrokerException unknown) {
                uncertain.add(entry.getKey());
                failure = unknown;
            }
            if (failure != null) {
                return false;
            }
            LoggerFactory.getLogger(LastDeliveries.class)
                    .warn(
                            "A message of the queue {} had no delivery left of {}, and was sent"
                                    + " anew to the queue's end{}",
                            entry.getValue().queue().name(),
                            limit.limit(),
                            uncertain.remove(entry.getKey())
                                    ? ", where it may lie twice: what became of an earlier try"
                                            + " is not known"
                                    : "");
            held.remove(entry.getKey());
            limit.renewed();
            channel.basicAck(entry.getKey(), false);
        }
        return true;
    }

    /// Whether some could not be sent anew yet.
    boolean isHoldingSome() {
        return !held.isEmpty();
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
                        + (uncertain.isEmpty()
                                ? ", and could not be sent anew to the queue's end: "
                                : ", and whether it was sent anew to the queue's end is not known: ")
                        + (failure == null ? "" : failure.getMessage())
                        + " It is held until this connection ends or the broker loses patience with it (30"
                        + " minutes by default), and then the queue gives it up.",
                new Remedy.Advice("Raise delivery-limit by a policy before you leave."),
                failure);
    }
}
