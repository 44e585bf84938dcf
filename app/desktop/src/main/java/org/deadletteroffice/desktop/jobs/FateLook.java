package org.deadletteroffice.desktop.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.deadletteroffice.core.Signal.Subscription;
import org.deadletteroffice.core.job.JobFates;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.text.Ages;
import org.jspecify.annotations.Nullable;

/// Where the messages of one job are now. Looks again by itself while somebody looks and the job is
/// young, since "sent" is not "done". FX thread only.
final class FateLook {
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /// After its end a job is looked after so long; then whenever the operator asks.
    private static final Duration YOUNG = Duration.ofMinutes(30);

    private final Desk desk;
    private final Clock clock;
    private final ReadOnlyObjectWrapper<@Nullable JobFates> fates = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper offered = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private @Nullable JobInfo job;
    private Running looking = Running.NOTHING;
    private boolean underWay;

    FateLook(Desk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /// Whether the job sent something whose fate can be told.
    static boolean canTell(@Nullable JobInfo job) {
        return job != null && isSending(job) && job.state().isEnd() && job.sent() > 0;
    }

    /// Whether it sends messages to whoever failed on them.
    static boolean isSending(JobInfo job) {
        return job.kind() == JobKind.REDRIVE || job.kind() == JobKind.REPLAY;
    }

    /// Looks every few seconds until closed.
    Subscription start() {
        var ticks =
                desk.background()
                        .every(
                                AGAIN,
                                () -> {
                                    if (isYoung()) {
                                        look();
                                    }
                                });
        return () -> {
            ticks.close();
            stop();
        };
    }

    /// Null until the first look has come back.
    ReadOnlyObjectProperty<@Nullable JobFates> fatesProperty() {
        return fates.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty offeredProperty() {
        return offered.getReadOnlyProperty();
    }

    /// When it was looked at, and whether it is again; or why that failed.
    ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    /// The job that is shown now, as it stands.
    void follow(@Nullable JobInfo shown) {
        var before = job;
        job = shown;
        boolean same = before != null && shown != null && before.id().equals(shown.id());
        boolean wasOffered = offered.get();
        offered.set(canTell(shown));
        if (!same) {
            stop();
            fates.set(null);
            note.set("");
        }
        if (offered.get() && !(same && wasOffered)) {
            look();
        }
    }

    /// Looks once; a look under way is not started twice.
    void look() {
        var looked = job;
        if (looked == null || !offered.get() || underWay) {
            return;
        }
        underWay = true;
        if (fates.get() == null) {
            note.set("Asking the brokers…");
        }
        looking =
                desk.background()
                        .run(
                                () -> desk.engine().jobs().fates(looked.id()),
                                found -> {
                                    underWay = false;
                                    fates.set(found);
                                    note.set(words(found));
                                },
                                failure -> {
                                    underWay = false;
                                    note.set(failure.sentence() + " " + failure.remedy());
                                });
    }

    private void stop() {
        looking.cancel();
        underWay = false;
    }

    private String words(JobFates found) {
        var seen = "Seen " + Ages.at(found.asOf(), clock.instant(), clock.getZone());
        return isYoung()
                ? seen + " · looks again by itself"
                : seen + " · no longer watched by itself";
    }

    private boolean isYoung() {
        var shown = job;
        var ended = shown == null ? null : shown.ended();
        return ended != null && Duration.between(ended, Instant.now(clock)).compareTo(YOUNG) < 0;
    }
}
