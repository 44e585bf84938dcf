package org.deadletteroffice.core.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.core.UserSettings;
import org.deadletteroffice.core.audit.AuditTrail;
import org.deadletteroffice.spi.message.QueueRef;

/// The header policies that the operator saved, one a queue.
public final class HeaderPolicies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final UserSettings settings;
    private final AuditTrail audit;

    public HeaderPolicies(UserSettings settings, AuditTrail audit) {
        this.settings = settings;
        this.audit = audit;
    }

    /// Empty where none is saved, or none that can be read.
    public Optional<HeaderPolicy> of(QueueRef queue) {
        return settings.get(name(queue)).filter(text -> !text.isEmpty()).flatMap(this::read);
    }

    private Optional<HeaderPolicy> read(String text) {
        try {
            var root = JSON.readTree(text);
            return Optional.of(
                    new HeaderPolicy(
                            root.path("keepFailureHeaders").asBoolean(),
                            root.path("keepTimestamp").asBoolean(),
                            HeaderEditJson.read(root.path("edits"))));
        } catch (JsonProcessingException | IllegalArgumentException nonsense) {
            return Optional.empty();
        }
    }

    /// Durable when it returns; the trail says what it was and what it is.
    public void save(QueueRef queue, HeaderPolicy policy) {
        var root = JSON.createObjectNode();
        root.put("keepFailureHeaders", policy.keepFailureHeaders());
        root.put("keepTimestamp", policy.keepTimestamp());
        HeaderEditJson.write(root.putArray("edits"), policy.edits());
        put(queue, root.toString());
    }

    /// Back to [HeaderPolicy#PRESET].
    public void forget(QueueRef queue) {
        put(queue, "");
    }

    private void put(QueueRef queue, String text) {
        var before = settings.get(name(queue)).orElse("");
        if (before.equals(text)) {
            return;
        }
        settings.put(name(queue), text);
        audit.append(
                "header policy saved",
                queue.profile(),
                queue.name(),
                null,
                "",
                Map.of("before", before, "after", text));
    }

    private static String name(QueueRef queue) {
        return "headers/" + queue.profile() + "/" + queue.name();
    }
}
