package org.deadletteroffice.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.deadletteroffice.cli.Json;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.edit.DiffLine;
import org.deadletteroffice.core.job.Preview;
import org.deadletteroffice.core.job.RedriveRequest;
import org.jspecify.annotations.Nullable;

/// Rehearsals, for people and for scripts.
final class Previews {
    private Previews() {}

    /// The request over what was reviewed, and nothing that came later.
    static RedriveRequest reviewed(RedriveRequest request, Preview preview) {
        return new RedriveRequest(
                request.source(),
                request.scope(),
                preview.until(),
                request.destination(),
                request.destinationProfile(),
                request.change(),
                request.replaceKey(),
                request.headerEdits(),
                request.keepTimestamp(),
                request.keepFailureHeaders(),
                request.pace(),
                request.maxReturns(),
                request.includeResolved(),
                request.forced(),
                request.reason());
    }

    static String text(RedriveRequest request, Preview preview) {
        var text = new StringJoiner("\n");
        text.add(
                "From "
                        + request.source()
                        + ": "
                        + Text.number(preview.planned())
                        + " of "
                        + Text.number(preview.inScope())
                        + " messages would be sent.");
        preview.destinations()
                .forEach((queue, count) -> text.add("  to " + queue + ": " + Text.number(count)));
        for (var exclusion : preview.excluded()) {
            text.add("  left out: " + Text.number(exclusion.count()) + ", " + exclusion.reason());
        }
        preview.readers().forEach(reader -> text.add("  will be read by " + reader));
        if (!preview.droppedHeaders().isEmpty()) {
            text.add(
                    "  headers dropped: "
                            + String.join(", ", new TreeMap<>(preview.droppedHeaders()).keySet()));
        }
        for (var sample : preview.samples()) {
            if (!sample.payload().isEmpty()) {
                text.add("  changes " + sample.id() + ":");
                sample.payload().forEach(line -> text.add("    " + line(line)));
            }
        }
        text.add("  guarantee: " + preview.guaranteeSentence());
        if (preview.estimate() != null) {
            text.add("  takes about " + Text.duration(preview.estimate()));
        }
        return Table.plainLines(text.toString());
    }

    private static String line(DiffLine line) {
        return switch (line.kind()) {
            case SAME -> "  " + line.text();
            case ADDED -> "+ " + line.text();
            case REMOVED -> "- " + line.text();
            case GAP -> "  …";
        };
    }

    static Map<String, Object> json(Preview preview) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("dryRun", true);
        json.put("inScope", preview.inScope());
        json.put("planned", preview.planned());
        json.put("excluded", preview.excluded().stream().mapToLong(e -> e.count()).sum());
        json.put("exclusions", preview.excluded().stream().map(Previews::exclusion).toList());
        json.put("destinations", counts("queue", preview.destinations()));
        json.put("readers", preview.readers());
        json.put("droppedHeaders", counts("name", preview.droppedHeaders()));
        json.put("samples", preview.samples().stream().map(Previews::sample).toList());
        json.put("guarantee", preview.guarantee());
        json.put("guaranteeSentence", preview.guaranteeSentence());
        json.put("estimateMs", preview.estimate());
        json.put("elapsedMs", preview.millis());
        return json;
    }

    private static Map<String, Object> exclusion(Preview.Exclusion exclusion) {
        var json = new LinkedHashMap<String, Object>();
        json.put("reason", exclusion.reason());
        json.put("count", exclusion.count());
        json.put("examples", exclusion.examples());
        return json;
    }

    /// A list and not an object, since names of queues and headers are data and no fields; by name,
    /// so that two runs compare.
    private static List<Map<String, Object>> counts(String name, Map<String, Long> counts) {
        var list = new ArrayList<Map<String, Object>>();
        new TreeMap<>(counts)
                .forEach(
                        (key, count) -> {
                            var json = new LinkedHashMap<String, Object>();
                            json.put(name, key);
                            json.put("count", count);
                            list.add(json);
                        });
        return list;
    }

    private static Map<String, Object> sample(Preview.Sample sample) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", sample.id());
        json.put("payload", sample.payload().stream().map(Previews::diffLine).toList());
        json.put("headers", sample.headers().stream().map(Previews::diffLine).toList());
        return json;
    }

    private static Map<String, Object> diffLine(DiffLine line) {
        var json = new LinkedHashMap<String, Object>();
        json.put("kind", Json.camel(line.kind()));
        json.put("text", line.text());
        return json;
    }
}
