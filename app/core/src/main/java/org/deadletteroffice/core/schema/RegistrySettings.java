package org.deadletteroffice.core.schema;

import static org.deadletteroffice.spi.profile.Field.choice;
import static org.deadletteroffice.spi.profile.Field.file;
import static org.deadletteroffice.spi.profile.Field.secret;
import static org.deadletteroffice.spi.profile.Field.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;

/// The schema registry and the schema files of a profile: fields that stand beside those of every
/// kind of broker, since messages with schemas are found on each.
public final class RegistrySettings {
    private static final String GROUP = "Schemas";
    private static final String KIND = "registry";
    private static final String URL = "registryUrl";
    private static final String SIGN_IN = "registrySignIn";
    private static final String[] ASKED = {"CONFLUENT", "APICURIO"};
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final List<Field> OWN =
            List.of(
                    choice(KIND, "Schema registry", kinds())
                            .help(
                                    "CONFLUENT also for Karapace, Redpanda and Apicurio's"
                                            + " compatible API.")
                            .in(GROUP),
                    text(URL, "Registry address")
                            .hint("https://registry.example.org:8081")
                            .help("For Apicurio with its path, /apis/registry/v3.")
                            .mandatory()
                            .shownWhen(KIND, ASKED)
                            .in(GROUP),
                    choice(SIGN_IN, "Registry sign-in", List.of("NONE", "BASIC", "BEARER"))
                            .shownWhen(KIND, ASKED)
                            .in(GROUP),
                    text("registryUser", "Registry user").shownWhen(SIGN_IN, "BASIC").in(GROUP),
                    secret("registryPassword", "Registry password")
                            .shownWhen(SIGN_IN, "BASIC")
                            .in(GROUP),
                    secret("registryToken", "Registry token")
                            .shownWhen(SIGN_IN, "BEARER")
                            .in(GROUP),
                    file("registryTrust", "Trusted certificates of the registry")
                            .help("PEM; left empty, the system's are trusted.")
                            .shownWhen(KIND, ASKED)
                            .in(GROUP),
                    file("registryIdentity", "Client certificate for the registry")
                            .help("PKCS12, for registries that demand mutual TLS.")
                            .shownWhen(KIND, ASKED)
                            .in(GROUP),
                    secret("registryIdentityPassword", "Password of that certificate")
                            .shownWhen(KIND, ASKED)
                            .in(GROUP),
                    file("schemaFolder", "Folder of schema files")
                            .help(
                                    "Files like 41.avsc, 41.proto, 41.desc or 41.json, named by"
                                            + " schema id; tried before the registry.")
                            .in(GROUP));

    private static final List<Field> FIELDS = withServices();

    private static final Set<String> NAMES =
            FIELDS.stream().map(Field::name).collect(Collectors.toUnmodifiableSet());

    private static List<String> kinds() {
        var kinds = new ArrayList<>(List.of("NONE"));
        kinds.addAll(List.of(ASKED));
        SchemaServices.all().forEach(service -> kinds.add(service.kind()));
        return kinds;
    }

    private static List<Field> withServices() {
        var all = new ArrayList<>(OWN);
        for (var service : SchemaServices.all()) {
            for (var field : service.fields()) {
                var shown =
                        field.shownWhen() == null ? field.shownWhen(KIND, service.kind()) : field;
                // Before the files, which stand last.
                all.add(all.size() - 1, shown.in(GROUP));
            }
        }
        return List.copyOf(all);
    }

    private final Settings settings;

    public RegistrySettings(Settings settings) {
        this.settings = settings;
    }

    /// A broker's fields with these behind them.
    public static ProfileSchema beside(ProfileSchema broker) {
        var all = new ArrayList<>(broker.fields());
        all.addAll(FIELDS);
        return ProfileSchema.of(all.toArray(Field[]::new));
    }

    /// What is the broker's alone.
    public static Settings without(Settings settings) {
        return new Settings(others(settings.values(), false), others(settings.secrets(), false));
    }

    /// What is the registry's alone: two profiles' schemas come from the same place when these are
    /// equal.
    public static Settings only(Settings settings) {
        return new Settings(others(settings.values(), true), others(settings.secrets(), true));
    }

    private static <V> Map<String, V> others(Map<String, V> values, boolean own) {
        var kept = new LinkedHashMap<String, V>();
        values.forEach(
                (name, value) -> {
                    if (NAMES.contains(name) == own) {
                        kept.put(name, value);
                    }
                });
        return kept;
    }

    enum Kind {
        NONE,
        CONFLUENT,
        APICURIO,
        /// One that is on the class path.
        SERVICE
    }

    Kind kind() {
        return switch (settings.get(KIND).orElse("NONE")) {
            case "NONE", "" -> Kind.NONE;
            case "CONFLUENT" -> Kind.CONFLUENT;
            case "APICURIO" -> Kind.APICURIO;
            default -> Kind.SERVICE;
        };
    }

    /// What the profile calls its registry.
    String named() {
        return settings.get(KIND).orElse("NONE");
    }

    /// Without a slash at its end.
    String url() {
        return settings.get(URL).orElse("").replaceAll("/+$", "");
    }

    /// The header that signs in; empty where none is asked for.
    Optional<Secret> authorization() {
        return switch (settings.get(SIGN_IN).orElse("NONE")) {
            case "BASIC" -> {
                var pair =
                        settings.get("registryUser").orElse("")
                                + ":"
                                + secretOf("registryPassword");
                yield Optional.of(
                        new Secret(
                                "Basic "
                                        + java.util.Base64.getEncoder()
                                                .encodeToString(
                                                        pair.getBytes(
                                                                java.nio.charset.StandardCharsets
                                                                        .UTF_8))));
            }
            case "BEARER" -> Optional.of(new Secret("Bearer " + secretOf("registryToken")));
            default -> Optional.empty();
        };
    }

    private String secretOf(String name) {
        return settings.secret(name).map(Secret::reveal).orElse("");
    }

    Optional<Path> trust() {
        return settings.get("registryTrust").map(Path::of);
    }

    Optional<Path> identity() {
        return settings.get("registryIdentity").map(Path::of);
    }

    char[] identityPassword() {
        return secretOf("registryIdentityPassword").toCharArray();
    }

    Optional<Path> folder() {
        return settings.get("schemaFolder").map(Path::of);
    }

    Duration timeout() {
        return TIMEOUT;
    }
}
