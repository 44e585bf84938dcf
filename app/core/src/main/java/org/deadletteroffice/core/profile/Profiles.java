package org.deadletteroffice.core.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.Signal;
import org.deadletteroffice.spi.profile.Secret;

/// The profiles of this data folder: one file each under `profiles/`, so that several processes may
/// write and one that cannot be read hides no other. A running demo's files stand beside them and
/// vanish with its process.
public final class Profiles {
    /// In the order of environment (production first) and name.
    public List<Profile> all() {
        throw new UnsupportedOperationException();
    }

    /// Changes made by other processes are seen within two seconds.
    public Signal<List<Profile>> changes() {
        throw new UnsupportedOperationException();
    }

    /// Files that could not be read. They are left where they are and never overwritten.
    public List<Unreadable> unreadable() {
        throw new UnsupportedOperationException();
    }

    public Optional<Profile> find(String name) {
        throw new UnsupportedOperationException();
    }

    /// @throws OperatorException NOT_FOUND, naming those there are
    public Profile get(String name) throws OperatorException {
        throw new UnsupportedOperationException();
    }

    /// Writes the profile durably, and its secrets into the system keychain. Secrets not named stay
    /// as they are.
    ///
    /// @throws OperatorException WRONG_USE when a field is wrong; REFUSED when secrets are given
    ///     and there is no keychain
    public void save(Profile profile, Map<String, Secret> secrets) throws OperatorException {
        throw new UnsupportedOperationException();
    }

    /// Secrets come from these environment variables whenever the profile is used: for machines
    /// without a keychain.
    ///
    /// @param variables secret field → name of the variable
    public void saveWithEnvironment(Profile profile, Map<String, String> variables)
            throws OperatorException {
        throw new UnsupportedOperationException();
    }

    /// Removes the profile and its secrets.
    public void remove(String name) throws OperatorException {
        throw new UnsupportedOperationException();
    }

    /// Marks a queue as a dead-letter queue, or as none; null takes the mark back.
    public void mark(
            String profile, String queue, @org.jspecify.annotations.Nullable Boolean deadLetter)
            throws OperatorException {
        throw new UnsupportedOperationException();
    }

    /// All profiles but temporary ones, without secrets, as one JSON file.
    public int exportTo(Path file) throws OperatorException {
        throw new UnsupportedOperationException();
    }

    /// Adds the profiles of an exported file; existing names are refused, none is overwritten.
    ///
    /// @return the names added
    public List<String> importFrom(Path file) throws OperatorException {
        throw new UnsupportedOperationException();
    }

    /// @param sentence what is wrong with it, with line and column where known
    public record Unreadable(Path file, String sentence) {}
}
