package org.deadletteroffice.desktop.redrive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.job.HeaderEdit;
import org.deadletteroffice.core.job.HeaderPolicy;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.spi.message.Cursor;
import org.jspecify.annotations.Nullable;

/// The plan as the operator fills it in: where to, what to change, how fast, when to stop by
/// itself.
public final class PlanForm {
    /// Where messages go.
    public enum Where {
        ORIGIN("Each message's origin"),
        QUEUE("Another queue");

        private final String words;

        Where(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private final RedriveRequest draft;
    private final ObjectProperty<Where> where = new SimpleObjectProperty<>(Where.ORIGIN);
    private final StringProperty queue = new SimpleStringProperty("");
    private final StringProperty profile = new SimpleStringProperty();
    private final RepairForm repair;
    private final ObservableList<HeaderEdit> headerEdits = FXCollections.observableArrayList();
    private final BooleanProperty keepTimestamp = new SimpleBooleanProperty();
    private final BooleanProperty keepFailureHeaders = new SimpleBooleanProperty();
    private final BooleanProperty includeResolved = new SimpleBooleanProperty();
    private final BooleanProperty includeOvertaken = new SimpleBooleanProperty();
    private final BooleanProperty includePoison = new SimpleBooleanProperty();
    private final StringProperty perSecond = new SimpleStringProperty("");
    private final StringProperty canary = new SimpleStringProperty("");
    private final StringProperty watch = new SimpleStringProperty("60");
    private final StringProperty share = new SimpleStringProperty("5");
    private final StringProperty refusals = new SimpleStringProperty("");
    private final StringProperty refusalsOf = new SimpleStringProperty("");

    PlanForm(RedriveRequest draft) {
        this.draft = draft;
        repair = new RepairForm(draft.change());
        headerEdits.setAll(draft.headers().edits());
        profile.set(
                draft.destinationProfile() == null
                        ? draft.source().profile()
                        : draft.destinationProfile());
        if (draft.destination() != null) {
            where.set(Where.QUEUE);
            queue.set(draft.destination());
        }
        keepTimestamp.set(draft.headers().keepTimestamp());
        keepFailureHeaders.set(draft.headers().keepFailureHeaders());
        includeResolved.set(draft.includeResolved());
        includeOvertaken.set(draft.includeOvertaken());
    }

    public ObjectProperty<Where> whereProperty() {
        return where;
    }

    /// Counts with [Where#QUEUE] only.
    public StringProperty queueProperty() {
        return queue;
    }

    /// Whose broker the queue is on; counts with [Where#QUEUE] only.
    public StringProperty profileProperty() {
        return profile;
    }

    /// What happens to payloads.
    public RepairForm repair() {
        return repair;
    }

    /// What is set and dropped besides, in order, after the failure headers were dropped.
    public ObservableList<HeaderEdit> headerEdits() {
        return headerEdits;
    }

    /// What becomes of headers and time, as the form says it.
    HeaderPolicy policy() {
        return new HeaderPolicy(keepFailureHeaders.get(), keepTimestamp.get(), headerEdits);
    }

    /// Takes over what is kept for a queue; edits by hand come after it.
    void adopt(HeaderPolicy kept) {
        keepFailureHeaders.set(kept.keepFailureHeaders() || draft.headers().keepFailureHeaders());
        keepTimestamp.set(kept.keepTimestamp() || draft.headers().keepTimestamp());
        var edits = new ArrayList<>(kept.edits());
        edits.addAll(draft.headers().edits());
        headerEdits.setAll(edits);
    }

    public BooleanProperty keepTimestampProperty() {
        return keepTimestamp;
    }

    public BooleanProperty keepFailureHeadersProperty() {
        return keepFailureHeaders;
    }

    public BooleanProperty includeResolvedProperty() {
        return includeResolved;
    }

    /// Also messages of whose key a newer one was consumed since.
    public BooleanProperty includeOvertakenProperty() {
        return includeOvertaken;
    }

    /// Also messages that came back as often as makes them poison.
    public BooleanProperty includePoisonProperty() {
        return includePoison;
    }

    /// Messages per second; blank for as fast as the brokers allow.
    public StringProperty perSecondProperty() {
        return perSecond;
    }

    /// How many go first, alone; blank for none.
    public StringProperty canaryProperty() {
        return canary;
    }

    /// How many messages may be refused before the job stops; blank for any number.
    public StringProperty refusalsProperty() {
        return refusals;
    }

    /// Of how many, the last ones; blank for of all.
    public StringProperty refusalsOfProperty() {
        return refusalsOf;
    }

    /// Seconds to watch them.
    public StringProperty watchProperty() {
        return watch;
    }

    /// Percent that may come back.
    public StringProperty shareProperty() {
        return share;
    }

    void onChange(InvalidationListener listener) {
        var fields =
                new ArrayList<Observable>(
                        List.of(
                                where,
                                queue,
                                profile,
                                headerEdits,
                                keepTimestamp,
                                keepFailureHeaders,
                                includeResolved,
                                includeOvertaken,
                                includePoison,
                                perSecond,
                                canary,
                                watch,
                                share,
                                refusals,
                                refusalsOf));
        fields.addAll(repair.fields());
        fields.forEach(field -> field.addListener(listener));
    }

    /// What is wrong with a field, as a sentence; null when nothing is.
    @Nullable String fault() {
        if (where.get() == Where.QUEUE && queue.get().isBlank()) {
            return "Name the queue that the messages go to.";
        }
        var wrong = repair.fault();
        if (wrong != null) {
            return wrong;
        }
        if (!blankOr(perSecond.get(), 0.01, 1_000_000)) {
            return "The pace is a number of messages per second, or empty for full speed.";
        }
        var wrongBudget = budgetFault();
        if (wrongBudget != null) {
            return wrongBudget;
        }
        if (!blankOr(canary.get(), 1, 100_000)) {
            return "The canary is a number of messages that go first, or empty for none.";
        }
        if (!canary.get().isBlank()) {
            if (!between(watch.get(), 1, 86_400)) {
                return "The wait after the canary is 1 to 86,400 seconds.";
            }
            if (!between(share.get(), 0, 100)) {
                return "The share that may come back is 0 to 100 percent.";
            }
        }
        return null;
    }

    /// @param until the snapshot that was rehearsed; null before that
    RedriveRequest request(@Nullable Cursor until, String reason) {
        boolean named = where.get() == Where.QUEUE;
        var own = draft.source().profile();
        return draft.copy()
                .until(until == null ? draft.until() : until)
                .to(named ? queue.get().strip() : null)
                .toProfile(named && !own.equals(profile.get()) ? profile.get() : null)
                .change(repair.change())
                .headers(
                        new HeaderPolicy(
                                keepFailureHeaders.get(),
                                keepTimestamp.get(),
                                List.copyOf(headerEdits)))
                .pace(pace())
                .maxReturns(includePoison.get() ? Integer.MAX_VALUE : draft.maxReturns())
                .includeResolved(includeResolved.get())
                .includeOvertaken(includeOvertaken.get())
                .reason(reason)
                .build();
    }

    private Pace pace() {
        var rate = perSecond.get().isBlank() ? null : Double.valueOf(perSecond.get().strip());
        return new Pace(rate, canary(), budget());
    }

    private Pace.@Nullable Canary canary() {
        return canary.get().isBlank()
                ? null
                : new Pace.Canary(
                        (int) Double.parseDouble(canary.get().strip()),
                        Duration.ofSeconds((long) Double.parseDouble(watch.get().strip())),
                        Double.parseDouble(share.get().strip()) / 100);
    }

    private Pace.@Nullable ErrorBudget budget() {
        return refusals.get().isBlank()
                ? null
                : new Pace.ErrorBudget(
                        (int) Double.parseDouble(refusals.get().strip()),
                        refusalsOf.get().isBlank()
                                ? null
                                : (int) Double.parseDouble(refusalsOf.get().strip()));
    }

    private @Nullable String budgetFault() {
        if (!blankOr(refusals.get(), 0, 999_999)) {
            return "How many may be refused is a number, or empty for any.";
        }
        if (refusals.get().isBlank() || refusalsOf.get().isBlank()) {
            return null;
        }
        var most = Double.parseDouble(refusals.get().strip());
        return between(refusalsOf.get(), (int) most + 1.0, Pace.ErrorBudget.LARGEST_WINDOW)
                ? null
                : "Of how many is more than may be refused, at most 1,000,000, or empty for all.";
    }

    private static boolean blankOr(String text, double low, double high) {
        return text.isBlank() || between(text, low, high);
    }

    private static boolean between(String text, double low, double high) {
        try {
            double number = Double.parseDouble(text.strip());
            return number >= low && number <= high;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
