package org.deadletteroffice.core.profile;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.deadletteroffice.core.Interval;
import org.deadletteroffice.core.LiveValue;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.Plugins;
import org.deadletteroffice.core.Signal;
import org.deadletteroffice.core.audit.AuditTrail;
import org.deadletteroffice.core.store.ProcessId;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.jspecify.annotations.Nullable;

/// The profiles of this data folder: one file each under `profiles/`, so that several processes may
/// write and one that cannot be read hides no other. A running demo's files stand beside them and
/// vanish with its process. Thread-safe.
public final class Profiles implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final ProfileFolder folder;
    private final Secrets secrets;
    private final ProfileRules rules;
    private final AuditTrail audit;
    private final LiveValue<List<Profile>> changes = new LiveValue<>(List.of());
    private final Interval betweenLooks = new Interval();
    private @Nullable Thread watch;

    public Profiles(Path folder, Plugins plugins, Keychain keychain, AuditTrail audit) {
        this(
                new ProfileFolder(folder),
                new Secrets(keychain, System::getenv, folder.toString()),
                plugins,
                audit);
    }

    Profiles(ProfileFolder folder, Secrets secrets, Plugins plugins, AuditTrail audit) {
        this.folder = folder;
        this.secrets = secrets;
        this.rules = new ProfileRules(plugins);
        this.audit = audit;
    }

    /// In the order of environment (production first) and name.
    public List<Profile> all() {
        return folder.list().profiles().stream().map(StoredProfile::profile).toList();
    }

    /// Changes made by other processes are seen within two seconds.
    public synchronized Signal<List<Profile>> changes() {
        if (watch == null) {
            changes.set(all());
            watch = Thread.ofVirtual().name("profiles").start(this::watch);
        }
        return changes;
    }

    private void watch() {
        try {
            while (betweenLooks.await(LOOK_EVERY)) {
                changes.set(all());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Files that could not be read. They are left where they are and never overwritten.
    public List<Unreadable> unreadable() {
        return folder.list().unreadable();
    }

    public Optional<Profile> find(String name) {
        return stored(name).map(StoredProfile::profile);
    }

    private Optional<StoredProfile> stored(String name) {
        return folder.list().profiles().stream()
                .filter(stored -> stored.profile().name().equals(name))
                .findFirst();
    }

    /// @throws OperatorException NOT_FOUND, naming those there are
    public Profile get(String name) throws OperatorException {
        return required(name).profile();
    }

    private StoredProfile required(String name) throws OperatorException {
        var listing = folder.list();
        for (var stored : listing.profiles()) {
            if (stored.profile().name().equals(name)) {
                return stored;
            }
        }
        for (var unreadable : listing.unreadable()) {
            if (unreadable.file().equals(folder.file(name))) {
                throw new OperatorException(
                        Kind.WRONG_USE, unreadable.sentence(), "Correct the file, then try again.");
            }
        }
        var names =
                listing.profiles().stream()
                        .map(stored -> stored.profile().name())
                        .collect(Collectors.joining(", "));
        throw new OperatorException(
                Kind.NOT_FOUND,
                "There is no profile '" + name + "'.",
                names.isEmpty()
                        ? "Add one with: dlo profiles add KIND NAME --set …"
                        : "Choose one of: " + names + ".");
    }

    /// Writes the profile durably, and its secrets into the system keychain. Secrets not named stay
    /// as they are.
    ///
    /// @throws OperatorException WRONG_USE when a field is wrong; REFUSED when secrets are given
    ///     and there is no keychain
    public void save(Profile profile, Map<String, Secret> secretsGiven) throws OperatorException {
        var before = before(profile);
        var available = new LinkedHashMap<>(secrets.availableOf(before));
        available.putAll(secretsGiven);
        rules.check(profile, available, before);
        audited(
                "profile saved",
                profile,
                details(profile, secretsGiven.isEmpty() ? "unchanged" : "keychain"));
        var kept = secrets.keep(before, secretsGiven);
        change(
                () -> {
                    var now = before(profile);
                    var variables = new TreeMap<>(now.variables());
                    variables.keySet().removeAll(secretsGiven.keySet());
                    folder.write(now.with(lasting(profile), List.copyOf(kept), variables));
                });
    }

    /// Secrets come from these environment variables whenever the profile is used: for machines
    /// without a keychain.
    ///
    /// @param variables secret field → name of the variable
    public void saveWithEnvironment(Profile profile, Map<String, String> variables)
            throws OperatorException {
        var before = before(profile);
        var named = new LinkedHashMap<String, Secret>(secrets.availableOf(before));
        // That a value is named is enough to be valid; it may be set only where the profile is
        // used.
        variables.keySet().forEach(field -> named.put(field, new Secret("from the environment")));
        rules.check(profile, named, before);
        audited("profile saved", profile, details(profile, "environment"));
        change(
                () -> {
                    var now = before(profile);
                    var references = new TreeMap<>(now.variables());
                    references.putAll(variables);
                    var kept =
                            now.keychain().stream()
                                    .filter(field -> !variables.containsKey(field))
                                    .toList();
                    folder.write(now.with(lasting(profile), kept, references));
                });
    }

    /// Writes the profile, and keeps its secrets in the memory of this process alone: they have to
    /// be given again after the next start, and no other process has them.
    public void saveForSession(Profile profile, Map<String, Secret> secretsGiven)
            throws OperatorException {
        var before = before(profile);
        var available = new LinkedHashMap<>(secrets.availableOf(before));
        available.putAll(secretsGiven);
        rules.check(profile, available, before);
        audited("profile saved", profile, details(profile, "session"));
        secrets.remember(profile.name(), secretsGiven);
        change(() -> folder.write(before(profile).with(lasting(profile))));
    }

    /// Writes a profile that vanishes with this process, also when it is killed. Not audited: it
    /// belongs to a demo.
    ///
    /// @throws OperatorException REFUSED when there is a profile of this name
    public void saveTemporary(Profile profile) throws OperatorException {
        folder.list();
        rules.check(profile, Map.of(), StoredProfile.of(profile, Map.of()));
        change(
                () -> {
                    if (folder.occupied(profile.name())) {
                        throw new OperatorException(
                                Kind.REFUSED,
                                "There is a profile '" + profile.name() + "' already.",
                                "Choose another name, or remove that one.");
                    }
                    folder.write(
                            new StoredProfile(
                                    withTemporary(profile, true),
                                    List.of(),
                                    Map.of(),
                                    false,
                                    ProcessId.current()));
                });
    }

    /// What is stored under the name, to keep what the new version does not say.
    private StoredProfile before(Profile profile) throws OperatorException {
        var found = stored(profile.name());
        if (found.isPresent()) {
            if (found.get().process() != null) {
                throw new OperatorException(
                        Kind.REFUSED,
                        "The profile '" + profile.name() + "' belongs to a running demo.",
                        "Save it under another name.");
            }
            return found.get();
        }
        if (folder.occupied(profile.name())) {
            throw new OperatorException(
                    Kind.REFUSED,
                    "There is a file " + folder.file(profile.name()) + " that cannot be read.",
                    "Correct it or move it away, then save the profile again; it is never overwritten.");
        }
        return StoredProfile.of(profile, Map.of());
    }

    /// What it depends on is read within; whoever follows the profiles hears of it afterwards.
    private void change(ProfileLock.Change change) throws OperatorException {
        folder.lock().alone(change);
        changed();
    }

    private synchronized void changed() {
        if (watch != null) {
            changes.set(all());
        }
    }

    /// Removes the profile and its secrets.
    public void remove(String name) throws OperatorException {
        var stored = required(name);
        audited("profile removed", stored.profile(), Map.of("kind", stored.profile().kind()));
        secrets.remove(stored);
        change(() -> folder.delete(name));
    }

    /// Takes a temporary profile of this process away before the process ends.
    public void removeTemporary(String name) {
        stored(name)
                .filter(stored -> ProcessId.current().equals(stored.process()))
                .ifPresent(
                        _ -> {
                            folder.delete(name);
                            changed();
                        });
    }

    /// Marks a queue as a dead-letter queue, or as none; null takes the mark back.
    public void mark(String profile, String queue, @Nullable Boolean deadLetter)
            throws OperatorException {
        required(profile);
        var marked = deadLetter == null ? "none" : deadLetter ? "dead letters" : "no dead letters";
        audit.append("queue marked", profile, queue, null, "", Map.of("mark", marked));
        change(
                () -> {
                    var stored = required(profile);
                    folder.write(stored.with(marked(stored.profile(), queue, deadLetter)));
                });
    }

    private static Profile marked(Profile before, String queue, @Nullable Boolean deadLetter) {
        var marks = new TreeMap<>(before.marks());
        if (deadLetter == null) {
            marks.remove(queue);
        } else {
            marks.put(queue, deadLetter);
        }
        return new Profile(
                before.name(),
                before.kind(),
                before.environment(),
                before.values(),
                before.deadLetterPatterns(),
                marks,
                before.temporary());
    }

    /// Whether the operator agreed, for all queues of this profile, to what looking costs.
    public boolean alwaysLooks(String name) {
        return stored(name).filter(StoredProfile::alwaysLook).isPresent();
    }

    /// The operator agrees, for all queues of this profile, to what looking costs. Holds until the
    /// profile is removed, or reaches its broker in another way; where it does so already, nothing
    /// is agreed.
    ///
    /// @param asked as it was when the operator was told the cost
    public void alwaysLook(Profile asked) throws OperatorException {
        change(
                () -> {
                    var stored = required(asked.name());
                    if (stored.profile().isSameBroker(asked)) {
                        folder.write(stored.alwaysLooking());
                    }
                });
    }

    /// All profiles but temporary ones, without secrets, as one JSON file.
    public int exportTo(Path file) throws OperatorException {
        var lasting =
                folder.list().profiles().stream()
                        .filter(stored -> stored.process() == null)
                        .toList();
        ProfileExchange.write(file, lasting);
        audit.append(
                "profiles exported",
                null,
                null,
                null,
                "",
                Map.of("profiles", Integer.toString(lasting.size())));
        return lasting.size();
    }

    /// Adds the profiles of an exported file; existing names are refused, none is overwritten.
    /// Secrets that were in a keychain have to be given again.
    ///
    /// @return the names added
    public List<String> importFrom(Path file) throws OperatorException {
        var read = ProfileExchange.read(file);
        change(() -> add(read));
        return read.stream().map(stored -> stored.profile().name()).toList();
    }

    private void add(List<StoredProfile> read) throws OperatorException {
        for (var stored : read) {
            if (folder.occupied(stored.profile().name())) {
                throw new OperatorException(
                        Kind.REFUSED,
                        "There is a profile '"
                                + stored.profile().name()
                                + "' already; nothing was imported.",
                        "Remove or rename one of the two.");
            }
            rules.schema(stored.profile().kind());
        }
        for (var stored : read) {
            audited("profile imported", stored.profile(), details(stored.profile(), "none"));
            folder.write(stored);
        }
    }

    /// What to open a connection with.
    ///
    /// @throws OperatorException NOT_FOUND for an unknown profile, WRONG_USE for a secret that
    ///     cannot be had
    Settings settings(String name) throws OperatorException {
        var stored = required(name);
        return new Settings(stored.profile().values(), secrets.of(stored));
    }

    /// The secret fields of a saved profile that have a value, wherever it is kept. Blocks for the
    /// keychain.
    public Set<String> secretFields(String name) {
        return Set.copyOf(knownSecrets(name).keySet());
    }

    /// The secrets of a stored profile that can be had now, for a diagnosis of an edited one.
    Map<String, Secret> knownSecrets(String name) {
        return stored(name).map(secrets::availableOf).orElse(Map.of());
    }

    private static Profile lasting(Profile profile) {
        return withTemporary(profile, false);
    }

    private static Profile withTemporary(Profile profile, boolean temporary) {
        return new Profile(
                profile.name(),
                profile.kind(),
                profile.environment(),
                profile.values(),
                profile.deadLetterPatterns(),
                profile.marks(),
                temporary);
    }

    private void audited(String act, Profile profile, Map<String, String> details) {
        audit.append(act, profile.name(), null, null, "", details);
    }

    private static Map<String, String> details(Profile profile, String secretsFrom) {
        return Map.of(
                "kind",
                profile.kind(),
                "environment",
                profile.environment().name(),
                "secrets",
                secretsFrom);
    }

    /// Ends the watch for changes.
    @Override
    public synchronized void close() {
        betweenLooks.close();
    }

    /// @param sentence what is wrong with it, with line and column where known
    public record Unreadable(Path file, String sentence) {}
}
