package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.message.QueueRole;
import org.jspecify.annotations.Nullable;

/// The queues of the virtual host: listed by the management API, else those that the profile names.
final class RabbitQueues {
    /// Of so many queues the statistics are asked for one by one, where the list has none.
    private static final int MOST_LOOKED_UP = 40;

    private final Link link;
    private final Management management;
    private final QueueListing listing;
    private final Topology topology;
    private final String profile;
    private final ToIntFunction<String> held;
    private final Counting counting;
    private final Settling settling;
    /// As of the last listing; null before the first.
    private volatile @Nullable Map<String, List<QueueInfo.Way>> feeds;

    /// @param held how many messages of a queue this connection holds
    /// @param counting of queues of which this connection holds messages
    RabbitQueues(
            Link link,
            Management management,
            Topology topology,
            String profile,
            ToIntFunction<String> held,
            Counting counting,
            Settling settling) {
        this.link = link;
        this.management = management;
        this.listing = new QueueListing(management);
        this.topology = topology;
        this.profile = profile;
        this.held = held;
        this.counting = counting;
        this.settling = settling;
    }

    /// Waits until the broker has back what this connection held of a queue.
    interface Settling {
        void await(String queue, Deadline deadline) throws Exception;
    }

    /// Counts a queue with what this connection holds of it; empty where it holds nothing.
    interface Counting {
        Optional<HeldQueue.Depth> of(String queue, Deadline deadline) throws BrokerException;
    }

    /// What the management API says of all queues; empty where there is none.
    Optional<List<QueueFacts>> facts(Deadline deadline) throws BrokerException {
        return listing.all(deadline);
    }

    /// What the management API says of these queues, of so many with statistics.
    Map<String, QueueFacts> facts(Set<String> names, Deadline deadline) throws BrokerException {
        var found = new HashMap<String, QueueFacts>();
        var left = MOST_LOOKED_UP;
        for (var queue : facts(deadline).orElse(List.of())) {
            if (names.contains(queue.name())) {
                var bare = !queue.hasStatistics() && left-- > 0;
                found.put(queue.name(), bare ? withStatistics(queue, deadline) : queue);
            }
        }
        return found;
    }

    private QueueFacts withStatistics(QueueFacts bare, Deadline deadline) throws BrokerException {
        return lenientFacts(bare.name(), deadline).orElse(bare);
    }

    /// What the management API says of one queue; empty where there is none.
    ///
    /// @throws BrokerException.NotFound when it knows no such queue
    Optional<QueueFacts> facts(String queue, Deadline deadline) throws BrokerException {
        return management
                .get(
                        "/queues/"
                                + management.vhost()
                                + '/'
                                + Management.encoded(queue)
                                + '?'
                                + QueueFacts.COLUMNS,
                        Act.describing(queue),
                        deadline)
                .map(json -> new QueueFacts(json, true));
    }

    List<QueueInfo> all() throws BrokerException {
        var deadline = link.deadline();
        Optional<List<QueueFacts>> listed;
        try {
            listed = facts(deadline);
        } catch (BrokerException.NotAuthorized | BrokerException.NotAuthenticated denied) {
            // Who cannot sign in at all is told that, and not which tag is missing.
            link.signIn(Act.connecting(), deadline);
            throw denied;
        }
        var infos = new ArrayList<QueueInfo>();
        if (listed.isEmpty()) {
            link.ping(Act.connecting(), deadline);
            for (var name : link.profile().namedQueues()) {
                try {
                    infos.add(one(new QueueRef(profile, name, QueueKind.QUEUE), deadline));
                } catch (BrokerException.NotFound _) {
                    // A queue that is named and not there yet is no reason to show none.
                }
            }
            return infos;
        }
        var sources = topology.feeds(listed.get(), deadline);
        feeds = sources;
        var left = MOST_LOOKED_UP;
        for (var queue : fullestFirst(listed.get())) {
            var from = sources.getOrDefault(queue.name(), List.of());
            var facts = queue;
            if (!queue.hasStatistics() && queue.messages() > 0 && holdsFailed(role(queue, from))) {
                facts = left-- > 0 ? withStatistics(queue, deadline) : queue;
            }
            infos.add(info(facts, Count.approximate(facts.messages()), from));
        }
        infos.sort(Comparator.comparing(info -> info.ref().name()));
        return infos;
    }

    private static List<QueueFacts> fullestFirst(List<QueueFacts> queues) {
        return queues.stream()
                .filter(queue -> !queue.isExclusive())
                .sorted(Comparator.comparingLong(QueueFacts::messages).reversed())
                .toList();
    }

    private static boolean holdsFailed(QueueRole role) {
        return role == QueueRole.DEAD_LETTER || role == QueueRole.RETRY;
    }

    QueueInfo one(QueueRef queue) throws BrokerException {
        return one(queue, link.deadline());
    }

    private QueueInfo one(QueueRef queue, Deadline deadline) throws BrokerException {
        var depth = depth(queue, deadline);
        var facts = lenientFacts(queue.name(), deadline);
        if (facts.isEmpty()) {
            return plain(queue, depth);
        }
        return info(
                facts.get(),
                facts.get().isStream() ? Count.approximate(facts.get().messages()) : depth,
                feedsOf(queue.name(), deadline));
    }

    /// A queue that was just made may be unknown to the management API, or the API be forbidden.
    Optional<QueueFacts> lenientFacts(String queue, Deadline deadline) throws BrokerException {
        try {
            return facts(queue, deadline);
        } catch (BrokerException.NotFound
                | BrokerException.NotAuthorized
                | BrokerException.NotAuthenticated _) {
            return Optional.empty();
        }
    }

    AMQP.Queue.DeclareOk declared(QueueRef queue, Deadline deadline) throws BrokerException {
        try {
            settling.await(queue.name(), deadline);
        } catch (Exception failed) {
            throw link.errors().of(failed, Act.describing(queue.name()));
        }
        return link.call(
                Act.describing(queue.name()),
                deadline,
                channel -> channel.queueDeclarePassive(queue.name()));
    }

    /// Exact where nobody else can hold messages; who has consumers may hold some.
    Count depth(QueueRef queue, Deadline deadline) throws BrokerException {
        var withHeld = counting.of(queue.name(), deadline);
        if (withHeld.isPresent()) {
            return withHeld.get().count();
        }
        var declared = declared(queue, deadline);
        // Of what a visit took that began meanwhile some was not counted.
        return counting.of(queue.name(), deadline)
                .orElseGet(() -> HeldQueue.Depth.of(declared))
                .count();
    }

    private QueueInfo plain(QueueRef queue, Count depth) {
        var name = queue.name();
        return QueueInfo.of(queue, name, QueueNames.role(name), depth);
    }

    private QueueInfo info(QueueFacts facts, Count depth, List<QueueInfo.Way> sources) {
        var name = facts.name();
        var role = role(facts, sources);
        return new QueueInfo(
                new QueueRef(profile, name, facts.kind()),
                name,
                role,
                depth,
                facts.bytes(),
                facts.oldest(),
                facts.inRate(holdsFailed(role)),
                facts.takenRate(),
                sources.stream().map(QueueInfo.Way::from).toList(),
                sources,
                1,
                facts.timeToLive(),
                facts.shares());
    }

    /// Messages that wait in a queue until they expire, and die back from there, are tried again.
    private static QueueRole role(QueueFacts facts, List<QueueInfo.Way> sources) {
        var named = QueueNames.role(facts.name());
        var waits = facts.deadLetterExchange().isPresent() && facts.timeToLive() != null;
        if (!sources.isEmpty()) {
            return waits ? QueueRole.RETRY : QueueRole.DEAD_LETTER;
        }
        if (named != QueueRole.UNKNOWN) {
            return named;
        }
        return facts.deadLetterExchange().isPresent() ? QueueRole.SOURCE : QueueRole.UNKNOWN;
    }

    /// How messages die into a queue, as of the last listing, which the first call makes.
    List<QueueInfo.Way> feedsOf(String queue, Deadline deadline) throws BrokerException {
        var known = feeds;
        if (known == null) {
            known = topology.feeds(facts(deadline).orElse(List.of()), deadline);
            feeds = known;
        }
        return known.getOrDefault(queue, List.of());
    }

    /// How many messages others hold unacknowledged, as far as the management API tells; null where
    /// nobody knows. It lags behind.
    @Nullable Long heldByOthers(String queue, Deadline deadline) throws BrokerException {
        var facts = lenientFacts(queue, deadline);
        return facts.isEmpty()
                ? null
                : Math.max(0, facts.get().unacknowledged() - held.applyAsInt(queue));
    }
}
