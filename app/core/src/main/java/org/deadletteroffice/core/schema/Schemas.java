package org.deadletteroffice.core.schema;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.deadletteroffice.spi.profile.Settings;

/// Where the schemas of one profile's messages come from. Blocks for at most the registry's
/// timeout; thread-safe.
public interface Schemas {
    /// No place was named.
    Schemas NONE =
            _ ->
                    new Answer.Missing(
                            "No schema registry is set for this profile, so its fields cannot be"
                                    + " read");

    Answer find(SchemaRef ref);

    /// What became of asking.
    sealed interface Answer {
        record Found(SchemaText schema) implements Answer {}

        /// Asked, and not there.
        ///
        /// @param reason a sentence without its full stop
        record Missing(String reason) implements Answer {}

        /// It could not be asked now.
        ///
        /// @param reason a sentence without its full stop
        record Unreachable(String reason) implements Answer {}
    }

    /// The files and the registry that a profile names, with what was found kept.
    static Schemas of(Settings profile) {
        var settings = new RegistrySettings(profile);
        var files = settings.folder().<Schemas>map(SchemaFiles::new);
        if (settings.kind() == RegistrySettings.Kind.NONE) {
            return files.<Schemas>map(CachedSchemas::new).orElse(NONE);
        }
        var registry =
                settings.kind() == RegistrySettings.Kind.SERVICE
                        ? service(settings, profile)
                        : client(settings);
        var asked = new CachedSchemas(registry);
        return files.<Schemas>map(first -> new CachedSchemas(inTurn(first, asked))).orElse(asked);
    }

    private static Schemas client(RegistrySettings settings) {
        try {
            return new RegistryClient(settings);
        } catch (IOException | GeneralSecurityException unusable) {
            var sentence =
                    "The certificates for the schema registry cannot be used: "
                            + unusable.getMessage();
            return _ -> new Answer.Missing(sentence);
        }
    }

    private static Schemas service(RegistrySettings settings, Settings profile) {
        var named = settings.named();
        var service = SchemaServices.of(named);
        if (service.isEmpty()) {
            return _ ->
                    new Answer.Missing(
                            "There is no schema registry of the kind '" + named + "' here");
        }
        try {
            return new ServiceSchemas(named, service.get().open(profile));
        } catch (IllegalArgumentException wrong) {
            return _ ->
                    new Answer.Missing(
                            "The settings of the schema registry %s make no sense: %s"
                                    .formatted(named, wrong.getMessage()));
        }
    }

    /// The schema in a file of the operator's, read anew each time.
    static Answer inFile(Path file) {
        return SchemaFiles.in(file);
    }

    private static Schemas inTurn(Schemas first, Schemas then) {
        return ref -> first.find(ref) instanceof Answer.Found found ? found : then.find(ref);
    }
}
