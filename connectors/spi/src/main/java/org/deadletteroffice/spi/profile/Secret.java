package org.deadletteroffice.spi.profile;

import org.jspecify.annotations.Nullable;

/// A value that must not be seen: [#toString] hides it, and only [#reveal] gives it to a broker's
/// client.
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /// For handing to a client library only; never for a log, an export, an exception or the
    /// window.
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "••••••";
    }
}
