package org.deadletteroffice.desktop.connect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;

/// What was typed into the form of a kind of broker, read as its settings.
///
/// @param typed by field, as typed
/// @param typedSecrets by secret field: the secret, or the name of its variable
/// @param kept secret fields whose value is kept from before
record Entries(
        ProfileSchema schema,
        Map<String, String> typed,
        Map<String, String> typedSecrets,
        Set<String> kept) {
    Entries {
        typed = Map.copyOf(typed);
        typedSecrets = Map.copyOf(typedSecrets);
        kept = Set.copyOf(kept);
    }

    /// Field → what is wrong with it, in the form's order; to be added to.
    Map<String, String> problems() {
        var known = new LinkedHashMap<String, Secret>();
        kept.forEach(field -> known.put(field, new Secret("kept")));
        known.putAll(secrets());
        var wrong = new LinkedHashMap<String, String>();
        for (var problem : schema.validate(new Settings(values(), known))) {
            wrong.put(problem.field(), problem.sentence());
        }
        return wrong;
    }

    /// Without blanks around, and without what was left blank or belongs to another kind.
    Map<String, String> values() {
        var filled = new LinkedHashMap<String, String>();
        for (var field : schema.fields()) {
            var value = typed.get(field.name());
            if (value != null && !value.isBlank() && field.type() != Field.Type.SECRET) {
                filled.put(field.name(), value.trim());
            }
        }
        return filled;
    }

    /// What was typed as the secrets themselves.
    Map<String, Secret> secrets() {
        var given = new LinkedHashMap<String, Secret>();
        typedSecrets.forEach((field, value) -> given.put(field, new Secret(value)));
        return given;
    }

    /// What was typed as names of variables: what these hold, if anything.
    Map<String, Secret> secretsFrom(Map<String, String> environment) {
        var given = new LinkedHashMap<String, Secret>();
        typedSecrets.forEach(
                (field, variable) -> {
                    var value = environment.get(variable);
                    if (value != null) {
                        given.put(field, new Secret(value));
                    }
                });
        return given;
    }

    /// Names the fields alone: a secret may have been typed into any of them.
    @Override
    public String toString() {
        return "Entries of " + typed.keySet() + " and " + typedSecrets.keySet();
    }
}
