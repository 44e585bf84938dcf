package org.deadletteroffice.core.profile;

import java.util.List;
import java.util.Map;
import org.deadletteroffice.core.store.ProcessId;
import org.jspecify.annotations.Nullable;

/// A profile and where its secrets come from.
///
/// @param keychain names of the secret fields whose values are in the system keychain
/// @param variables secret field → environment variable that holds its value
/// @param process the process whose end takes a temporary profile away; null for a lasting one
record StoredProfile(
        Profile profile,
        List<String> keychain,
        Map<String, String> variables,
        @Nullable ProcessId process) {
    StoredProfile {
        keychain = List.copyOf(keychain);
        variables = Map.copyOf(variables);
    }

    StoredProfile with(Profile changed) {
        return new StoredProfile(changed, keychain, variables, process);
    }
}
