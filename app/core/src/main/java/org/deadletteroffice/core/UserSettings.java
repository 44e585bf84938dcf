package org.deadletteroffice.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deadletteroffice.core.store.DurableFile;
import org.deadletteroffice.core.store.StoreException;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settings of this user that are no secret and belong to no profile (theme, operator name, default
/// limits): one small file in the data folder, kept aside when unreadable.
public final class UserSettings {
    private static final Logger LOG = LoggerFactory.getLogger(UserSettings.class);
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path file;
    private final Clock clock;

    public UserSettings(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    public synchronized Optional<String> get(String name) {
        return Optional.ofNullable(read().get(name));
    }

    /// Those whose names begin so, by the rest of the name.
    public synchronized SortedMap<String, String> startingWith(String prefix) {
        var found = new TreeMap<String, String>();
        read().forEach(
                        (name, value) -> {
                            if (name.startsWith(prefix)) {
                                found.put(name.substring(prefix.length()), value);
                            }
                        });
        return found;
    }

    /// Written durably before it returns.
    ///
    /// @throws StoreUnavailable when the file cannot be written
    public synchronized void put(String name, String value) {
        var values = new TreeMap<>(read());
        values.put(name, value);
        try {
            DurableFile.write(
                    file, JSON.writeValueAsString(values).getBytes(StandardCharsets.UTF_8));
        } catch (IOException notWritten) {
            throw new StoreUnavailable(
                    new StoreException(
                            "The settings could not be written to " + file + ".",
                            "Free some space on this disk, or make the folder writable, and change the setting again.",
                            notWritten));
        }
    }

    private Map<String, String> read() {
        try {
            Map<String, @Nullable String> read =
                    JSON.readValue(
                            Files.readString(file),
                            new TypeReference<TreeMap<String, @Nullable String>>() {});
            var values = new TreeMap<String, String>();
            read.forEach(
                    (name, value) -> {
                        if (value != null) {
                            values.put(name, value);
                        }
                    });
            return values;
        } catch (NoSuchFileException none) {
            return Map.of();
        } catch (JsonProcessingException nonsense) {
            keepAside(nonsense);
            return Map.of();
        } catch (IOException unreadable) {
            LOG.warn("The settings in {} cannot be read; the presets are used.", file, unreadable);
            return Map.of();
        }
    }

    private void keepAside(JsonProcessingException nonsense) {
        var kept = file.resolveSibling("settings.unreadable-" + clock.millis() + ".json");
        try {
            Files.move(file, kept);
            LOG.warn(
                    "The settings make no sense (line {}); they are kept as {} and the presets are used.",
                    nonsense.getLocation() == null ? "?" : nonsense.getLocation().getLineNr(),
                    kept);
        } catch (IOException stays) {
            LOG.warn("The settings in {} make no sense and cannot be moved aside.", file, stays);
        }
    }
}
