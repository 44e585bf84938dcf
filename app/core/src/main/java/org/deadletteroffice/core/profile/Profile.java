package org.deadletteroffice.core.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A broker that the operator works with. Holds no secret.
///
/// @param name unique; letters, digits, `.`, `_`, `-`
/// @param kind [org.deadletteroffice.spi.connector.Connector#kind]
/// @param values of the connector's fields, secrets left out
/// @param deadLetterPatterns glob patterns of names that are dead-letter queues, besides what the
///     broker tells; empty: the built-in ones
/// @param marks queues that the operator called dead-letter queues (true) or not (false), stronger
///     than any pattern
/// @param temporary made by a running demo, gone when it ends
public record Profile(
        String name,
        String kind,
        Environment environment,
        Map<String, String> values,
        List<String> deadLetterPatterns,
        Map<String, Boolean> marks,
        boolean temporary) {
    public Profile {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        deadLetterPatterns = List.copyOf(deadLetterPatterns);
        marks = Collections.unmodifiableMap(new LinkedHashMap<>(marks));
    }

    public static Profile of(
            String name, String kind, Environment environment, Map<String, String> values) {
        return new Profile(name, kind, environment, values, List.of(), Map.of(), false);
    }

    /// Whether both reach the same broker in the same way, whatever they are called. All settings
    /// count: none says whether it decides which broker that is, and some that do not decide it,
    /// as a visibility timeout, decide what a look costs. Who is asked once too often loses
    /// nothing; what is done to another broker's messages cannot be undone.
    public boolean isSameBroker(Profile other) {
        return kind.equals(other.kind) && values.equals(other.values);
    }
}
