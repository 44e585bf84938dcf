package org.deadletteroffice.core.profile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.Plugins;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;

/// What a profile has to be before it is stored: named well, of a kind there is, its fields right,
/// its secrets apart.
final class ProfileRules {
    private final Plugins plugins;

    ProfileRules(Plugins plugins) {
        this.plugins = plugins;
    }

    /// @param known the secrets that can be had or were just given
    /// @param before what is stored under the name
    /// @throws OperatorException WRONG_USE for a name that cannot be one, a field that is wrong or
    ///     missing, a secret among the settings; NOT_FOUND for an unknown kind
    void check(Profile profile, Map<String, Secret> known, StoredProfile before)
            throws OperatorException {
        if (!ProfileNames.areValid(profile.name())) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    "'" + profile.name() + "' cannot be the name of a profile.",
                    "Choose another: " + ProfileNames.RULE + ".");
        }
        var schema = schema(profile.kind());
        var secrets = withThoseKept(known, before);
        checkFields(schema, new Settings(profile.values(), secrets));
        for (var field : secrets.keySet()) {
            if (!isSecret(schema, field)) {
                throw new OperatorException(
                        Kind.WRONG_USE,
                        "'" + field + "' is no secret of the kind " + profile.kind() + ".",
                        "Its secrets are: "
                                + schema.fields().stream()
                                        .filter(found -> found.type() == Field.Type.SECRET)
                                        .map(Field::name)
                                        .collect(Collectors.joining(", "))
                                + ".");
            }
        }
        // A secret among the values would be written to the file.
        for (var field : profile.values().keySet()) {
            if (isSecret(schema, field)) {
                throw new OperatorException(
                        Kind.WRONG_USE,
                        "'" + field + "' is a secret and does not belong among the settings.",
                        "Give it with --secret "
                                + field
                                + " or --secret-env "
                                + field
                                + "=VARIABLE.");
            }
        }
    }

    /// Kept elsewhere though not to be had just now: not missing.
    private static Map<String, Secret> withThoseKept(
            Map<String, Secret> known, StoredProfile before) {
        var all = new LinkedHashMap<>(known);
        before.keychain().forEach(field -> all.putIfAbsent(field, new Secret("in the keychain")));
        before.variables()
                .keySet()
                .forEach(field -> all.putIfAbsent(field, new Secret("in the environment")));
        return all;
    }

    private static void checkFields(ProfileSchema schema, Settings settings)
            throws OperatorException {
        var problems = schema.validate(settings);
        if (!problems.isEmpty()) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    problems.stream()
                            .map(ProfileSchema.Problem::sentence)
                            .collect(Collectors.joining(" ")),
                    "Correct "
                            + problems.stream()
                                    .map(ProfileSchema.Problem::field)
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
    }

    private static boolean isSecret(ProfileSchema schema, String field) {
        return schema.field(field).filter(found -> found.type() == Field.Type.SECRET).isPresent();
    }

    /// @throws OperatorException NOT_FOUND, naming the kinds there are
    ProfileSchema schema(String kind) throws OperatorException {
        var connector = plugins.connector(kind);
        if (connector.isEmpty()) {
            throw noConnector(plugins, kind);
        }
        return connector.get().schema();
    }

    static OperatorException noConnector(Plugins plugins, String kind) {
        var kinds =
                plugins.connectors().stream()
                        .map(Connector::kind)
                        .collect(Collectors.joining(", "));
        return new OperatorException(
                Kind.NOT_FOUND,
                "There is no broker kind '" + kind + "'.",
                kinds.isEmpty() ? "No connector is installed." : "Choose one of: " + kinds + ".");
    }
}
