package org.deadletteroffice.rabbitmq;

import java.io.IOException;
import java.io.Serial;

/// What went wrong at the proxy, before the broker was asked anything.
final class ProxyFailure extends IOException {
    @Serial private static final long serialVersionUID = 1;

    enum Kind {
        /// Its own name has no address.
        UNKNOWN,
        /// Nobody answers where it should be.
        SILENT,
        /// It wants a user and a password, or others than it was told.
        SIGN_IN,
        /// It finds no way to the broker, or allows none.
        NO_WAY
    }

    private final Kind kind;

    /// @param answer what the proxy said, within a sentence
    ProxyFailure(Kind kind, String answer) {
        super(answer);
        this.kind = kind;
    }

    ProxyFailure(Kind kind, IOException cause) {
        super(cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
