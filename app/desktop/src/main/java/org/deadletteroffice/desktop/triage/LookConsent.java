package org.deadletteroffice.desktop.triage;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.deadletteroffice.core.UserSettings;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.spi.message.QueueRef;

/// Where looking at messages costs something, nothing is looked at until the operator knows what
/// it is and says so: once for a queue while the window is open, or once for all queues of a
/// profile. FX thread only.
final class LookConsent {
    private static final String SETTING = "looking.";

    private final UserSettings settings;
    private final Background background;
    private final Set<QueueRef> given = new HashSet<>();

    LookConsent(UserSettings settings, Background background) {
        this.settings = settings;
        this.background = background;
    }

    /// @param told gets whether it was given
    void ask(QueueRef queue, Consumer<Boolean> told) {
        if (given.contains(queue)) {
            told.accept(true);
            return;
        }
        background.run(
                () -> settings.get(SETTING + queue.profile()).isPresent(),
                told,
                _ -> told.accept(false));
    }

    void give(QueueRef queue) {
        given.add(queue);
    }

    /// For all queues of its profile, and for good. Where that cannot be written, it is asked
    /// again.
    void giveForProfile(QueueRef queue) {
        give(queue);
        background.run(() -> settings.put(SETTING + queue.profile(), "agreed"), () -> {}, _ -> {});
    }
}
