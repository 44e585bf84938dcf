package org.deadletteroffice.core.cause;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;

/// The failures below `failures/`, whose format its README tells.
final class LabelledFailures {
    private static final List<String> FILES =
            List.of(
                    "java-1",
                    "java-2",
                    "python",
                    "javascript",
                    "ruby",
                    "dotnet",
                    "go",
                    "headers",
                    "mixed",
                    "mixed-2",
                    "mixed-3",
                    "mixed-4",
                    "mixed-5",
                    "mixed-6",
                    "held-out-1",
                    "held-out-2",
                    "held-out-3",
                    "fresh-1",
                    "fresh-2");

    private static final Map<String, String> PREFIXES =
            Map.of(
                    "spring.", "kafka_dlt-exception-",
                    "connect.", "__connect.errors.exception.",
                    "amqp.", "x-exception-",
                    "masstransit.", "MT-Fault-",
                    "nservicebus.", "NServiceBus.ExceptionInfo.",
                    "quarkus.", "dead-letter-");

    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("type", "x-error-type"),
                    Map.entry("message", "x-error-message"),
                    Map.entry("trace", "x-error-stacktrace"),
                    Map.entry("spring.type", "kafka_dlt-exception-fqcn"),
                    Map.entry("spring.cause", "kafka_dlt-exception-cause-fqcn"),
                    Map.entry("spring.trace", "kafka_dlt-exception-stacktrace"),
                    Map.entry("connect.type", "__connect.errors.exception.class.name"),
                    Map.entry("connect.trace", "__connect.errors.exception.stacktrace"),
                    Map.entry("amqp.trace", "x-exception-stacktrace"),
                    Map.entry("masstransit.type", "MT-Fault-ExceptionType"),
                    Map.entry("masstransit.message", "MT-Fault-Message"),
                    Map.entry("masstransit.trace", "MT-Fault-StackTrace"),
                    Map.entry("nservicebus.type", "NServiceBus.ExceptionInfo.ExceptionType"),
                    Map.entry("nservicebus.message", "NServiceBus.ExceptionInfo.Message"),
                    Map.entry("nservicebus.trace", "NServiceBus.ExceptionInfo.StackTrace"),
                    Map.entry("quarkus.type", "dead-letter-exception-class-name"));

    /// What a framework writes beside the error, and is known by.
    private static final Map<String, Header> MARKS =
            Map.of(
                    "spring.", Header.of("kafka_dlt-original-topic", "orders"),
                    "connect.", Header.of("__connect.errors.topic", "orders"),
                    "amqp.", Header.of("x-original-routingKey", "orders"),
                    "masstransit.", Header.of("MT-Reason", "fault"),
                    "nservicebus.", Header.of("NServiceBus.FailedQ", "orders"));

    /// @param file where it stands
    record Labelled(String label, String file, DeadLetter letter) {
        /// Not looked at while the rules were made.
        boolean heldOut() {
            return file.startsWith("held-out");
        }

        /// Of the last set: written before the last change of the rules, measured after it.
        boolean fresh() {
            return file.startsWith("fresh");
        }

        String fingerprint() {
            return Fingerprint.of(Causes.standard().read(letter));
        }

        String told() {
            return Fingerprint.told(Causes.standard().read(letter));
        }
    }

    private final List<Labelled> all = new ArrayList<>();
    private final List<Header> headers = new ArrayList<>();
    private final Set<String> marked = new LinkedHashSet<>();
    private String label = "";
    private String file = "";

    static List<Labelled> all() {
        var read = new LabelledFailures();
        for (var file : FILES) {
            read.file(file);
        }
        return read.all;
    }

    private void file(String name) {
        file = name;
        try (var in =
                Objects.requireNonNull(
                        LabelledFailures.class.getResourceAsStream("failures/" + name + ".txt"))) {
            var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            for (int i = 0; i < lines.size(); ) {
                var line = lines.get(i);
                if (line.startsWith("== ") || line.equals("--")) {
                    end();
                    label = line.startsWith("== ") ? line.substring(3) : label;
                    i++;
                } else {
                    i = header(lines, i);
                }
            }
            end();
            label = "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private int header(List<String> lines, int at) {
        var line = lines.get(at);
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new IllegalStateException("no header: " + line);
        }
        var name = line.substring(0, colon);
        var value = line.substring(colon + 1).strip();
        int next = at + 1;
        if (value.isEmpty()) {
            var text = new StringBuilder();
            while (next < lines.size()
                    && (lines.get(next).isEmpty() || lines.get(next).startsWith("    "))) {
                var inner = lines.get(next);
                text.append(inner.isEmpty() ? "" : inner.substring(4)).append('\n');
                next++;
            }
            value = text.toString();
        }
        int dot = name.indexOf('.');
        var family = dot < 0 ? "" : name.substring(0, dot + 1);
        var mark = MARKS.get(family);
        if (mark != null && marked.add(family)) {
            headers.add(mark);
        }
        var known = NAMES.get(name);
        var prefix = PREFIXES.get(family);
        headers.add(
                Header.of(
                        known != null
                                ? known
                                : prefix != null ? prefix + name.substring(dot + 1) : name,
                        value));
        return next;
    }

    private void end() {
        if (headers.isEmpty()) {
            return;
        }
        all.add(new Labelled(label, file, Letters.letter("x", headers.toArray(Header[]::new))));
        headers.clear();
        marked.clear();
    }
}
