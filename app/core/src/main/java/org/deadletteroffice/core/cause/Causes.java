package org.deadletteroffice.core.cause;

import java.util.List;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Headers;

/// All cause readers, in their order. Thread-safe.
public final class Causes {
    /// The readers on the class path; a broken one is left out.
    public static Causes standard() {
        throw new UnsupportedOperationException();
    }

    private Causes() {}

    /// What is known of the death: the broker's own word, completed by the first reader that speaks
    /// the headers' language.
    public Failure read(DeadLetter message) {
        throw new UnsupportedOperationException();
    }

    /// Names of headers that tell of a death and must not travel on, each once, in the order of
    /// appearance.
    public List<String> failureHeaders(Headers headers) {
        throw new UnsupportedOperationException();
    }
}
