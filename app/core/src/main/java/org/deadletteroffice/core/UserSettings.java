package org.deadletteroffice.core;

import java.util.Optional;

/// Settings of this user that are no secret and belong to no profile (theme, operator name, default
/// limits): one small file in the data folder, kept aside when unreadable.
public final class UserSettings {
    public Optional<String> get(String name) {
        throw new UnsupportedOperationException();
    }

    /// Written durably before it returns.
    public void put(String name, String value) {
        throw new UnsupportedOperationException();
    }
}
