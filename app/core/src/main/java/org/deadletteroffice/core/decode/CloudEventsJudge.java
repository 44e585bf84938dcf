package org.deadletteroffice.core.decode;

import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks the CloudEvents SDK whether an event is one. Its readings are not shown (they lose number
/// text, member order and unknown members), only its complaints. Apart from the decoder so that the
/// SDK is loaded when the first event is met.
final class CloudEventsJudge {

    /// What the SDK says against an event in the JSON format; empty when it takes it.
    static Optional<String> complaintAbout(byte[] json) {
        try {
            var format = EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE);
            if (format == null) {
                throw new IllegalStateException("cloudevents-json-jackson is on the class path");
            }
            format.deserialize(json);
            return Optional.empty();
        } catch (RuntimeException refused) {
            return Optional.of(sentence(refused));
        }
    }

    /// What the SDK says against the attributes of an event in binary mode.
    static Optional<String> complaintAbout(
            Map<String, String> attributes, @Nullable String contentType) {
        var version = attributes.getOrDefault("specversion", "");
        try {
            var builder = CloudEventBuilder.fromSpecVersion(SpecVersion.parse(version));
            for (var attribute : attributes.entrySet()) {
                if (!attribute.getKey().equals("specversion")) {
                    builder.withContextAttribute(attribute.getKey(), attribute.getValue());
                }
            }
            if (contentType != null) {
                builder.withContextAttribute("datacontenttype", contentType);
            }
            builder.build();
            return Optional.empty();
        } catch (RuntimeException refused) {
            return Optional.of(sentence(refused));
        }
    }

    private static String sentence(Throwable refused) {
        var root = refused;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        var text = root.getMessage() == null ? refused.getMessage() : root.getMessage();
        var line =
                (text == null ? root.getClass().getSimpleName() : text)
                        .lines()
                        .findFirst()
                        .orElse("");
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }

    private CloudEventsJudge() {}
}
