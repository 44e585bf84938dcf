package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.connector.ObserverEffect.Order;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// What looking costs, by the kind of queue and the broker's version.
///
/// Quorum queues count: until 4.2 every giving back, from 4.3 on failures only. Their limit is
/// what argument or policy say, else none in 3.x and 20 from 4.0 on. (RabbitMQ's release notes of
/// 4.0 and 4.3; seen on 3.10.)
final class QueueRules {
    private static final int LIMIT_OF_4 = 20;
    private static final Order OF_QUORUM = new Order(GivingBack.MOST_REST);

    private final Link link;
    private final RabbitQueues queues;
    private final Management management;

    /// What was told of each queue last: a management API may pause, a limit does not.
    private final Map<String, QueueFacts> told = new ConcurrentHashMap<>();

    /// Why the management API last told nothing though it is there.
    private volatile @Nullable BrokerException refusal;

    private final Map<String, DeliveryLimit> limits = new ConcurrentHashMap<>();

    QueueRules(Link link, RabbitQueues queues, Management management) {
        this.link = link;
        this.queues = queues;
        this.management = management;
    }

    /// What the management API says of a queue, or said while it last answered.
    Optional<QueueFacts> facts(QueueRef queue, Deadline deadline) throws BrokerException {
        try {
            var facts = queues.facts(queue.name(), deadline);
            refusal = null;
            facts.ifPresent(now -> told.put(queue.name(), now));
        } catch (BrokerException.NotAuthorized | BrokerException.NotAuthenticated refused) {
            refusal = refused;
        } catch (BrokerException.NotFound _) {
            // A queue that was just made may be unknown there.
            refusal = null;
        }
        return Optional.ofNullable(told.get(queue.name()));
    }

    /// @param facts null where no management API ever told
    ObserverEffect effect(QueueRef queue, @Nullable QueueFacts facts) {
        if (Streams.isOne(queue) || (facts != null && facts.isStream())) {
            return ObserverEffect.NONE;
        }
        if (!countsLooks()) {
            return new ObserverEffect.MarksRedelivered(order(facts));
        }
        if (facts == null) {
            return new ObserverEffect.MayCountDelivery(orNull(versionsLimit()));
        }
        return facts.isQuorum()
                ? new ObserverEffect.CountsDelivery(orNull(limitOf(facts)), OF_QUORUM)
                : new ObserverEffect.MarksRedelivered(order(facts));
    }

    private static @Nullable Integer orNull(OptionalInt limit) {
        return limit.isPresent() ? limit.getAsInt() : null;
    }

    private @Nullable Order order(@Nullable QueueFacts facts) {
        if (facts == null || !link.isRabbit()) {
            return null;
        }
        return facts.isQuorum() ? OF_QUORUM : Order.KEPT;
    }

    /// What matters to who takes messages and gives them back.
    ///
    /// @param limit that this may run into; null where there is none
    /// @param quorum whether what is given back goes behind all else
    /// @param freshLast whether a quorum queue hands out what was given back before what was never
    ///     delivered
    /// @param mayGoAhead whether it does no harm to take more than was asked for: no delivery is
    ///     counted, and nobody waits to become the queue's one consumer
    /// @param countsHeld whether what is held counts in the depth that the broker tells and against
    ///     a new consumer's prefetch; seen with Qpid, and not with RabbitMQ
    /// @param contents null where nobody tells
    record Taking(
            @Nullable DeliveryLimit limit,
            boolean quorum,
            boolean freshLast,
            boolean mayGoAhead,
            boolean countsHeld,
            @Nullable Contents contents) {}

    /// What lay in a queue not long before.
    ///
    /// @param bytes of the bodies of all messages
    record Contents(long messages, long bytes) {
        static Optional<Contents> of(QueueFacts facts) {
            var messages = facts.counted();
            var bytes = facts.bytes();
            return messages.isEmpty() || bytes == null
                    ? Optional.empty()
                    : Optional.of(new Contents(messages.getAsLong(), bytes));
        }

        /// How large those are on the average that were not taken yet; 0 where all were.
        long averageLeft(long taken, long bytesTaken) {
            return messages <= taken ? 0 : Math.max(0, bytes - bytesTaken) / (messages - taken);
        }
    }

    /// @throws BrokerException.Unreachable where only a management API that is silent knows whether
    ///     the look would end a message
    /// @throws BrokerException.NotAuthorized where it tells others alone
    /// @throws BrokerException.NotAuthenticated likewise
    Taking taking(QueueRef queue, Deadline deadline) throws BrokerException {
        link.signIn(Act.reading(queue.name()), deadline);
        var facts = facts(queue, deadline);
        if (facts.isEmpty() && mustAskAgain()) {
            management.forgetAbsence();
            facts = facts(queue, deadline);
        }
        if (facts.isEmpty()) {
            var untold = untold(queue);
            // Only quorum queues have a limit.
            if (untold.isPresent() && !isClassic(queue, deadline)) {
                throw untold.get();
            }
        }
        var limit = limit(queue.name(), facts.orElse(null));
        return new Taking(
                limit,
                facts.isPresent() && facts.get().isQuorum(),
                link.isRabbit() && atLeast(4, 0),
                limit == null && facts.isPresent() && !facts.get().hasOneActiveConsumer(),
                !link.isRabbit(),
                facts.flatMap(Contents::of).orElse(null));
    }

    /// Whether somebody said where the API is, who now does not answer.
    private boolean mustAskAgain() {
        return countsLooks() && link.profile().namesManagement() && !management.isPresent();
    }

    /// Why it is not known whether a look would end a message; empty where nobody could know.
    private Optional<BrokerException> untold(QueueRef queue) {
        var refused = refusal;
        if (mustAskAgain()) {
            return Optional.of(nobodyTells(queue));
        }
        return refused == null || !countsLooks()
                ? Optional.empty()
                : Optional.of(othersAreTold(queue, refused));
    }

    private BrokerException othersAreTold(QueueRef queue, BrokerException refused) {
        var wrongSignIn = refused instanceof BrokerException.NotAuthenticated;
        var why =
                wrongSignIn
                        ? refused
                        : link.errors().managementDenied(Act.askingForTheLimit(queue.name()));
        var sentence =
                "A look at the queue "
                        + queue.name()
                        + " could end a message, and only the management API knows its delivery"
                        + " limit. "
                        + why.sentence();
        var remedy =
                new Remedy.Advice(
                        why.remedy().sentence()
                                + " Or set the field 'managementUrl' to 'none', to look without"
                                + " knowing the limit.");
        return wrongSignIn
                ? new BrokerException.NotAuthenticated(sentence, remedy, refused)
                : new BrokerException.NotAuthorized(sentence, remedy, refused);
    }

    /// Whether the broker itself calls it a classic queue. It does so where it refuses a consumer
    /// that asks for what only streams have; a stream refuses the value. So nothing is taken.
    /// (RabbitMQ's code from 3.10 on; seen on 3.10. Earlier ones may know no such argument.)
    private boolean isClassic(QueueRef queue, Deadline deadline) throws BrokerException {
        return atLeast(3, 10)
                && link.<String>call(
                                Act.reading(queue.name()),
                                deadline,
                                channel -> answerToStreamsConsumer(channel, queue.name()))
                        .contains("rabbit_classic_queue");
    }

    private static String answerToStreamsConsumer(Channel channel, String queue)
            throws IOException {
        try {
            return channel.basicConsume(
                    queue,
                    false,
                    Map.of(StreamReader.OFFSET, "no offset"),
                    new DefaultConsumer(channel));
        } catch (IOException refused) {
            if (refused.getCause() instanceof ShutdownSignalException why
                    && why.getReason() instanceof AMQP.Channel.Close said
                    && said.getReplyCode() == AMQP.PRECONDITION_FAILED) {
                return said.getReplyText();
            }
            throw refused;
        }
    }

    private BrokerException nobodyTells(QueueRef queue) {
        return new BrokerException.Unreachable(
                "A look at the queue "
                        + queue.name()
                        + " could end a message: its delivery limit is known only to the management"
                        + " API at "
                        + management.address()
                        + ", which does not answer.",
                new Remedy.Edit("managementUrl"),
                null);
    }

    private @Nullable DeliveryLimit limit(String queue, @Nullable QueueFacts facts) {
        var limit = OptionalInt.empty();
        if (countsLooks()) {
            if (facts == null) {
                limit = versionsLimit();
            } else if (facts.isQuorum()) {
                limit = limitOf(facts);
            }
        }
        if (limit.isEmpty()) {
            limits.remove(queue);
            return null;
        }
        var most = limit.getAsInt();
        // What was seen is remembered while the limit is the same.
        return limits.compute(
                queue,
                (_, known) ->
                        known != null && known.limit() == most ? known : new DeliveryLimit(most));
    }

    private OptionalInt limitOf(QueueFacts facts) {
        var said = facts.deliveryLimit();
        if (said.isPresent()) {
            // -1 takes the limit away (4.0 and later).
            return said.getAsInt() < 0 ? OptionalInt.empty() : said;
        }
        return versionsLimit();
    }

    private OptionalInt versionsLimit() {
        return atLeast(4, 0) ? OptionalInt.of(LIMIT_OF_4) : OptionalInt.empty();
    }

    private boolean countsLooks() {
        return link.isRabbit() && !atLeast(4, 3);
    }

    private boolean atLeast(int major, int minor) {
        return isAtLeast(link.version(), major, minor);
    }

    /// @param version as the broker says it, `3.10.8` or `4.0.0-rc.1`
    static boolean isAtLeast(String version, int major, int minor) {
        var parts = version.split("[^0-9]+", 3);
        if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            return false;
        }
        var first = Integer.parseInt(parts[0]);
        return first > major || (first == major && Integer.parseInt(parts[1]) >= minor);
    }
}
