package org.deadletteroffice.core.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.deadletteroffice.core.store.ProcessId;
import org.jspecify.annotations.Nullable;

/// A profile as it stands in its file.
///
/// @param keychain names of the secret fields whose values are in the system keychain
/// @param variables secret field → environment variable that holds its value
/// @param alwaysLook true where the operator agreed to what looking costs; else null
/// @param process the process of a temporary profile; null for a lasting one
record ProfileFile(
        @Nullable String name,
        @Nullable String kind,
        @Nullable String environment,
        @Nullable Map<String, String> values,
        @Nullable List<String> keychain,
        @Nullable Map<String, String> variables,
        @Nullable List<String> deadLetterPatterns,
        @Nullable Map<String, Boolean> marks,
        @Nullable Boolean alwaysLook,
        @Nullable Owner process) {
    static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                    .build();

    record Owner(long pid, String started) {
        ProcessId id() {
            return new ProcessId(pid, Instant.parse(started));
        }
    }

    static ProfileFile of(StoredProfile stored) {
        var profile = stored.profile();
        var process = stored.process();
        return new ProfileFile(
                profile.name(),
                profile.kind(),
                profile.environment().name().toLowerCase(Locale.ROOT),
                profile.values(),
                stored.keychain().isEmpty() ? null : stored.keychain(),
                stored.variables().isEmpty() ? null : stored.variables(),
                profile.deadLetterPatterns().isEmpty() ? null : profile.deadLetterPatterns(),
                profile.marks().isEmpty() ? null : profile.marks(),
                stored.alwaysLook() ? true : null,
                process == null ? null : new Owner(process.pid(), process.started().toString()));
    }

    byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static ProfileFile parse(byte[] content) throws NotAProfile {
        try {
            var file = JSON.readValue(content, ProfileFile.class);
            if (file == null) {
                throw new NotAProfile("it is empty");
            }
            return file;
        } catch (JsonProcessingException nonsense) {
            var where = nonsense.getLocation();
            var place =
                    where == null
                            ? ""
                            : "line "
                                    + where.getLineNr()
                                    + ", column "
                                    + where.getColumnNr()
                                    + ": ";
            throw new NotAProfile(place + firstSentence(nonsense.getOriginalMessage()));
        } catch (java.io.IOException unreadable) {
            throw new NotAProfile("it cannot be read: " + unreadable.getMessage());
        }
    }

    /// The parser adds what a programmer wants to know after the first sentence or in parentheses.
    private static String firstSentence(String message) {
        var end = message.indexOf(" (");
        var first = end < 0 ? message : message.substring(0, end);
        return first.lines().findFirst().orElse("").replaceAll("\\s+", " ");
    }

    /// @throws NotAProfile naming what is missing or wrong
    StoredProfile stored() throws NotAProfile {
        if (name == null || kind == null) {
            throw new NotAProfile("'" + (name == null ? "name" : "kind") + "' is missing");
        }
        if (!ProfileNames.areValid(name)) {
            throw new NotAProfile("the name '" + name + "' is none: " + ProfileNames.RULE);
        }
        var given = (environment == null ? "development" : environment).toUpperCase(Locale.ROOT);
        Environment level;
        try {
            level = Environment.valueOf(given);
        } catch (IllegalArgumentException unknown) {
            throw new NotAProfile(
                    "the environment is development, staging or production, not '"
                            + environment
                            + "'");
        }
        if (hasNull(values) || hasNull(variables) || hasNull(marks)) {
            throw new NotAProfile("a value is null; leave out what is not there");
        }
        ProcessId owner;
        try {
            owner = process == null ? null : process.id();
        } catch (java.time.format.DateTimeParseException | NullPointerException noTime) {
            throw new NotAProfile("'process.started' is no time");
        }
        return new StoredProfile(
                new Profile(
                        name,
                        kind,
                        level,
                        Objects.requireNonNullElse(values, Map.of()),
                        Objects.requireNonNullElse(deadLetterPatterns, List.of()),
                        Objects.requireNonNullElse(marks, Map.of()),
                        owner != null),
                Objects.requireNonNullElse(keychain, List.of()),
                Objects.requireNonNullElse(variables, Map.of()),
                Boolean.TRUE.equals(alwaysLook),
                owner);
    }

    @SuppressWarnings("NullAway") // what Jackson reads may hold nulls whatever its type says
    private static boolean hasNull(@Nullable Map<String, ?> map) {
        return map != null && map.values().stream().anyMatch(Objects::isNull);
    }

    /// A file that is none; the message goes after "The profile file X cannot be read: ".
    static final class NotAProfile extends Exception {
        NotAProfile(String message) {
            super(message);
        }
    }
}
