package org.deadletteroffice.core.index;

import java.time.Instant;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.jspecify.annotations.Nullable;

/// What an index takes of a message.
///
/// @param fingerprint of the failure
/// @param returns how often it came back after a redrive, by its own headers
record IndexedMessage(DeadLetter letter, Failure failure, String fingerprint, int returns) {
    /// When it died, else when it came here.
    @Nullable Instant time() {
        var died = failure.latestDeath();
        return died != null ? died : letter.timestamp();
    }
}
