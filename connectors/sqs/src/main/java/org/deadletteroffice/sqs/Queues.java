package org.deadletteroffice.sqs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.message.QueueRole;
import org.deadletteroffice.sqs.Subscriptions.Subscription;
import org.jspecify.annotations.Nullable;

/// The queues of an account with what they hold and where their messages die. Thread-safe.
final class Queues {
    private static final int WIDTH = 16;

    private final String profile;
    private final Account account;
    private final RateMeter rates = new RateMeter();
    private final QueueMetrics metrics;

    Queues(String profile, Account account) {
        this.profile = profile;
        this.account = account;
        metrics = new QueueMetrics(account);
    }

    List<QueueInfo> all() throws BrokerException {
        var facts = facts();
        var feeds = new HashMap<String, SortedSet<String>>();
        for (var one : facts) {
            one.redrive()
                    .ifPresent(
                            policy ->
                                    feeds.computeIfAbsent(policy.target(), _ -> new TreeSet<>())
                                            .add(one.address().name()));
        }
        var measured = metrics.of(facts);
        return facts.stream()
                .map(one -> info(one, feedsOf(one, feeds), measured))
                .sorted(Comparator.comparing(info -> info.ref().name()))
                .toList();
    }

    private static List<String> feedsOf(QueueFacts one, Map<String, SortedSet<String>> feeds) {
        return List.copyOf(feeds.getOrDefault(one.arn(), new TreeSet<>()));
    }

    /// The queues whose redrive policy names it, or where none does now those that it allows to,
    /// then the topics whose subscriptions' does.
    private List<String> feeds(QueueFacts facts, List<String> naming) {
        var queues =
                naming.isEmpty()
                        ? facts.allows().stream().map(QueueAddress::nameOf).sorted().toList()
                        : naming;
        var topics =
                account.subscriptions().dyingInto(facts.address()).stream()
                        .map(Subscription::topic)
                        .distinct()
                        .sorted();
        return Stream.concat(queues.stream(), topics).toList();
    }

    private List<QueueFacts> facts() throws BrokerException {
        var questions = new ArrayList<Callable<Optional<QueueFacts>>>();
        for (var address : account.list()) {
            questions.add(
                    () -> {
                        try {
                            return Optional.of(account.attributes(account.calls(), address));
                        } catch (BrokerException.NotFound deletedMeanwhile) {
                            return Optional.empty();
                        }
                    });
        }
        return questions.isEmpty()
                ? List.of()
                : account.calls().all(Act.listing(), questions, WIDTH).stream()
                        .flatMap(Optional::stream)
                        .toList();
    }

    QueueMetrics metrics() {
        return metrics;
    }

    QueueInfo one(QueueRef queue) throws BrokerException {
        var address = account.address(account.calls(), queue.name());
        var facts = account.attributes(account.calls(), address);
        return info(facts, account.sources(account.calls(), address), metrics.latest());
    }

    /// What SQS moves into a dead-letter queue CloudWatch does not count as sent: there only the
    /// depth tells what arrives.
    private QueueInfo info(
            QueueFacts facts, List<String> queues, Map<String, QueueMetrics.Figures> measured) {
        var feeds = feeds(facts, queues);
        var depth = facts.depth();
        var growth = rates.look(facts.identity(), depth.value());
        var role = role(facts, feeds);
        var figures = measured.getOrDefault(facts.address().name(), QueueMetrics.Figures.NONE);
        var counted = role != QueueRole.DEAD_LETTER;
        return new QueueInfo(
                new QueueRef(profile, facts.address().name(), QueueKind.QUEUE),
                facts.identity(),
                role,
                depth,
                null,
                depth.value() == 0 ? null : figures.oldest(),
                counted && figures.sent() != null ? figures.sent() : ofSign(growth, 1),
                counted && figures.deleted() != null ? figures.deleted() : ofSign(growth, -1),
                feeds,
                List.of(),
                1,
                facts.retention().isZero() ? null : facts.retention(),
                new QueueInfo.Shares(facts.visible(), facts.inFlight(), facts.delayed()));
    }

    private static @Nullable Double ofSign(@Nullable Double growth, int sign) {
        return growth == null ? null : Math.max(0, sign * growth);
    }

    /// A queue whose own messages die elsewhere is a source, unless others die into it: then it is
    /// the dead-letter queue of those, with one of its own behind it.
    private static QueueRole role(QueueFacts facts, List<String> feeds) {
        if (!feeds.isEmpty()) {
            return QueueRole.DEAD_LETTER;
        }
        return facts.redrive().isPresent() ? QueueRole.SOURCE : QueueRole.UNKNOWN;
    }
}
