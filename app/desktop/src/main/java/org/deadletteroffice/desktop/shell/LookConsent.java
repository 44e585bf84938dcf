package org.deadletteroffice.desktop.shell;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.profile.Profiles;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.spi.message.QueueRef;

/// Where looking at messages costs something, nothing is looked at until the operator knows what
/// it is and says so: once for a queue while the window is open, or once for all queues of a
/// profile. It holds for the broker it was given for: another profile of the same name is another
/// matter. FX thread only.
public final class LookConsent {
    private final Profiles profiles;
    private final Background background;

    /// The profiles as they were when it was asked and given.
    private final Map<QueueRef, Profile> asked = new HashMap<>();

    private final Map<QueueRef, Profile> given = new HashMap<>();

    private record Found(Profile profile, boolean always) {}

    LookConsent(Profiles profiles, Background background) {
        this.profiles = profiles;
        this.background = background;
    }

    /// @param told gets whether it was given
    public Running ask(QueueRef queue, Consumer<Boolean> told) {
        return background.run(
                () ->
                        new Found(
                                profiles.get(queue.profile()),
                                profiles.alwaysLooks(queue.profile())),
                found -> {
                    asked.put(queue, found.profile());
                    told.accept(found.always() || isGiven(queue, found.profile()));
                },
                _ -> told.accept(false));
    }

    private boolean isGiven(QueueRef queue, Profile profile) {
        var then = given.get(queue);
        return then != null && then.isSameBroker(profile);
    }

    public void give(QueueRef queue) {
        var profile = asked.get(queue);
        if (profile != null) {
            given.put(queue, profile);
        }
    }

    /// For all queues of its profile, and for good. Where that cannot be written, it is asked
    /// again.
    public void giveForProfile(QueueRef queue) {
        give(queue);
        var profile = asked.get(queue);
        if (profile != null) {
            background.run(() -> profiles.alwaysLook(profile), () -> {}, _ -> {});
        }
    }
}
