package org.deadletteroffice.core.profile;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import com.github.javakeyring.PasswordAccessException;
import java.util.Optional;
import org.deadletteroffice.spi.profile.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The operating system's keychain: macOS Keychain, Windows Credential Manager, Secret Service or
/// KWallet. Looked for when it is first needed.
public final class SystemKeychain implements Keychain {
    private static final Logger LOG = LoggerFactory.getLogger(SystemKeychain.class);
    private static final String SERVICE = "Dead Letter Office";

    private boolean looked;
    private Optional<Keyring> ring = Optional.empty();

    private synchronized Optional<Keyring> ring() {
        if (!looked) {
            looked = true;
            try {
                ring = Optional.of(Keyring.create());
            } catch (BackendNotSupportedException | RuntimeException | LinkageError none) {
                LOG.info("There is no system keychain here: {}", none.toString());
            }
        }
        return ring;
    }

    @Override
    public boolean isThere() {
        return ring().isPresent();
    }

    @Override
    public synchronized Optional<Secret> read(String account) {
        try {
            var found = ring();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            return Optional.ofNullable(found.get().getPassword(SERVICE, account)).map(Secret::new);
        } catch (PasswordAccessException | RuntimeException absent) {
            LOG.info("The keychain gives nothing for {}.", account);
            return Optional.empty();
        }
    }

    @Override
    public synchronized void write(String account, Secret value) throws KeychainException {
        try {
            var found = ring();
            if (found.isPresent()) {
                found.get().setPassword(SERVICE, account, value.reveal());
            }
        } catch (PasswordAccessException | RuntimeException refused) {
            throw new KeychainException("the keychain refused " + account, refused);
        }
    }

    @Override
    public synchronized void remove(String account) {
        try {
            var found = ring();
            if (found.isPresent()) {
                found.get().deletePassword(SERVICE, account);
            }
        } catch (PasswordAccessException | RuntimeException absent) {
            LOG.debug("Nothing to remove from the keychain for {}.", account);
        }
    }
}
