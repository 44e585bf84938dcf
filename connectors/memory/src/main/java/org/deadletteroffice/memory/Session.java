package org.deadletteroffice.memory;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.deadletteroffice.spi.profile.Secret;

/// On whose behalf, and for how long at most, a call waits.
///
/// @param closed true once whoever called has closed its end: a waiting call then ends
record Session(
        String profile,
        String user,
        Optional<Secret> password,
        Duration timeout,
        BooleanSupplier closed) {
    Session until(BooleanSupplier closedToo) {
        return new Session(
                profile,
                user,
                password,
                timeout,
                () -> closed.getAsBoolean() || closedToo.getAsBoolean());
    }
}
