package org.deadletteroffice.desktop.triage;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.Signal.Subscription;
import org.deadletteroffice.core.browse.Completeness;
import org.deadletteroffice.core.browse.Groups;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.core.query.FilterException;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Dialogs;
import org.deadletteroffice.desktop.shell.Navigation;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// One queue of dead letters: its groups, its messages, the filter, and what was chosen. FX thread
/// only.
public final class TriageModel {
    /// A choice that no scope can say is collected message by message, up to this many.
    private static final int COLLECT = 10_000;

    private final Engine engine;
    private final Background background;
    private final Navigation navigation;
    private final Dialogs dialogs;
    private final Clock clock;

    private final ReadOnlyObjectWrapper<@Nullable QueueRef> queue = new ReadOnlyObjectWrapper<>();
    private final QueueFacts facts;
    private final FieldNames names = new FieldNames();
    private final StringProperty filterText = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<@Nullable FilterException> filterProblem =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper matching = new ReadOnlyStringWrapper("");
    private final ReadOnlyLongWrapper matched = new ReadOnlyLongWrapper();
    private final ReadOnlyStringWrapper matchingNote = new ReadOnlyStringWrapper("");
    private final ObservableList<GroupRow> groups = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable GroupRow> group = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper grouping = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Problem> groupsProblem =
            new ReadOnlyObjectWrapper<>();
    private final MessageList list;
    private final Selection selection = new Selection();
    private final ObjectProperty<@Nullable MessageRow> current = new SimpleObjectProperty<>();
    private final BooleanProperty newestFirst = new SimpleBooleanProperty(true);
    private final BooleanProperty showResolved = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Target> target =
            new ReadOnlyObjectWrapper<>(new Target(new Scope.All(), 0, false, ""));

    private Filter filter = Filter.all();
    private Cursor start = Cursor.newest();
    private @Nullable MessageId wanted;
    private @Nullable Completeness scanned;
    private Running groupRun = Running.NOTHING;
    private Running collecting = Running.NOTHING;
    private int generation;

    public TriageModel(Desk desk, Clock clock) {
        engine = desk.engine();
        background = desk.background();
        navigation = desk.navigation();
        dialogs = desk.dialogs();
        this.clock = clock;
        facts = new QueueFacts(engine, background, clock);
        list = new MessageList(engine.messages(), background, clock, this::learn);
        newestFirst.addListener((_, _, _) -> jump(edge()));
        showResolved.addListener((_, _, _) -> reload());
        selection.versionProperty().addListener((_, _, _) -> retarget());
        navigation.place().addListener((_, _, place) -> follow(place));
        follow(navigation.place().get());
    }

    private void follow(Place place) {
        if (place instanceof Place.Triage(var opened, var message) && opened != null) {
            open(opened, message);
        }
    }

    /// Opens a queue afresh.
    ///
    /// @param message to select once it is there; null for the first
    public void open(QueueRef opened, @Nullable MessageId message) {
        if (opened.equals(queue.get())) {
            if (message != null) {
                select(message);
            }
            return;
        }
        leave();
        queue.set(opened);
        facts.open(opened);
        filter = Filter.all();
        filterText.set("");
        filterProblem.set(null);
        group.set(null);
        groups.clear();
        current.set(null);
        list.clear();
        start = message == null ? edge() : new Cursor.Before(message);
        wanted = message;
        reload();
    }

    /// What changes by itself while the screen shows: new messages, lag, the end of jobs.
    public Subscription watch() {
        var states = background.latest(facts::update);
        var jobs = background.latest(this::jobsChanged);
        var first = engine.metrics().states().subscribe(states);
        var second = engine.jobs().changes().subscribe(jobs);
        Runnable check = list::checkNews;
        facts.onArrival(check);
        return () -> {
            first.close();
            second.close();
            leave();
        };
    }

    /// Where looking holds messages back, they are let go as soon as nobody looks.
    private void leave() {
        var left = queue.get();
        if (left != null) {
            background.run(() -> engine.messages().leave(left), () -> {}, _ -> {});
        }
    }

    public ReadOnlyObjectProperty<@Nullable QueueRef> queueProperty() {
        return queue.getReadOnlyProperty();
    }

    /// Where the queue's messages come from, who reads there, how far behind.
    public QueueFacts facts() {
        return facts;
    }

    // --- filter ---------------------------------------------------------------------------------

    /// As typed; [#applyFilter] makes it count.
    public StringProperty filterTextProperty() {
        return filterText;
    }

    /// Null while the text is understood.
    public ReadOnlyObjectProperty<@Nullable FilterException> filterProblemProperty() {
        return filterProblem.getReadOnlyProperty();
    }

    /// `1,822 of 18,204 · 0.31 s`.
    public ReadOnlyStringProperty matchingProperty() {
        return matching.getReadOnlyProperty();
    }

    /// How many match, groups or not.
    public ReadOnlyLongProperty matchedProperty() {
        return matched.getReadOnlyProperty();
    }

    /// What the numbers leave out; empty when they are whole.
    public ReadOnlyStringProperty matchingNoteProperty() {
        return matchingNote.getReadOnlyProperty();
    }

    public List<FieldNames.Completion> complete(int caret) {
        synchronized (names) {
            return names.complete(filterText.get(), caret);
        }
    }

    public void applyFilter() {
        try {
            var parsed = Filter.parse(filterText.get());
            filterProblem.set(null);
            if (parsed.text().equals(filter.text())) {
                return;
            }
            filter = parsed;
            group.set(null);
            start = edge();
            reload();
        } catch (FilterException wrong) {
            filterProblem.set(wrong);
        }
    }

    public void clearFilter() {
        filterText.set("");
        applyFilter();
    }

    public boolean isFiltered() {
        return !filter.isAll();
    }

    // --- groups ---------------------------------------------------------------------------------

    public ObservableList<GroupRow> groups() {
        return groups;
    }

    /// The group whose messages are shown; null for all.
    public ReadOnlyObjectProperty<@Nullable GroupRow> groupProperty() {
        return group.getReadOnlyProperty();
    }

    /// Whether the queue is being read for groups.
    public ReadOnlyBooleanProperty groupingProperty() {
        return grouping.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable Problem> groupsProblemProperty() {
        return groupsProblem.getReadOnlyProperty();
    }

    /// Shows the messages of one group; null shows all again.
    public void chooseGroup(@Nullable GroupRow chosen) {
        if (Objects.equals(fingerprint(group.get()), fingerprint(chosen))) {
            return;
        }
        group.set(chosen);
        start = edge();
        reloadList();
    }

    // --- messages -------------------------------------------------------------------------------

    public MessageList list() {
        return list;
    }

    public PagedRows rows() {
        return list.rows();
    }

    /// The message that is read; null for none.
    public ObjectProperty<@Nullable MessageRow> currentProperty() {
        return current;
    }

    public BooleanProperty newestFirstProperty() {
        return newestFirst;
    }

    /// Also messages that were redriven and lie here still.
    public BooleanProperty showResolvedProperty() {
        return showResolved;
    }

    public Selection selection() {
        return selection;
    }

    /// Selects the message, reading the list from there when it is not on it.
    public void select(MessageId message) {
        int at = rows().indexOf(message);
        if (at >= 0) {
            current.set(rows().peek(at));
        } else {
            wanted = message;
            jump(new Cursor.Before(message));
        }
    }

    /// One row up (-1) or down (1).
    public void step(int by) {
        var now = current.get();
        int at = now == null ? -1 : rows().indexOf(now.id());
        int next = at < 0 ? 0 : at + by;
        if (next >= 0 && next < rows().size()) {
            var row = rows().get(next);
            if (row != null) {
                current.set(row);
            }
        }
    }

    public void tickCurrent() {
        var row = current.get();
        if (row != null) {
            tick(row);
        }
    }

    public void tick(MessageRow row) {
        selection.toggle(row.id(), shownIds());
    }

    /// Ticks all rows from the last current one to this.
    public void tickTo(int index) {
        var from = current.get();
        int first = from == null ? index : Math.max(0, rows().indexOf(from.id()));
        var ids = new ArrayList<MessageId>();
        for (int i = Math.min(first, index); i <= Math.max(first, index); i++) {
            var row = rows().peek(i);
            if (row != null) {
                ids.add(row.id());
            }
        }
        selection.add(ids);
    }

    /// Ticks what was read so far.
    public void tickShown() {
        selection.add(shownIds());
    }

    public void jumpNewest() {
        newestFirst.set(true);
        jump(Cursor.newest());
    }

    public void jumpOldest() {
        newestFirst.set(false);
        jump(Cursor.oldest());
    }

    /// Shows the list from a moment as typed.
    ///
    /// @return false when it is no moment
    public boolean jumpTo(String moment) {
        Optional<Cursor> place = TimeText.parse(moment, clock).map(Cursor.At::new);
        place.ifPresent(this::jump);
        return place.isPresent();
    }

    /// Reads groups and list again, from the newest message.
    public void refresh() {
        start = edge();
        reload();
    }

    // --- acts -----------------------------------------------------------------------------------

    /// What the act in the header is about: what is ticked, else the group, else the filter, else
    /// all.
    public ReadOnlyObjectProperty<Target> targetProperty() {
        return target.getReadOnlyProperty();
    }

    public void redrive() {
        var about = target.get();
        var source = queue.get();
        if (source == null || about.isEmpty()) {
            return;
        }
        var chosen = group.get();
        if (about.scope() instanceof Scope.Matching && chosen != null && !filter.isExpression()) {
            collect(source, chosen, about);
        } else {
            propose(source, about);
        }
    }

    /// One message, as it is.
    public void replayCurrent() {
        var row = current.get();
        var source = queue.get();
        if (row != null && source != null) {
            propose(
                    source,
                    new Target(new Scope.Ids(List.of(row.id())), 1, true, "message " + row.id()));
        }
    }

    public void editCurrent() {
        var row = current.get();
        var source = queue.get();
        if (row != null && source != null) {
            navigation.open(new Sheet.Edit(source, row.message()));
        }
    }

    private void propose(QueueRef source, Target about) {
        var request = RedriveRequest.toOrigin(source, about.scope());
        navigation.open(new Sheet.Redrive(request, about.count(), about.exact(), about.words()));
    }

    /// Plain words and a group together are no scope; their messages are, one by one.
    private void collect(QueueRef source, GroupRow chosen, Target about) {
        var query = query(source, chosen);
        collecting.cancel();
        collecting =
                background.run(
                        () -> idsOf(query),
                        ids ->
                                propose(
                                        source,
                                        new Target(
                                                new Scope.Ids(ids),
                                                ids.size(),
                                                true,
                                                about.words())),
                        dialogs::tell);
    }

    private List<MessageId> idsOf(ListQuery query) throws OperatorException, BrokerException {
        var ids = new ArrayList<MessageId>();
        var at = query.start();
        while (true) {
            var page = engine.messages().browse(query.page(at, PagedRows.PAGE));
            page.messages().forEach(message -> ids.add(message.letter().id()));
            if (ids.size() > COLLECT) {
                throw new OperatorException(
                        OperatorException.Kind.WRONG_USE,
                        "More than %s messages match the words within this group."
                                .formatted(Amounts.of(COLLECT)),
                        "Narrow the words, or say them as an expression such as"
                                + " payload.total > 40.");
            }
            if (page.atEnd()) {
                return ids;
            }
            at = query.direction() == Direction.OLDER ? page.older() : page.newer();
        }
    }

    // --- reading --------------------------------------------------------------------------------

    private void reload() {
        reloadGroups();
        reloadList();
    }

    private void reloadGroups() {
        var source = queue.get();
        if (source == null) {
            return;
        }
        int mine = ++generation;
        grouping.set(true);
        groupsProblem.set(null);
        scanned = null;
        matched.set(0);
        matching.set("counting…");
        var progress =
                background.latest(
                        (Groups known) -> {
                            if (mine == generation) {
                                showGroups(known);
                            }
                        });
        var asked = filter;
        boolean resolved = showResolved.get();
        groupRun.cancel();
        groupRun =
                background.run(
                        () -> engine.messages().groups(source, asked, resolved, progress),
                        known -> {
                            grouping.set(false);
                            showGroups(known);
                            leaveEmptyGroup();
                        },
                        failure -> {
                            grouping.set(false);
                            groupsProblem.set(failure);
                            matching.set("");
                        });
    }

    private void showGroups(Groups known) {
        var rows = known.groups().stream().map(found -> GroupRow.of(found, clock)).toList();
        if (!groups.equals(rows)) {
            groups.setAll(rows);
        }
        var chosen = group.get();
        if (chosen != null) {
            rows.stream()
                    .filter(row -> row.fingerprint().equals(chosen.fingerprint()))
                    .findFirst()
                    .ifPresent(group::set);
        }
        facts.learnOrigins(
                known.groups().stream()
                        .flatMap(found -> found.origins().stream())
                        .distinct()
                        .toList());
        scanned = known.completeness();
        matched.set(known.completeness().matched());
        matching.set(MatchWords.of(known.completeness(), isFiltered(), grouping.get()));
        matchingNote.set(known.completeness().sentence());
        retarget();
    }

    /// A group whose last message was redriven is no place to stay.
    private void leaveEmptyGroup() {
        var chosen = group.get();
        if (chosen != null
                && groups.stream()
                        .noneMatch(row -> row.fingerprint().equals(chosen.fingerprint()))) {
            chooseGroup(null);
        }
    }

    private void reloadList() {
        var source = queue.get();
        if (source == null) {
            return;
        }
        selection.clear();
        retarget();
        list.show(query(source, group.get()), this::selectFirst);
    }

    private ListQuery query(QueueRef source, @Nullable GroupRow chosen) {
        return new ListQuery(
                source,
                filter,
                fingerprint(chosen),
                showResolved.get(),
                newestFirst.get() ? Direction.OLDER : Direction.NEWER,
                start);
    }

    private void jump(Cursor to) {
        start = to;
        reloadList();
    }

    private void selectFirst() {
        var id = wanted;
        wanted = null;
        int at = id == null ? -1 : rows().indexOf(id);
        var now = current.get();
        int again = now == null ? -1 : rows().indexOf(now.id());
        current.set(rows().peek(at >= 0 ? at : Math.max(again, 0)));
    }

    private Cursor edge() {
        return newestFirst.get() ? Cursor.newest() : Cursor.oldest();
    }

    private void learn(List<MessageView> messages) {
        synchronized (names) {
            messages.forEach(names::learn);
        }
    }

    private void jobsChanged(List<org.deadletteroffice.core.job.JobInfo> jobs) {
        if (facts.jobEnded(jobs)) {
            refresh();
        }
    }

    private List<MessageId> shownIds() {
        return rows().held().stream().map(MessageRow::id).toList();
    }

    private static @Nullable String fingerprint(@Nullable GroupRow row) {
        return row == null ? null : row.fingerprint();
    }

    // --- what an act is about -------------------------------------------------------------------

    private void retarget() {
        target.set(about());
    }

    private Target about() {
        int ticked = selection.countProperty().get();
        if (ticked > 0) {
            return new Target(
                    new Scope.Ids(selection.ids()),
                    ticked,
                    true,
                    Amounts.of(ticked, "selected message", "selected messages"));
        }
        var chosen = group.get();
        var known = scanned;
        boolean exact = known != null && known.complete() && !grouping.get();
        if (chosen != null) {
            var scope =
                    filter.isAll()
                            ? new Scope.GroupOf(chosen.fingerprint())
                            : new Scope.Matching(within(chosen));
            return new Target(scope, chosen.count(), exact, "group " + chosen.type());
        }
        long count = known == null ? 0 : known.matched();
        return filter.isAll()
                ? new Target(new Scope.All(), count, exact, "all messages of the queue")
                : new Target(
                        new Scope.Matching(filter.text()),
                        count,
                        exact,
                        "messages that match " + filter.text());
    }

    private String within(GroupRow chosen) {
        return "(" + filter.text() + ") && cause.fingerprint == \"" + chosen.fingerprint() + "\"";
    }

    /// How many there are in all, as last seen.
    public Count total() {
        var known = scanned;
        return known == null ? Count.atLeast(0) : known.total();
    }
}
