package org.deadletteroffice.desktop.triage;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.browse.LookCost;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.metrics.BrokerState;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.desktop.text.Vanishing;
import org.deadletteroffice.spi.connector.Capabilities;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// What is known of the open queue besides its messages: its origins, the consumers there and their
/// lag, how long it keeps messages, what looking costs. FX thread only.
public final class QueueFacts {
    private final Engine engine;
    private final Background background;
    private final Clock clock;

    private final ObservableList<String> origins = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper lag = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper shares = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper vanishes = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable QueueInfo> info = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper vanishesSoon = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Capabilities> can = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper cost = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable Problem> costProblem =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>();

    private Runnable arrival = () -> {};
    private Running asking = Running.NOTHING;
    private Running weighing = Running.NOTHING;
    private @Nullable QueueRef queue;
    private @Nullable Long depth;
    private @Nullable Set<String> ended;

    QueueFacts(Engine engine, Background background, Clock clock) {
        this.engine = engine;
        this.background = background;
        this.clock = clock;
    }

    /// The queues whose messages die into this one, as far as seen.
    public ObservableList<String> origins() {
        return origins;
    }

    /// `by the exchange dlx with the key failed`; empty where the broker does not tell how messages
    /// of an origin come here.
    String way(String origin) {
        var told = info.get();
        return told == null
                ? ""
                : told.ways().stream()
                        .filter(way -> way.from().equals(origin))
                        .map(QueueInfo.Way::words)
                        .findFirst()
                        .orElse("");
    }

    /// `payment-svc lag 2,041`; empty where nobody is known to read the origins.
    public ReadOnlyStringProperty lagProperty() {
        return lag.getReadOnlyProperty();
    }

    /// `12 in flight`; empty where all wait, or where the broker does not count so.
    public ReadOnlyStringProperty sharesProperty() {
        return shares.getReadOnlyProperty();
    }

    /// `oldest vanishes in 3 d`; empty where the broker keeps messages for ever or does not say.
    public ReadOnlyStringProperty vanishesProperty() {
        return vanishes.getReadOnlyProperty();
    }

    /// Whether that is within a day.
    public ReadOnlyBooleanProperty vanishesSoonProperty() {
        return vanishesSoon.getReadOnlyProperty();
    }

    /// Null until the broker told of it.
    public ReadOnlyObjectProperty<@Nullable QueueInfo> infoProperty() {
        return info.getReadOnlyProperty();
    }

    /// What the broker allows on this queue; null until it told.
    public ReadOnlyObjectProperty<@Nullable Capabilities> canProperty() {
        return can.getReadOnlyProperty();
    }

    /// What looking at these messages does to them; empty where it does nothing.
    public ReadOnlyStringProperty costProperty() {
        return cost.getReadOnlyProperty();
    }

    /// Why the broker did not say what looking costs; null where it did, or was not asked yet.
    public ReadOnlyObjectProperty<@Nullable Problem> costProblemProperty() {
        return costProblem.getReadOnlyProperty();
    }

    /// Null while the queue can be asked about.
    public ReadOnlyObjectProperty<@Nullable Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Origins that messages tell of, besides those the broker knows.
    void learnOrigins(List<String> seen) {
        for (var origin : seen) {
            if (!origins.contains(origin)) {
                origins.add(origin);
            }
        }
    }

    void onArrival(Runnable told) {
        arrival = told;
    }

    /// What is still to come of an earlier queue, or of this one when it was opened before, is not
    /// told any more.
    ///
    /// @param weighed called when it is known what looking costs, or that nobody says
    void open(QueueRef opened, Runnable weighed) {
        queue = opened;
        depth = null;
        ended = null;
        origins.clear();
        lag.set("");
        shares.set("");
        vanishes.set("");
        vanishesSoon.set(false);
        info.set(null);
        problem.set(null);
        asking.cancel();
        asking =
                background.run(
                        () -> engine.brokers().queue(opened.profile(), opened.name()),
                        this::show,
                        problem::set);
        weigh(opened, weighed);
    }

    /// Asks the broker what looking costs.
    ///
    /// @param weighed as for [#open]
    void weigh(QueueRef opened, Runnable weighed) {
        can.set(null);
        cost.set("");
        costProblem.set(null);
        weighing.cancel();
        weighing =
                background.run(
                        () -> engine.brokers().capabilities(opened),
                        told -> {
                            can.set(told);
                            cost.set(LookCost.words(told.observerEffect()));
                            weighed.run();
                        },
                        failure -> {
                            costProblem.set(failure);
                            weighed.run();
                        });
    }

    void update(List<BrokerState> states) {
        var open = queue;
        if (open == null) {
            return;
        }
        for (var state : states) {
            if (state.profile().name().equals(open.profile())) {
                state.queues().stream()
                        .filter(info -> info.ref().equals(open))
                        .findFirst()
                        .ifPresent(this::show);
                lag.set(lag(state.consumers()));
            }
        }
    }

    /// Whether a job over this queue ended since the last look; one may begin and end between two.
    boolean jobEnded(List<JobInfo> jobs) {
        var now =
                jobs.stream()
                        .filter(job -> job.source().equals(queue) && job.state().isEnd())
                        .map(JobInfo::id)
                        .collect(Collectors.toSet());
        var before = ended;
        ended = now;
        return before != null && !before.containsAll(now);
    }

    private void show(QueueInfo told) {
        learnOrigins(told.feeds());
        shares.set(words(told.shares()));
        var left = untilOldestVanishes(told);
        vanishesSoon.set(left != null && Vanishing.isSoon(left));
        vanishes.set(left == null ? "" : "oldest " + Vanishing.words(left));
        info.set(told);
        long now = told.depth().value();
        if (depth != null && now != depth) {
            arrival.run();
        }
        depth = now;
    }

    private @Nullable Duration untilOldestVanishes(QueueInfo told) {
        var after = told.vanishesAfter();
        var oldest = told.oldest();
        return after == null || oldest == null || told.depth().value() == 0
                ? null
                : Duration.between(clock.instant(), oldest.plus(after));
    }

    private String lag(List<ConsumerInfo> consumers) {
        return consumers.stream()
                .filter(reader -> origins.contains(reader.queue().name()) && reader.lag() != null)
                .collect(
                        Collectors.groupingBy(
                                ConsumerInfo::group,
                                java.util.TreeMap::new,
                                Collectors.summingLong(
                                        reader -> reader.lag() == null ? 0 : reader.lag())))
                .entrySet()
                .stream()
                .sorted(java.util.Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(2)
                .map(group -> group.getKey() + " lag " + Amounts.of(group.getValue()))
                .collect(Collectors.joining(" · "));
    }

    private static String words(QueueInfo.@Nullable Shares shares) {
        if (shares == null) {
            return "";
        }
        return Stream.of(
                        shares.held() == 0 ? "" : Amounts.of(shares.held()) + " in flight",
                        shares.delayed() == 0 ? "" : Amounts.of(shares.delayed()) + " delayed")
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
