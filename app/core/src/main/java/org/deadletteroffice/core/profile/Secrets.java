package org.deadletteroffice.core.profile;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.spi.profile.Secret;
import org.jspecify.annotations.Nullable;

/// Where a profile's secrets come from: this process's memory first, then environment variables,
/// then the keychain.
final class Secrets {
    private final Keychain keychain;
    private final UnaryOperator<@Nullable String> environment;
    private final String folder;
    private final Map<String, Map<String, Secret>> session = new ConcurrentHashMap<>();

    /// @param folder tells data folders apart in the one keychain of the user
    Secrets(Keychain keychain, UnaryOperator<@Nullable String> environment, String folder) {
        this.keychain = keychain;
        this.environment = environment;
        this.folder = folder;
    }

    /// @throws OperatorException WRONG_USE naming the variable or secret that is not there
    Map<String, Secret> of(StoredProfile stored) throws OperatorException {
        var name = stored.profile().name();
        var found = new LinkedHashMap<String, Secret>();
        var inMemory = session.getOrDefault(name, Map.of());
        for (var reference : stored.variables().entrySet()) {
            if (inMemory.containsKey(reference.getKey())) {
                continue;
            }
            var value = environment.apply(reference.getValue());
            if (value == null) {
                throw new OperatorException(
                        Kind.WRONG_USE,
                        "The environment variable "
                                + reference.getValue()
                                + ", which holds '"
                                + reference.getKey()
                                + "' of the profile '"
                                + name
                                + "', is not set.",
                        "Set it before starting the program.");
            }
            found.put(reference.getKey(), new Secret(value));
        }
        for (var field : stored.keychain()) {
            if (inMemory.containsKey(field)) {
                continue;
            }
            var value = keychain.read(account(name, field));
            if (value.isEmpty()) {
                throw new OperatorException(
                        Kind.WRONG_USE,
                        "The system keychain does not give '"
                                + field
                                + "' of the profile '"
                                + name
                                + "'.",
                        "Unlock the keychain, or save the profile's secret again.");
            }
            found.put(field, value.get());
        }
        found.putAll(inMemory);
        return found;
    }

    /// Those that can be had now, without complaint about the others.
    Map<String, Secret> availableOf(StoredProfile stored) {
        try {
            return of(stored);
        } catch (OperatorException some) {
            return session.getOrDefault(stored.profile().name(), Map.of());
        }
    }

    /// @return the names of the fields that are in the keychain now
    Set<String> keep(StoredProfile before, Map<String, Secret> secrets) throws OperatorException {
        var name = before.profile().name();
        var kept = new TreeSet<>(before.keychain());
        if (secrets.isEmpty()) {
            return kept;
        }
        if (!keychain.isThere()) {
            throw new OperatorException(
                    Kind.REFUSED,
                    "There is no system keychain here to keep "
                            + String.join(", ", secrets.keySet())
                            + " in.",
                    "Name environment variables that hold them (--secret-env), or keep them for this session only.");
        }
        try {
            for (var secret : secrets.entrySet()) {
                keychain.write(account(name, secret.getKey()), secret.getValue());
                kept.add(secret.getKey());
            }
        } catch (Keychain.KeychainException refused) {
            throw new OperatorException(
                    Kind.REFUSED,
                    "The system keychain refused the secrets of the profile '" + name + "'.",
                    "Unlock the keychain and save again, or name environment variables that hold them.",
                    refused);
        }
        forgetSession(name);
        return kept;
    }

    void remember(String profile, Map<String, Secret> secrets) {
        session.merge(
                profile,
                Map.copyOf(secrets),
                (before, now) -> {
                    var both = new HashMap<>(before);
                    both.putAll(now);
                    return Map.copyOf(both);
                });
    }

    boolean hasSession(String profile) {
        return session.containsKey(profile);
    }

    void forgetSession(String profile) {
        session.remove(profile);
    }

    void remove(StoredProfile stored) {
        forgetSession(stored.profile().name());
        for (var field : stored.keychain()) {
            keychain.remove(account(stored.profile().name(), field));
        }
    }

    private String account(String profile, String field) {
        return folder + "#" + profile + "#" + field;
    }
}
