package org.deadletteroffice.desktop.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.Signal.Subscription;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.metrics.BrokerState;
import org.deadletteroffice.core.metrics.Sample;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.text.Ages;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.message.QueueRole;
import org.jspecify.annotations.Nullable;

/// The brokers and their queues, by environment.
public final class BrokerTreeModel {
    private static final Duration TREND = Duration.ofHours(6);
    private static final Duration TRENDS_EVERY = Duration.ofSeconds(20);
    private static final long MANY = 100;

    private final Desk desk;
    private final ObservableList<TreeRow> rows = FXCollections.observableArrayList();
    private final StringProperty filter = new SimpleStringProperty("");
    private final BooleanProperty allQueues = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper noBrokers = new ReadOnlyBooleanWrapper();
    private final Set<String> closed = new HashSet<>();
    private final Map<QueueRef, List<Double>> trends = new HashMap<>();
    private List<BrokerState> states = List.of();

    public BrokerTreeModel(Desk desk) {
        this.desk = desk;
        filter.addListener(_ -> rebuild());
        allQueues.addListener(_ -> rebuild());
    }

    /// Follows the brokers until closed.
    public Subscription start() {
        var following =
                desk.engine().metrics().states().subscribe(desk.background().latest(this::show));
        var trending = desk.background().every(TRENDS_EVERY, this::readTrends);
        return () -> {
            following.close();
            trending.close();
        };
    }

    public ObservableList<TreeRow> rows() {
        return rows;
    }

    public StringProperty filterProperty() {
        return filter;
    }

    /// Whether queues that hold no dead letters are listed too.
    public BooleanProperty allQueuesProperty() {
        return allQueues;
    }

    /// `9 dead-letter queues · 71,641 messages`.
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /// True while there is no profile at all.
    public ReadOnlyBooleanProperty noBrokersProperty() {
        return noBrokers.getReadOnlyProperty();
    }

    void show(List<BrokerState> now) {
        var unknown = states.isEmpty();
        states = now;
        rebuild();
        if (unknown && !now.isEmpty()) {
            readTrends();
        }
    }

    void toggle(Profile profile) {
        if (!closed.remove(profile.name())) {
            closed.add(profile.name());
        }
        rebuild();
    }

    void open(TreeRow row) {
        switch (row) {
            case TreeRow.Queue(var ref, _, _, _, _, _) ->
                    desk.navigation().open(new Place.Triage(ref, null));
            case TreeRow.Broker broker -> toggle(broker.profile());
            case TreeRow.Trouble trouble -> edit(trouble.profile());
            case TreeRow.Heading _, TreeRow.Note _ -> {}
        }
    }

    /// The row of the queue that the operator looks at; null when it is not listed.
    @Nullable TreeRow rowOf(Place place) {
        if (place instanceof Place.Triage(var queue, _) && queue != null) {
            for (var row : rows) {
                if (row instanceof TreeRow.Queue listed && listed.ref().equals(queue)) {
                    return row;
                }
            }
        }
        return null;
    }

    void connect() {
        desk.navigation().open(new Sheet.Connect(null));
    }

    void edit(Profile profile) {
        desk.navigation().open(new Sheet.Connect(profile));
    }

    void refresh() {
        desk.background().run(desk.engine().metrics()::refresh, () -> {}, desk.dialogs()::tell);
    }

    void remove(Profile profile) {
        var question =
                Dialogs.Question.dangerous(
                        "Remove the profile " + profile.name() + "?",
                        "Its settings and its secrets in the keychain are removed. Nothing changes"
                                + " on the broker; jobs and the audit trail stay.",
                        "Remove");
        desk.dialogs()
                .ask(
                        question,
                        _ ->
                                desk.background()
                                        .run(
                                                () ->
                                                        desk.engine()
                                                                .profiles()
                                                                .remove(profile.name()),
                                                () ->
                                                        desk.dialogs()
                                                                .say(
                                                                        "Removed the profile "
                                                                                + profile.name()
                                                                                + "."),
                                                desk.dialogs()::tell));
    }

    void mark(QueueRef queue, @Nullable Boolean deadLetter) {
        desk.background()
                .run(
                        () -> {
                            desk.engine()
                                    .profiles()
                                    .mark(queue.profile(), queue.name(), deadLetter);
                            desk.engine().metrics().refresh();
                        },
                        () -> {},
                        desk.dialogs()::tell);
    }

    /// Opens the sheet that takes away all messages of a queue, once the operator knows what its
    /// rehearsal costs.
    void purge(QueueRef queue) {
        LookFirst.ask(desk, queue, LookFirst.Why.REHEARSAL, () -> proposePurge(queue));
    }

    /// Opens the sheet that lets the broker move a whole queue by itself.
    void moveByBroker(QueueRef queue) {
        desk.navigation().open(new Sheet.Move(queue));
    }

    /// Asks the broker whether it can move this queue by itself.
    ///
    /// @param can called where it says so
    void whereMovable(QueueRef queue, Runnable can) {
        desk.background()
                .run(
                        () -> desk.engine().brokers().capabilities(queue).moveOnServer(),
                        movable -> {
                            if (movable) {
                                can.run();
                            }
                        },
                        // Nothing is offered then; the queue's own state tells of trouble.
                        _ -> {});
    }

    private void proposePurge(QueueRef queue) {
        var depth =
                states.stream()
                        .flatMap(state -> state.queues().stream())
                        .filter(each -> each.ref().equals(queue))
                        .map(QueueInfo::depth)
                        .findFirst()
                        .orElse(Count.atLeast(0));
        desk.navigation()
                .open(
                        new Sheet.Purge(
                                queue,
                                new Scope.All(),
                                depth.value(),
                                depth.precision() == Count.Precision.EXACT,
                                "all messages of the queue"));
    }

    void unlock(Profile profile) {
        Unlocking.ask(desk, profile.name(), this::rebuild);
    }

    void lock(Profile profile) {
        desk.background()
                .run(
                        () -> desk.engine().brokers().lock(profile.name()),
                        this::rebuild,
                        desk.dialogs()::tell);
    }

    boolean isProduction(Profile profile) {
        return profile.environment() == Environment.PRODUCTION;
    }

    void copyName(QueueRef queue) {
        desk.dialogs().copy(queue.name(), "the queue's name");
    }

    private void readTrends() {
        var queues =
                states.stream()
                        .flatMap(state -> state.queues().stream())
                        .filter(queue -> queue.role() == QueueRole.DEAD_LETTER)
                        .map(QueueInfo::ref)
                        .toList();
        if (queues.isEmpty()) {
            return;
        }
        desk.background()
                .run(
                        () -> {
                            var since = Instant.now().minus(TREND);
                            var read = new HashMap<QueueRef, List<Double>>();
                            for (var queue : queues) {
                                read.put(
                                        queue,
                                        thinned(desk.engine().metrics().depths(queue, since)));
                            }
                            return read;
                        },
                        read -> {
                            trends.clear();
                            trends.putAll(read);
                            rebuild();
                        },
                        // A missing trend line is no news; the queue's own state tells of trouble.
                        _ -> {});
    }

    /// At most 24 points, so that the line shows a direction and not noise.
    static List<Double> thinned(List<Sample> samples) {
        var points = Math.min(24, samples.size());
        var thin = new ArrayList<Double>();
        for (var i = 0; i < points; i++) {
            var index = points == 1 ? 0 : (int) ((long) i * (samples.size() - 1) / (points - 1));
            thin.add((double) samples.get(index).value());
        }
        return thin;
    }

    private void rebuild() {
        var next = new ArrayList<TreeRow>();
        Environment heading = null;
        var sorted =
                states.stream()
                        .sorted(
                                Comparator.comparing(
                                                (BrokerState state) ->
                                                        state.profile().environment(),
                                                Comparator.reverseOrder())
                                        .thenComparing(state -> state.profile().name()))
                        .toList();
        for (var state : sorted) {
            var profile = state.profile();
            var listed = listed(state);
            if (listed.isEmpty() && !filter.get().isBlank() && !matches(profile.name())) {
                continue;
            }
            if (profile.environment() != heading) {
                heading = profile.environment();
                next.add(new TreeRow.Heading(heading));
            }
            var open = !closed.contains(profile.name()) || !filter.get().isBlank();
            next.add(
                    new TreeRow.Broker(
                            profile,
                            brokerName(profile),
                            state.status(),
                            open,
                            isLocked(profile),
                            listed.size()));
            if (!open) {
                continue;
            }
            listed.forEach(queue -> next.add(row(queue)));
            addNote(next, state, listed.isEmpty());
        }
        if (!rows.equals(next)) {
            rows.setAll(next);
        }
        noBrokers.set(states.isEmpty());
        summary.set(summaryOf(states));
    }

    private void addNote(List<TreeRow> next, BrokerState state, boolean nothingListed) {
        var problem = state.problem();
        if (problem != null) {
            var remedy = state.remedy();
            next.add(new TreeRow.Trouble(state.profile(), problem, remedy == null ? "" : remedy));
        } else if (nothingListed && state.status() == BrokerState.Status.CONNECTED) {
            next.add(
                    new TreeRow.Note(
                            state.profile(),
                            allQueues.get() ? "No queues" : "No dead-letter queues found"));
        } else if (nothingListed && state.status() == BrokerState.Status.CONNECTING) {
            next.add(new TreeRow.Note(state.profile(), "Connecting…"));
        }
    }

    private List<QueueInfo> listed(BrokerState state) {
        var wholeBroker = matches(state.profile().name());
        return state.queues().stream()
                .filter(queue -> allQueues.get() || queue.role() == QueueRole.DEAD_LETTER)
                .filter(queue -> wholeBroker || matches(queue.ref().name()))
                .sorted(
                        Comparator.comparingInt(
                                        (QueueInfo queue) ->
                                                queue.role() == QueueRole.DEAD_LETTER ? 0 : 1)
                                .thenComparing(
                                        queue -> queue.depth().value(), Comparator.reverseOrder())
                                .thenComparing(queue -> queue.ref().name()))
                .toList();
    }

    private boolean matches(String name) {
        var words = filter.get().trim().toLowerCase(Locale.ROOT);
        var lower = name.toLowerCase(Locale.ROOT);
        return words.isEmpty() || List.of(words.split("\\s+")).stream().allMatch(lower::contains);
    }

    private TreeRow row(QueueInfo queue) {
        var dead = queue.role() == QueueRole.DEAD_LETTER;
        var trend = trends.getOrDefault(queue.ref(), List.of());
        var oldest = queue.oldest();
        var age = oldest == null ? "" : Ages.rough(Duration.between(oldest, Instant.now()));
        return new TreeRow.Queue(
                queue.ref(),
                Amounts.of(queue.depth()),
                dead ? trend : List.of(),
                dead ? tone(queue.depth().value(), trend) : Tone.NEUTRAL,
                dead,
                age);
    }

    /// Growing is urgent, many is worth a look, the rest is quiet.
    static Tone tone(long depth, List<Double> trend) {
        if (depth == 0) {
            return Tone.NEUTRAL;
        }
        if (trend.size() > 1 && trend.getLast() > trend.getFirst()) {
            return Tone.DANGER;
        }
        return depth >= MANY ? Tone.WARNING : Tone.NEUTRAL;
    }

    private String brokerName(Profile profile) {
        return desk.engine()
                .plugins()
                .connector(profile.kind())
                .map(Connector::displayName)
                .orElse(profile.kind());
    }

    private boolean isLocked(Profile profile) {
        return isProduction(profile)
                && desk.engine().brokers().unlockedUntil(profile.name()).isEmpty();
    }

    private static String summaryOf(List<BrokerState> states) {
        var dead =
                states.stream()
                        .flatMap(state -> state.queues().stream())
                        .filter(queue -> queue.role() == QueueRole.DEAD_LETTER)
                        .toList();
        var messages = dead.stream().mapToLong(queue -> queue.depth().value()).sum();
        return Amounts.of(dead.size(), "dead-letter queue", "dead-letter queues")
                + " · "
                + Amounts.of(messages, "message", "messages");
    }
}
