package org.deadletteroffice.core.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One row of the trail as text for other programs.
final class AuditExport {
    static final String CSV_HEADER =
            "number,time,act,operator,host,profile,queue,job,reason,details,previous,hash\r\n";

    private static final ObjectMapper JSON = new ObjectMapper();

    static String json(AuditRow row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("number", row.number());
        fields.put("time", row.time().toString());
        fields.put("act", row.act());
        fields.put("operator", row.operator());
        fields.put("host", row.host());
        fields.put("profile", row.profile());
        fields.put("queue", row.queue());
        fields.put("job", row.job());
        fields.put("reason", row.reason());
        fields.put("details", row.details());
        fields.put("previous", row.previous());
        fields.put("hash", row.hash());
        try {
            return JSON.writeValueAsString(fields) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String csv(AuditRow row) {
        return java.util.stream.Stream.<@Nullable String>of(
                                Long.toString(row.number()),
                                row.time().toString(),
                                row.act(),
                                row.operator(),
                                row.host(),
                                row.profile(),
                                row.queue(),
                                row.job(),
                                row.reason(),
                                AuditHash.write(row.details()),
                                row.previous(),
                                row.hash())
                        .map(AuditExport::cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    /// Quoted by RFC 4180; a leading sign that a spreadsheet would take for a formula gets an
    /// apostrophe before it.
    private static String cell(@Nullable String text) {
        var value = Objects.requireNonNullElse(text, "");
        if (!value.isEmpty() && List.of('=', '+', '-', '@', '\t').contains(value.charAt(0))) {
            value = "'" + value;
        }
        return value.matches("[^\",\r\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    private AuditExport() {}
}
