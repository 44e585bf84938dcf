package org.deadletteroffice.desktop.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.deadletteroffice.core.Signal.Subscription;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.text.Ages;
import org.deadletteroffice.spi.connector.Connector;
import org.jspecify.annotations.Nullable;

/// Where the operator is, how careful to be there, and whether it may be written to.
final class TopBarModel {
    static final List<Duration> INTERVALS =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMinutes(1));
    private static final Duration TICK = Duration.ofSeconds(1);

    /// Whether a production broker may be written to.
    enum Lock {
        /// Nothing to lock here.
        NONE,
        LOCKED,
        OPEN
    }

    private final Desk desk;
    private final ReadOnlyStringWrapper crumb = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable Environment> environment =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Lock> lock = new ReadOnlyObjectWrapper<>(Lock.NONE);
    private final ReadOnlyStringWrapper lockText = new ReadOnlyStringWrapper("");
    private final ObjectProperty<Duration> interval =
            new SimpleObjectProperty<>(INTERVALS.getFirst());
    private List<Profile> profiles = List.of();
    private @Nullable Profile current;

    TopBarModel(Desk desk) {
        this.desk = desk;
        desk.navigation().place().addListener(_ -> follow());
        interval.addListener(
                (_, _, now) ->
                        desk.background()
                                .run(
                                        () -> desk.engine().metrics().watch(now),
                                        () -> {},
                                        desk.dialogs()::tell));
    }

    Subscription start() {
        var following =
                desk.engine()
                        .profiles()
                        .changes()
                        .subscribe(
                                desk.background()
                                        .latest(
                                                now -> {
                                                    profiles = now;
                                                    follow();
                                                }));
        var ticking = desk.background().every(TICK, this::showLock);
        return () -> {
            following.close();
            ticking.close();
        };
    }

    /// `Apache Kafka · payments-prod`, or the screen's name.
    ReadOnlyStringProperty crumbProperty() {
        return crumb.getReadOnlyProperty();
    }

    /// Of the broker on screen; null where the screen is about all of them.
    ReadOnlyObjectProperty<@Nullable Environment> environmentProperty() {
        return environment.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Lock> lockProperty() {
        return lock.getReadOnlyProperty();
    }

    ReadOnlyStringProperty lockTextProperty() {
        return lockText.getReadOnlyProperty();
    }

    /// How often brokers are looked at.
    ObjectProperty<Duration> intervalProperty() {
        return interval;
    }

    void refresh() {
        desk.background().run(desk.engine().metrics()::refresh, () -> {}, desk.dialogs()::tell);
    }

    /// Unlocks a locked broker after asking, locks an open one at once.
    void toggleLock() {
        var profile = current;
        if (profile == null || profile.environment() != Environment.PRODUCTION) {
            return;
        }
        switch (lock.get()) {
            case LOCKED -> Unlocking.ask(desk, profile.name(), this::showLock);
            case OPEN ->
                    desk.background()
                            .run(
                                    () -> desk.engine().brokers().lock(profile.name()),
                                    this::showLock,
                                    desk.dialogs()::tell);
            case NONE -> {}
        }
    }

    private void follow() {
        var place = desk.navigation().place().get();
        current =
                place instanceof Place.Triage(var queue, _) && queue != null
                        ? profiles.stream()
                                .filter(profile -> profile.name().equals(queue.profile()))
                                .findFirst()
                                .orElse(null)
                        : null;
        var profile = current;
        crumb.set(
                profile == null
                        ? place.title()
                        : desk.engine()
                                        .plugins()
                                        .connector(profile.kind())
                                        .map(Connector::displayName)
                                        .orElse(profile.kind())
                                + " · "
                                + profile.name());
        environment.set(profile == null ? null : profile.environment());
        showLock();
    }

    private void showLock() {
        var profile = current;
        if (profile == null || profile.environment() != Environment.PRODUCTION) {
            lock.set(Lock.NONE);
            lockText.set("");
            return;
        }
        var until = desk.engine().brokers().unlockedUntil(profile.name());
        lock.set(until.isPresent() ? Lock.OPEN : Lock.LOCKED);
        lockText.set(
                until.map(end -> "read-write · " + Ages.rough(timeTo(end)) + " left")
                        .orElse("read-only"));
    }

    private static Duration timeTo(Instant end) {
        var left = Duration.between(Instant.now(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
