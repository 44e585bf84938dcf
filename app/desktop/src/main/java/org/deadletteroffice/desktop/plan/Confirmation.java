package org.deadletteroffice.desktop.plan;

import java.time.Clock;
import java.time.Duration;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.spi.message.QueueRef;

/// What has to be given before a job may start: a reason, and on production the queue's name typed
/// and the profile unlocked. FX thread only.
public final class Confirmation {
    /// How long an unlock of a production profile lasts.
    private static final Duration UNLOCK = Duration.ofMinutes(15);

    private final Desk desk;
    private final Clock clock;
    private final QueueRef queue;
    private final Environment environment;
    private final StringProperty typedName = new SimpleStringProperty("");
    private final StringProperty reason = new SimpleStringProperty("");
    private final BooleanProperty needsName = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper locked = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper given = new ReadOnlyBooleanWrapper();

    /// @param queue whose messages the job is over
    public Confirmation(Desk desk, Clock clock, QueueRef queue) {
        this.desk = desk;
        this.clock = clock;
        this.queue = queue;
        environment =
                desk.engine()
                        .profiles()
                        .find(queue.profile())
                        .map(Profile::environment)
                        .orElse(Environment.PRODUCTION);
        needsName.set(isProduction());
        typedName.addListener((_, _, _) -> settle());
        reason.addListener((_, _, _) -> settle());
        needsName.addListener((_, _, _) -> settle());
        relock();
    }

    public QueueRef queue() {
        return queue;
    }

    public Environment environment() {
        return environment;
    }

    public boolean isProduction() {
        return environment == Environment.PRODUCTION;
    }

    /// Whether the name has to be typed: on production always, elsewhere where the act is final.
    public BooleanProperty needsNameProperty() {
        return needsName;
    }

    /// The queue's name as typed.
    public StringProperty typedNameProperty() {
        return typedName;
    }

    /// For the audit trail; needed on production.
    public StringProperty reasonProperty() {
        return reason;
    }

    /// Whether the profile is read-only just now.
    public ReadOnlyBooleanProperty lockedProperty() {
        return locked.getReadOnlyProperty();
    }

    /// Whether all that is needed was given.
    public ReadOnlyBooleanProperty givenProperty() {
        return given.getReadOnlyProperty();
    }

    /// The name to start a job with: as typed, or the queue's where none is asked for.
    public String name() {
        return needsName.get() ? typedName.get().strip() : queue.name();
    }

    public String reason() {
        return reason.get().strip();
    }

    /// Makes the profile writable for a while; the reason goes to the audit trail.
    public void unlock() {
        if (reason().isEmpty()) {
            return;
        }
        desk.background()
                .run(
                        () -> desk.engine().brokers().unlock(queue.profile(), UNLOCK, reason()),
                        this::relock,
                        desk.dialogs()::tell);
    }

    /// Looks again whether the profile may be written to.
    public void relock() {
        locked.set(
                isProduction()
                        && desk.engine()
                                .brokers()
                                .unlockedUntil(queue.profile())
                                .filter(until -> until.isAfter(clock.instant()))
                                .isEmpty());
        settle();
    }

    private void settle() {
        boolean named = !needsName.get() || typedName.get().strip().equals(queue.name());
        boolean explained = !isProduction() || !reason().isEmpty();
        given.set(named && explained && !locked.get());
    }
}
