package org.deadletteroffice.core.profile;

import java.util.Optional;
import org.deadletteroffice.spi.profile.Secret;

/// Where this user's secrets lie. All methods may block while the system asks the user to unlock
/// it.
public interface Keychain {
    /// Whether there is one on this machine, in this session.
    boolean isThere();

    Optional<Secret> read(String account);

    /// @throws KeychainException when it refused
    void write(String account, Secret value) throws KeychainException;

    /// Also when there is nothing to remove.
    void remove(String account);

    /// The keychain is there and did not do it.
    final class KeychainException extends Exception {
        public KeychainException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
