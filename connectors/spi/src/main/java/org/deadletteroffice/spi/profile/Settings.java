package org.deadletteroffice.spi.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The values of a profile's fields. Secrets stand apart, so that writing `values` out can never
/// leak one.
public record Settings(Map<String, String> values, Map<String, Secret> secrets) {
    public static final Settings EMPTY = new Settings(Map.of(), Map.of());

    public Settings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
    }

    public static Settings of(Map<String, String> values) {
        return new Settings(values, Map.of());
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    public Optional<Secret> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    public Settings with(String name, String value) {
        var changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return new Settings(changed, secrets);
    }

    public Settings withSecret(String name, Secret value) {
        var changed = new LinkedHashMap<>(secrets);
        changed.put(name, value);
        return new Settings(values, changed);
    }
}
