package org.deadletteroffice.desktop.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.Signal.Subscription;
import org.deadletteroffice.core.audit.AuditRow;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.metrics.BrokerState;
import org.deadletteroffice.core.metrics.Sample;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.Demo;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.text.AuditWords;
import org.deadletteroffice.desktop.text.JobWords;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.message.QueueRole;
import org.jspecify.annotations.Nullable;

/// All brokers at a glance.
public final class OverviewModel {
    private static final Duration HISTORY_EVERY = Duration.ofSeconds(10);
    private static final Duration TREND = Duration.ofHours(6);
    private static final int ACTIVITIES = 12;

    /// How much time the chart shows.
    enum Range {
        HOUR("1 h", Duration.ofHours(1)),
        SIX_HOURS("6 h", Duration.ofHours(6)),
        WEEK("7 d", Duration.ofDays(7));

        final String words;
        final Duration time;

        Range(String words, Duration time) {
            this.words = words;
            this.time = time;
        }
    }

    /// What the chart shows.
    ///
    /// @param queue whose line is drawn beside that of all; empty for none
    record Chart(
            Instant from,
            Instant to,
            List<Sample> all,
            String queue,
            List<Sample> one,
            List<Moment> moments) {}

    /// A job's start.
    record Moment(Instant time, String text) {}

    private record History(
            Map<QueueRef, List<Sample>> depths,
            List<Sample> all,
            @Nullable QueueRef queue,
            List<Sample> one) {}

    private final Desk desk;
    private final DemoStart demo;
    private final ObjectProperty<Range> range = new SimpleObjectProperty<>(Range.SIX_HOURS);
    private final ObservableList<OverviewRow.DeadLetters> queues =
            FXCollections.observableArrayList();
    private final ObservableList<OverviewRow.Consumer> consumers =
            FXCollections.observableArrayList();
    private final ObservableList<OverviewRow.Activity> activities =
            FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Tile> deadLetters = tile();
    private final ReadOnlyObjectWrapper<Tile> oldest = tile();
    private final ReadOnlyObjectWrapper<Tile> replayed = tile();
    private final ReadOnlyObjectWrapper<Tile> lag = tile();
    private final ReadOnlyObjectWrapper<Tile> running = tile();
    private final ReadOnlyObjectWrapper<@Nullable Chart> chart = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper noBrokers = new ReadOnlyBooleanWrapper();
    private final ObjectProperty<@Nullable QueueRef> chosen = new SimpleObjectProperty<>();
    private final Map<QueueRef, List<Sample>> depths = new HashMap<>();
    private List<BrokerState> states = List.of();
    private List<JobInfo> jobs = List.of();
    private boolean told;

    public OverviewModel(Desk desk, Demo demo) {
        this.desk = desk;
        this.demo = new DemoStart(desk, demo);
        range.addListener(_ -> readHistory());
        chosen.addListener(_ -> readHistory());
    }

    Subscription start() {
        var background = desk.background();
        var following =
                desk.engine().metrics().states().subscribe(background.latest(this::showStates));
        var working = desk.engine().jobs().changes().subscribe(background.latest(this::showJobs));
        var reading = background.every(HISTORY_EVERY, this::readHistory);
        return () -> {
            following.close();
            working.close();
            reading.close();
        };
    }

    ObjectProperty<Range> rangeProperty() {
        return range;
    }

    /// The queue whose line the chart shows beside that of all; null for the deepest.
    ObjectProperty<@Nullable QueueRef> chosenProperty() {
        return chosen;
    }

    ObservableList<OverviewRow.DeadLetters> queues() {
        return queues;
    }

    ObservableList<OverviewRow.Consumer> consumers() {
        return consumers;
    }

    ObservableList<OverviewRow.Activity> activities() {
        return activities;
    }

    ReadOnlyObjectProperty<Tile> deadLettersProperty() {
        return deadLetters.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Tile> oldestProperty() {
        return oldest.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Tile> replayedProperty() {
        return replayed.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Tile> lagProperty() {
        return lag.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Tile> runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// Null until something was measured.
    ReadOnlyObjectProperty<@Nullable Chart> chartProperty() {
        return chart.getReadOnlyProperty();
    }

    /// True while there is no profile at all.
    ReadOnlyBooleanProperty noBrokersProperty() {
        return noBrokers.getReadOnlyProperty();
    }

    void open(OverviewRow.DeadLetters row) {
        desk.navigation().open(new Place.Triage(row.ref(), null));
    }

    void open(OverviewRow.Activity row) {
        desk.navigation().open(row.job() == null ? new Place.Audit("") : new Place.Jobs(row.job()));
    }

    void openAudit() {
        desk.navigation().open(new Place.Audit(""));
    }

    void connect() {
        desk.navigation().open(new Sheet.Connect(null));
    }

    /// The demo, and how far its start is.
    DemoStart demo() {
        return demo;
    }

    void showStates(List<BrokerState> now) {
        var first = states.isEmpty() && !now.isEmpty();
        states = now;
        noBrokers.set(now.isEmpty());
        if (first) {
            demo.appeared();
        }
        rebuild();
        if (first) {
            readHistory();
        }
    }

    void showJobs(List<JobInfo> now) {
        jobs = now;
        replayed.set(Tile.replayed(now, Instant.now()));
        running.set(Tile.running(now));
        readActivities();
    }

    private void rebuild() {
        var now = Instant.now();
        var dead =
                states.stream()
                        .flatMap(state -> state.queues().stream())
                        .filter(queue -> queue.role() == QueueRole.DEAD_LETTER)
                        .map(
                                queue ->
                                        OverviewRow.DeadLetters.of(
                                                queue,
                                                depths.getOrDefault(queue.ref(), List.of()),
                                                now))
                        .sorted(
                                Comparator.comparingLong(OverviewRow.DeadLetters::depth)
                                        .reversed()
                                        .thenComparing(row -> row.ref().name()))
                        .toList();
        set(queues, dead);
        var readers =
                states.stream()
                        .flatMap(
                                state ->
                                        state.consumers().stream()
                                                .map(
                                                        consumer ->
                                                                OverviewRow.Consumer.of(
                                                                        state.profile().name(),
                                                                        consumer)))
                        .sorted(
                                Comparator.comparing(
                                        (OverviewRow.Consumer row) ->
                                                row.lag() == null ? -1 : row.lag(),
                                        Comparator.reverseOrder()))
                        .toList();
        set(consumers, readers);
        deadLetters.set(Tile.deadLetters(queues));
        oldest.set(Tile.oldest(queues));
        lag.set(Tile.lag(consumers));
    }

    private void readHistory() {
        var deepest = queues.isEmpty() ? null : queues.getFirst().ref();
        var one = chosen.get() == null ? deepest : chosen.get();
        var refs = queues.stream().map(OverviewRow.DeadLetters::ref).toList();
        var now = Instant.now();
        var from = now.minus(range.get().time);
        desk.background()
                .run(
                        () -> {
                            var metrics = desk.engine().metrics();
                            var read = new HashMap<QueueRef, List<Sample>>();
                            for (var ref : refs) {
                                read.put(ref, metrics.depths(ref, now.minus(TREND)));
                            }
                            return new History(
                                    read,
                                    metrics.deadLetters(from),
                                    one,
                                    one == null ? List.of() : metrics.depths(one, from));
                        },
                        history -> showHistory(history, from, now),
                        this::tellOnce);
    }

    /// What is read again and again fails again and again; once is enough to be told.
    private void tellOnce(Problem problem) {
        if (!told) {
            told = true;
            desk.dialogs().tell(problem);
        }
    }

    private void showHistory(History history, Instant from, Instant to) {
        told = false;
        depths.clear();
        depths.putAll(history.depths());
        rebuild();
        var moments = new ArrayList<Moment>();
        for (var job : jobs) {
            if (job.started().isAfter(from)) {
                moments.add(new Moment(job.started(), JobWords.title(job)));
            }
        }
        var queue = history.queue();
        chart.set(
                new Chart(
                        from,
                        to,
                        history.all(),
                        queue == null ? "" : queue.name(),
                        history.one(),
                        moments));
    }

    private void readActivities() {
        desk.background()
                .run(
                        () -> desk.engine().audit().list(null, "", null, ACTIVITIES),
                        this::showActivities,
                        this::tellOnce);
    }

    void showActivities(List<AuditRow> rows) {
        set(
                activities,
                rows.stream()
                        .map(
                                row ->
                                        new OverviewRow.Activity(
                                                row.time(),
                                                AuditWords.tone(row.act()),
                                                AuditWords.sentence(row),
                                                row.job()))
                        .toList());
    }

    private static <T> void set(ObservableList<T> list, List<T> now) {
        if (!list.equals(now)) {
            list.setAll(now);
        }
    }

    private static ReadOnlyObjectWrapper<Tile> tile() {
        return new ReadOnlyObjectWrapper<>(Tile.UNKNOWN);
    }
}
