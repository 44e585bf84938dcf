package org.deadletteroffice.core.query;

import java.time.Instant;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.jspecify.annotations.Nullable;

/// A message as a filter is asked of it. Where it is one of a whole queue, what the filter does not
/// ask for is never read.
public interface Searched {
    DeadLetter letter();

    Decoded decoded();

    Failure failure();

    String fingerprint();

    /// When it died, else when it came here; null where nobody knows.
    default @Nullable Instant time() {
        var died = failure().latestDeath();
        return died != null ? died : letter().timestamp();
    }

    /// Whether all text of the payload stands in its bytes as UTF-8, so that a search for words may
    /// look there rather than into [#decoded]. False also where that is not known.
    default boolean payloadReadsAsItStands() {
        return false;
    }

    /// Whether whatever [#failure] would say stands in the values of the headers, word for word: a
    /// word of letters, digits and `_.-` that is not there is not in the failure. False also where
    /// that is not known.
    default boolean failureQuotesHeaders() {
        return false;
    }
}
