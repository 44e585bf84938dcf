package org.deadletteroffice.core.profile;

import java.util.List;
import java.util.Map;
import org.deadletteroffice.core.store.ProcessId;
import org.jspecify.annotations.Nullable;

/// A profile and where its secrets come from.
///
/// @param keychain names of the secret fields whose values are in the system keychain
/// @param variables secret field → environment variable that holds its value
/// @param alwaysLook whether the operator agreed, for all queues, to what looking costs
/// @param process the process whose end takes a temporary profile away; null for a lasting one
record StoredProfile(
        Profile profile,
        List<String> keychain,
        Map<String, String> variables,
        boolean alwaysLook,
        @Nullable ProcessId process) {
    StoredProfile {
        keychain = List.copyOf(keychain);
        variables = Map.copyOf(variables);
    }

    /// As a file of profiles, or somebody who has agreed to nothing yet, has it.
    static StoredProfile of(Profile profile, Map<String, String> variables) {
        return new StoredProfile(profile, List.of(), variables, false, null);
    }

    StoredProfile with(Profile changed) {
        return with(changed, keychain, variables);
    }

    /// What looking costs was agreed to for the broker it was, and for its settings.
    StoredProfile with(Profile changed, List<String> inKeychain, Map<String, String> named) {
        var agreed = alwaysLook && changed.isSameBroker(profile);
        return new StoredProfile(changed, inKeychain, named, agreed, process);
    }

    StoredProfile alwaysLooking() {
        return new StoredProfile(profile, keychain, variables, true, process);
    }
}
