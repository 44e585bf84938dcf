package org.deadletteroffice.desktop.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.Signal.Subscription;
import org.deadletteroffice.core.audit.AuditRow;
import org.deadletteroffice.core.audit.AuditTrail.Verdict;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.fx.Background.Work;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Shortcut;
import org.deadletteroffice.desktop.text.Amounts;
import org.jspecify.annotations.Nullable;

/// The trail of every act: searched, proven, exported.
public final class AuditModel {
    /// Keys of this screen.
    public static final List<Shortcut> SHORTCUTS =
            List.of(
                    new Shortcut("Audit", "Ctrl+F", "Search the trail"),
                    new Shortcut("Audit", "Ctrl+E", "Export the trail"),
                    new Shortcut("Audit", "Ctrl+Shift+V", "Verify the trail"));

    private static final int PAGE = 200;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    /// How far back the list reaches.
    enum Since {
        DAY("24 h", Duration.ofDays(1)),
        WEEK("7 d", Duration.ofDays(7)),
        MONTH("30 d", Duration.ofDays(30)),
        ALWAYS("All", null);

        final String words;
        private final @Nullable Duration time;

        Since(String words, @Nullable Duration time) {
            this.words = words;
            this.time = time;
        }

        @Nullable Instant instant(Instant now) {
            return time == null ? null : now.minus(time);
        }
    }

    private final Desk desk;
    private final StringProperty search = new SimpleStringProperty("");
    private final ObjectProperty<Since> since = new SimpleObjectProperty<>(Since.ALWAYS);
    private final ObservableList<AuditRow> rows = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable AuditRow> selected = new SimpleObjectProperty<>();
    private final ReadOnlyBooleanWrapper more = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper verifying = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Verdict> verdict = new ReadOnlyObjectWrapper<>();
    private Running reading = Running.NOTHING;
    private boolean told;

    public AuditModel(Desk desk) {
        this.desk = desk;
        search.addListener(_ -> read());
        since.addListener(_ -> read());
    }

    /// Reads now and then, so that acts of other processes appear.
    Subscription start() {
        return desk.background().every(LOOK_EVERY, this::read);
    }

    public StringProperty searchProperty() {
        return search;
    }

    ObjectProperty<Since> sinceProperty() {
        return since;
    }

    /// Newest first, as far as read.
    ObservableList<AuditRow> rows() {
        return rows;
    }

    ObjectProperty<@Nullable AuditRow> selectedProperty() {
        return selected;
    }

    ReadOnlyBooleanProperty moreProperty() {
        return more.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty verifyingProperty() {
        return verifying.getReadOnlyProperty();
    }

    /// Null until the trail was verified.
    ReadOnlyObjectProperty<@Nullable Verdict> verdictProperty() {
        return verdict.getReadOnlyProperty();
    }

    void read() {
        var limit = Math.max(PAGE, rows.size());
        reading.cancel();
        reading =
                desk.background()
                        .run(
                                rows(null, limit),
                                read -> show(read, read.size() == limit),
                                this::tellOnce);
    }

    /// What is read again and again fails again and again; once is enough to be told.
    private void tellOnce(Problem problem) {
        if (!told) {
            told = true;
            desk.dialogs().tell(problem);
        }
    }

    void readOlder() {
        if (rows.isEmpty()) {
            return;
        }
        var before = rows.getLast().number();
        desk.background()
                .run(
                        rows(before, PAGE),
                        older -> {
                            var all = new ArrayList<>(rows);
                            all.addAll(older);
                            show(all, older.size() == PAGE);
                        },
                        desk.dialogs()::tell);
    }

    /// What is asked for is taken now, on the FX thread.
    private Work<List<AuditRow>> rows(@Nullable Long before, int limit) {
        var from = since.get().instant(Instant.now());
        var text = search.get().trim();
        return () -> desk.engine().audit().list(from, text, before, limit);
    }

    private void show(List<AuditRow> read, boolean mayHaveMore) {
        told = false;
        more.set(mayHaveMore);
        if (rows.equals(read)) {
            return;
        }
        var kept = selected.get();
        rows.setAll(read);
        selected.set(
                kept == null
                        ? null
                        : read.stream()
                                .filter(row -> row.number() == kept.number())
                                .findFirst()
                                .orElse(null));
    }

    void verify() {
        verifying.set(true);
        desk.background()
                .run(
                        () -> desk.engine().audit().verify(),
                        found -> {
                            verifying.set(false);
                            verdict.set(found);
                        },
                        problem -> {
                            verifying.set(false);
                            desk.dialogs().tell(problem);
                        });
    }

    void export() {
        desk.dialogs().chooseTarget("Export the audit trail", "audit.jsonl", this::exportTo);
    }

    void exportTo(Path file) {
        desk.background()
                .run(
                        () -> desk.engine().audit().export(file),
                        count ->
                                desk.dialogs()
                                        .say(
                                                "Wrote "
                                                        + Amounts.of(
                                                                Objects.requireNonNull(count),
                                                                "row",
                                                                "rows")
                                                        + " to "
                                                        + file
                                                        + "."),
                        desk.dialogs()::tell);
    }

    void openJob() {
        var row = selected.get();
        if (row != null && row.job() != null) {
            desk.navigation().open(new Place.Jobs(row.job()));
        }
    }

    void copy(String text, String what) {
        desk.dialogs().copy(text, what);
    }
}
