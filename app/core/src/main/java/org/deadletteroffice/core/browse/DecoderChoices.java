package org.deadletteroffice.core.browse;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.deadletteroffice.core.UserSettings;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Which decoder the operator chose for a queue; kept in the settings. Thread-safe.
public final class DecoderChoices {
    private static final String PREFIX = "decoder:";

    private final UserSettings settings;

    /// The settings are a file, and a scan asks for each message.
    private final Map<QueueRef, String> known = new ConcurrentHashMap<>();

    public DecoderChoices(UserSettings settings) {
        this.settings = settings;
    }

    /// The name of a decoder; empty where it is chosen by headers and content.
    public Optional<String> of(QueueRef queue) {
        var name = known.computeIfAbsent(queue, it -> settings.get(key(it)).orElse(""));
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /// Written durably before it returns.
    ///
    /// @param decoder null to let it be chosen again
    public void choose(QueueRef queue, @Nullable String decoder) {
        var name = decoder == null ? "" : decoder;
        settings.put(key(queue), name);
        known.put(queue, name);
    }

    private static String key(QueueRef queue) {
        return PREFIX + queue.profile() + "/" + queue.name();
    }
}
