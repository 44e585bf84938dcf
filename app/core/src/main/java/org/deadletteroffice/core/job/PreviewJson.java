package org.deadletteroffice.core.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.edit.DiffLine;
import org.deadletteroffice.core.store.DurableFile;
import org.jspecify.annotations.Nullable;

/// A rehearsal as scripts read it: stable names, times in milliseconds.
public final class PreviewJson {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /// Texts, numbers, booleans, lists and maps only.
    public static Map<String, @Nullable Object> of(Preview preview) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("dryRun", true);
        json.put("inScope", preview.inScope());
        json.put("planned", preview.planned());
        json.put("excluded", preview.excluded().stream().mapToLong(e -> e.count()).sum());
        json.put("exclusions", preview.excluded().stream().map(PreviewJson::of).toList());
        json.put("warnings", preview.warnings().stream().map(PreviewJson::of).toList());
        json.put("notes", preview.notes());
        json.put("destinations", counts("queue", preview.destinations()));
        json.put("readers", preview.readers());
        json.put("droppedHeaders", counts("name", preview.droppedHeaders()));
        json.put("samples", preview.samples().stream().map(PreviewJson::of).toList());
        json.put("guarantee", camel(preview.guarantee().name()));
        json.put("guaranteeSentence", preview.guaranteeSentence());
        var schema = preview.schema();
        json.put("schema", schema == null ? null : of(schema));
        var claims = preview.claims();
        json.put("claimChecks", claims == null ? null : of(claims));
        var estimate = preview.estimate();
        json.put("estimateMs", estimate == null ? null : estimate.toMillis());
        json.put("elapsedMs", preview.millis());
        return json;
    }

    private static Map<String, Object> of(SchemaVerdicts schema) {
        var json = new LinkedHashMap<String, Object>();
        json.put("rule", schema.rule());
        json.put("fit", schema.fit());
        json.put("misfit", schema.misfit());
        json.put("none", schema.none());
        json.put("unreachable", schema.unreachable());
        json.put("findings", schema.findings().stream().map(PreviewJson::of).toList());
        return json;
    }

    private static Map<String, Object> of(ClaimVerdicts claims) {
        var json = new LinkedHashMap<String, Object>();
        json.put("present", claims.present());
        json.put("missing", claims.missing());
        json.put("unknown", claims.unknown());
        json.put("findings", claims.findings().stream().map(PreviewJson::of).toList());
        return json;
    }

    public static Map<String, Object> of(Preview.Exclusion exclusion) {
        var json = new LinkedHashMap<String, Object>();
        json.put("reason", exclusion.reason());
        json.put("count", exclusion.count());
        json.put("examples", exclusion.examples().stream().map(id -> id.text()).toList());
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

    private static Map<String, Object> of(Preview.Sample sample) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", sample.id().text());
        json.put("payload", sample.payload().stream().map(PreviewJson::of).toList());
        json.put("headers", sample.headers().stream().map(PreviewJson::of).toList());
        return json;
    }

    private static Map<String, Object> of(DiffLine line) {
        var json = new LinkedHashMap<String, Object>();
        json.put("kind", camel(line.kind().name()));
        json.put("text", line.text());
        return json;
    }

    /// `AT_LEAST_ONCE` → `atLeastOnce`.
    private static String camel(String constant) {
        var text = new StringBuilder();
        for (var word : constant.split("_", -1)) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    /// Writes a rehearsal to a file with what was asked for, for a ticket or a second pair of eyes.
    ///
    /// @throws OperatorException WRONG_USE when the file cannot be written
    public static void write(Path file, RedriveRequest request, Preview preview)
            throws OperatorException {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("profile", request.source().profile());
        json.put("queue", request.source().name());
        json.put("scope", JobInfos.scope(request));
        json.put("destination", JobInfos.destination(request));
        json.put("until", preview.until().text());
        json.put("reason", request.reason());
        json.putAll(of(preview));
        try {
            DurableFile.write(file, JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8));
        } catch (IOException notWritten) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    "The rehearsal could not be written to " + file + ".",
                    "Choose a file in a folder that can be written to and has space.",
                    notWritten);
        }
    }

    private PreviewJson() {}
}
