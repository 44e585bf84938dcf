package org.deadletteroffice.desktop.triage;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.Signal.Subscription;
import org.deadletteroffice.core.browse.Groups;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Navigation;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// One queue of dead letters: its groups, its messages, the filter, and what was chosen. What is
/// read follows them. FX thread only.
public final class TriageModel {
    private final Engine engine;
    private final Background background;
    private final Navigation navigation;
    private final Clock clock;

    private final ReadOnlyObjectWrapper<@Nullable QueueRef> queue = new ReadOnlyObjectWrapper<>();
    private final QueueFacts facts;
    private final QueueFilter filter;
    private final KeptFilters kept;
    private final FailureGroups groups;
    private final MessageList list;
    private final Selection selection = new Selection();
    private final ObjectProperty<@Nullable MessageRow> current = new SimpleObjectProperty<>();
    private final BooleanProperty newestFirst = new SimpleBooleanProperty(true);
    private final BooleanProperty showResolved = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Target> target =
            new ReadOnlyObjectWrapper<>(Target.UNKNOWN);
    private final Proposals proposals;
    private final MessageExport export;
    private final MessagePlace place;
    private final LookGate gate;

    /// The profiles by name, as each was last heard of.
    private final Map<String, Profile> profiles = new HashMap<>();

    private Cursor start = Cursor.newest();
    private @Nullable MessageId wanted;

    public TriageModel(Desk desk, Clock clock) {
        engine = desk.engine();
        background = desk.background();
        navigation = desk.navigation();
        this.clock = clock;
        filter = new QueueFilter(background, engine.filters()::parse, this::filtered);
        facts = new QueueFacts(engine, background, clock);
        var messages = engine.messages();
        groups = new FailureGroups(messages, background, clock, this::counted, this::groupChosen);
        list = new MessageList(messages, background, clock, filter::learn);
        proposals = new Proposals(desk);
        export = new MessageExport(desk);
        place = new MessagePlace(desk);
        kept = new KeptFilters(desk);
        gate = new LookGate(facts, desk.consent(), this::look);
        newestFirst.addListener((_, _, _) -> jump(edge()));
        showResolved.addListener((_, _, _) -> reload());
        selection.versionProperty().addListener((_, _, _) -> retarget());
        // Also while another screen shows: what is come back to may lie on another broker by then.
        engine.profiles().changes().subscribe(background.latest(this::profilesChanged));
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
        begin(opened, message);
    }

    private void begin(QueueRef opened, @Nullable MessageId message) {
        leave();
        queue.set(opened);
        gate.shut();
        filter.reset();
        groups.clear();
        selection.clear();
        current.set(null);
        list.clear();
        place.forget();
        start = edge();
        wanted = message;
        gate.approach(opened);
    }

    private void look() {
        var message = wanted;
        wanted = null;
        if (message == null) {
            reload();
        } else {
            reloadGroups();
            select(message);
        }
    }

    /// What changes by itself while the screen shows: new messages, lag, the end of jobs.
    public Subscription watch() {
        var states = background.latest(facts::update);
        var jobs = background.latest(this::jobsChanged);
        var first = engine.metrics().states().subscribe(states);
        var second = engine.jobs().changes().subscribe(jobs);
        facts.onArrival(list::checkNews);
        return () -> {
            first.close();
            second.close();
            leave();
        };
    }

    /// Where looking holds messages back, they are let go as soon as nobody looks.
    private void leave() {
        proposals.leave();
        var left = queue.get();
        if (left != null) {
            background.run(() -> engine.messages().leave(left), () -> {}, _ -> {});
        }
    }

    public ReadOnlyObjectProperty<@Nullable QueueRef> queueProperty() {
        return queue.getReadOnlyProperty();
    }

    Clock clock() {
        return clock;
    }

    /// Where the queue's messages come from, who reads there, how far behind.
    public QueueFacts facts() {
        return facts;
    }

    /// Whether messages are read.
    LookGate gate() {
        return gate;
    }

    /// What is typed to choose messages, and what counts of it.
    public QueueFilter filter() {
        return filter;
    }

    public KeptFilters keptFilters() {
        return kept;
    }

    /// The failure groups under the filter, and how many messages match.
    public FailureGroups groups() {
        return groups;
    }

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
            var source = queue.get();
            if (source != null && gate.isOpen()) {
                place.seek(source, message, newestFirst.get(), this::jump, () -> jump(edge()));
            }
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
        gate.askAgain();
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
        propose(Proposals::redrive);
    }

    /// Opens the sheet that takes away what is ticked, else the group, else the filter, else all.
    public void purge() {
        propose(Proposals::purge);
    }

    /// Opens the sheet that lets the broker move the whole queue by itself, whatever is ticked.
    public void moveByBroker() {
        var source = queue.get();
        var can = facts.canProperty().get();
        if (source != null && can != null && can.moveOnServer()) {
            navigation.open(new Sheet.Move(source));
        }
    }

    /// Writes what is ticked, else the group, else the filter, else all, to a file.
    public void export() {
        act((source, about) -> export.choose(source, about, showResolved.get()));
    }

    private void propose(Proposals.Kind kind) {
        act((source, about) -> proposals.open(source, about, kind));
    }

    private void act(BiConsumer<QueueRef, Target> act) {
        var about = target.get();
        var source = queue.get();
        if (source == null || about.isEmpty()) {
            return;
        }
        boolean oneByOne =
                about.scope() instanceof Scope.Matching
                        && groups.chosenFingerprint() != null
                        && !filter.now().isExpression();
        if (oneByOne) {
            proposals.collect(query(source), about, found -> act.accept(source, found));
        } else {
            act.accept(source, about);
        }
    }

    /// One message, as it is.
    public void replayCurrent() {
        var row = current.get();
        if (row != null) {
            proposals.open(row.queue(), Target.of(row.id()), Proposals::redrive);
        }
    }

    public void editCurrent() {
        var row = current.get();
        if (row != null) {
            navigation.open(new Sheet.Edit(row.queue(), row.message()));
        }
    }

    /// Shows the two messages that are ticked side by side.
    public void compare() {
        var ids = selection.ids();
        var source = queue.get();
        if (ids.size() == 2 && source != null) {
            proposals.compare(source, ids);
        }
    }

    private void reload() {
        reloadGroups();
        reloadList();
    }

    private void reloadGroups() {
        var source = queue.get();
        if (source != null && gate.isOpen()) {
            groups.read(source, filter.now(), showResolved.get());
        }
    }

    private void filtered() {
        groups.forgetChoice();
        start = edge();
        reload();
    }

    private void groupChosen() {
        start = edge();
        reloadList();
    }

    private void counted(Groups known) {
        facts.learnOrigins(
                known.groups().stream()
                        .flatMap(found -> found.origins().stream())
                        .distinct()
                        .toList());
        retarget();
    }

    private void reloadList() {
        var source = queue.get();
        if (source == null || !gate.isOpen()) {
            return;
        }
        selection.clear();
        retarget();
        list.show(query(source), this::selectFirst);
    }

    private ListQuery query(QueueRef source) {
        return new ListQuery(
                source,
                filter.now(),
                groups.chosenFingerprint(),
                showResolved.get(),
                newestFirst.get() ? Direction.OLDER : Direction.NEWER,
                start);
    }

    private void jump(Cursor to) {
        place.forget();
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

    /// A queue of the same name on another broker is another one: what was read of it is let go,
    /// and nobody agreed to what looking costs there.
    private void profilesChanged(List<Profile> now) {
        var open = queue.get();
        for (var profile : now) {
            var before = profiles.put(profile.name(), profile);
            var moved = before != null && !before.isSameBroker(profile);
            if (moved && open != null && open.profile().equals(profile.name())) {
                begin(open, null);
            }
        }
    }

    private void jobsChanged(List<JobInfo> jobs) {
        if (facts.jobEnded(jobs)) {
            refresh();
        }
    }

    private List<MessageId> shownIds() {
        return rows().held().stream().map(MessageRow::id).toList();
    }

    private void retarget() {
        target.set(Target.of(selection, groups, filter.now()));
    }
}
