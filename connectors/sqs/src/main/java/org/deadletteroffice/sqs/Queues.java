package org.deadletteroffice.sqs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.message.QueueRole;
import org.jspecify.annotations.Nullable;

/// The queues of an account with what they hold and where their messages die. Thread-safe.
final class Queues {
    private static final int WIDTH = 16;

    private final String profile;
    private final Account account;
    private final RateMeter rates = new RateMeter();

    Queues(String profile, Account account) {
        this.profile = profile;
        this.account = account;
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
        return facts.stream()
                .map(one -> info(one, feedsOf(one, feeds), null))
                .sorted(Comparator.comparing(info -> info.ref().name()))
                .toList();
    }

    private static List<String> feedsOf(QueueFacts one, Map<String, SortedSet<String>> feeds) {
        return List.copyOf(feeds.getOrDefault(one.arn(), new TreeSet<>()));
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

    QueueInfo one(QueueRef queue) throws BrokerException {
        var address = account.address(account.calls(), queue.name());
        var facts = account.attributes(account.calls(), address);
        return info(facts, account.sources(account.calls(), address), null);
    }

    private QueueInfo info(QueueFacts facts, List<String> feeds, @Nullable Instant oldest) {
        var depth = facts.depth();
        var rate = rates.look(facts.identity(), depth.value());
        return new QueueInfo(
                new QueueRef(profile, facts.address().name(), QueueKind.QUEUE),
                facts.identity(),
                role(facts, feeds),
                depth,
                null,
                oldest,
                rate == null ? null : Math.max(0, rate),
                rate == null ? null : Math.max(0, -rate),
                feeds,
                1,
                facts.retention().isZero() ? null : facts.retention());
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
