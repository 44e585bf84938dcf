package org.deadletteroffice.core.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// The hash of a row: SHA-256 over the UTF-8 form of a JSON array of its fields in the order of
/// [AuditRow], times in milliseconds since 1970 and details as a JSON object with sorted names.
/// Anyone can recompute it from an export.
final class AuditHash {
    static final String NONE = "0".repeat(64);

    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param details as they are stored: two texts of one map are two things
    static String of(AuditRow row, String details) {
        var fields =
                Arrays.asList(
                        row.number(),
                        row.time().toEpochMilli(),
                        row.act(),
                        row.operator(),
                        row.host(),
                        row.profile(),
                        row.queue(),
                        row.job(),
                        row.reason(),
                        details,
                        row.previous());
        try {
            return sha256(JSON.writeValueAsBytes(fields));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String write(Map<String, String> details) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(details));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Details that somebody altered into no JSON are shown as they are.
    static Map<String, String> read(String details) {
        try {
            return JSON.readValue(details, new TypeReference<TreeMap<String, String>>() {});
        } catch (JsonProcessingException altered) {
            return Map.of("unreadable", details);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// As [#sha256], for a text.
    static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private AuditHash() {}
}
