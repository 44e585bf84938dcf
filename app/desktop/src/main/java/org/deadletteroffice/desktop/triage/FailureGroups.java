package org.deadletteroffice.desktop.triage;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.browse.Completeness;
import org.deadletteroffice.core.browse.FailureGroup;
import org.deadletteroffice.core.browse.Groups;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// The failure groups of a queue, the one that was chosen, and how many messages match: one scan
/// counts both. FX thread only.
public final class FailureGroups {
    private final Messages messages;
    private final Background background;
    private final Clock clock;
    private final Consumer<Groups> counted;
    private final Runnable chosenAnew;

    private final ObservableList<GroupRow> rows = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable GroupRow> chosen = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper matching = new ReadOnlyStringWrapper("");
    private final ReadOnlyLongWrapper matched = new ReadOnlyLongWrapper();
    private final ReadOnlyObjectWrapper<Histogram> histogram =
            new ReadOnlyObjectWrapper<>(Histogram.NOTHING);
    private final ReadOnlyStringWrapper matchingNote = new ReadOnlyStringWrapper("");

    private Running running = Running.NOTHING;
    private int generation;
    private @Nullable Completeness scanned;
    private List<FailureGroup> found = List.of();

    /// @param counted told of the groups as the scan goes on
    /// @param chosenAnew told when another group, or none, was chosen
    FailureGroups(
            Messages messages,
            Background background,
            Clock clock,
            Consumer<Groups> counted,
            Runnable chosenAnew) {
        this.messages = messages;
        this.background = background;
        this.clock = clock;
        this.counted = counted;
        this.chosenAnew = chosenAnew;
    }

    /// Largest first.
    public ObservableList<GroupRow> rows() {
        return rows;
    }

    /// The group whose messages are shown; null for all.
    public ReadOnlyObjectProperty<@Nullable GroupRow> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /// Whether the queue is being read for groups.
    public ReadOnlyBooleanProperty readingProperty() {
        return reading.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// `1,822 of 18,204 · 0.31 s`.
    public ReadOnlyStringProperty matchingProperty() {
        return matching.getReadOnlyProperty();
    }

    /// How many match, groups or not.
    public ReadOnlyLongProperty matchedProperty() {
        return matched.getReadOnlyProperty();
    }

    /// When they died: all of them, or those of the chosen group.
    ReadOnlyObjectProperty<Histogram> histogramProperty() {
        return histogram.getReadOnlyProperty();
    }

    /// What the numbers leave out; empty when they are whole.
    public ReadOnlyStringProperty matchingNoteProperty() {
        return matchingNote.getReadOnlyProperty();
    }

    /// Shows the messages of one group; null shows all again.
    public void choose(@Nullable GroupRow row) {
        if (!Objects.equals(fingerprint(chosen.get()), fingerprint(row))) {
            chosen.set(row);
            histogram.set(Histogram.of(found, fingerprint(row)));
            chosenAnew.run();
        }
    }

    /// Whether the numbers are neither growing nor cut short.
    boolean areExact() {
        var known = scanned;
        return known != null && known.complete() && !reading.get();
    }

    /// Of the chosen group; null for none.
    @Nullable String chosenFingerprint() {
        return fingerprint(chosen.get());
    }

    /// Chooses none, telling nobody.
    void forgetChoice() {
        chosen.set(null);
    }

    /// Shows nothing of a queue that was left, telling nobody.
    void clear() {
        running.cancel();
        generation++;
        forgetChoice();
        rows.clear();
        found = List.of();
        histogram.set(Histogram.NOTHING);
        reading.set(false);
        problem.set(null);
        scanned = null;
        matched.set(0);
        matching.set("");
        matchingNote.set("");
    }

    /// Reads the queue for groups and numbers; what was being read before is given up.
    ///
    /// @param resolved whether messages that were redriven count
    void read(QueueRef source, Filter filter, boolean resolved) {
        int mine = ++generation;
        reading.set(true);
        problem.set(null);
        scanned = null;
        matched.set(0);
        matching.set("counting…");
        var progress =
                background.latest(
                        (Groups known) -> {
                            if (mine == generation) {
                                show(known, filter);
                            }
                        });
        running.cancel();
        running =
                background.run(
                        () -> messages.groups(source, filter, resolved, progress),
                        known -> {
                            reading.set(false);
                            show(known, filter);
                            leaveEmpty();
                        },
                        failure -> {
                            reading.set(false);
                            problem.set(failure);
                            matching.set("");
                        });
    }

    private void show(Groups known, Filter filter) {
        var now = known.groups().stream().map(group -> GroupRow.of(group, clock)).toList();
        if (!rows.equals(now)) {
            rows.setAll(now);
        }
        var was = chosen.get();
        if (was != null) {
            now.stream()
                    .filter(row -> row.fingerprint().equals(was.fingerprint()))
                    .findFirst()
                    .ifPresent(chosen::set);
        }
        found = known.groups();
        histogram.set(Histogram.of(found, chosenFingerprint()));
        scanned = known.completeness();
        matched.set(known.completeness().matched());
        matching.set(MatchWords.of(known.completeness(), !filter.isAll(), reading.get()));
        matchingNote.set(known.completeness().sentence());
        counted.accept(known);
    }

    /// A group whose last message was redriven is no place to stay.
    private void leaveEmpty() {
        var was = chosen.get();
        if (was != null
                && rows.stream().noneMatch(row -> row.fingerprint().equals(was.fingerprint()))) {
            choose(null);
        }
    }

    private static @Nullable String fingerprint(@Nullable GroupRow row) {
        return row == null ? null : row.fingerprint();
    }
}
