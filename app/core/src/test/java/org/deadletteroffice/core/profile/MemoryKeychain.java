package org.deadletteroffice.core.profile;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.spi.profile.Secret;

/// A keychain in memory, or none at all.
final class MemoryKeychain implements Keychain {
    final Map<String, Secret> secrets = new HashMap<>();
    boolean there = true;

    @Override
    public boolean isThere() {
        return there;
    }

    @Override
    public Optional<Secret> read(String account) {
        return Optional.ofNullable(secrets.get(account));
    }

    @Override
    public void write(String account, Secret value) {
        secrets.put(account, value);
    }

    @Override
    public void remove(String account) {
        secrets.remove(account);
    }
}
