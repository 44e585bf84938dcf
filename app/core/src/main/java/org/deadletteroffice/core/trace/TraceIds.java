package org.deadletteroffice.core.trace;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.cause.RedriveMark;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.Tree;
import org.jspecify.annotations.Nullable;

/// The ids by which a message belongs to a process: correlation and conversation ids, the trace id
/// of W3C's `traceparent`, Zipkin's B3 and X-Ray, CloudEvents ids and causation ids, ids of
/// redrives. Read from headers in any spelling and from the attributes of a structured CloudEvent.
final class TraceIds {
    private static final String CORRELATION = "correlation id";
    private static final String CAUSATION = "causation id";
    private static final String EVENT = "event id";
    private static final String MESSAGE = "message id";
    private static final String TRACE = "trace id";
    private static final String REDRIVE = "redrive";

    /// Header names in small letters without `-`, `_`, `.` and `:`.
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("correlationid", CORRELATION),
                    Map.entry("xcorrelationid", CORRELATION),
                    Map.entry("kafkacorrelationid", CORRELATION),
                    Map.entry("jmscorrelationid", CORRELATION),
                    Map.entry("conversationid", CORRELATION),
                    Map.entry("xconversationid", CORRELATION),
                    Map.entry("requestid", CORRELATION),
                    Map.entry("xrequestid", CORRELATION),
                    Map.entry("sagaid", CORRELATION),
                    Map.entry("processid", CORRELATION),
                    Map.entry("nservicebuscorrelationid", CORRELATION),
                    Map.entry("nservicebusconversationid", CORRELATION),
                    Map.entry("cecorrelationid", CORRELATION),
                    Map.entry("cloudeventscorrelationid", CORRELATION),
                    Map.entry("causationid", CAUSATION),
                    Map.entry("xcausationid", CAUSATION),
                    Map.entry("nservicebusrelatedto", CAUSATION),
                    Map.entry("cecausationid", CAUSATION),
                    Map.entry("cloudeventscausationid", CAUSATION),
                    Map.entry("ceid", EVENT),
                    Map.entry("cloudeventsid", EVENT),
                    Map.entry("messageid", MESSAGE),
                    Map.entry("nservicebusmessageid", MESSAGE),
                    Map.entry("xb3traceid", TRACE),
                    Map.entry("traceid", TRACE),
                    Map.entry("xtraceid", TRACE));

    /// Attributes of a structured CloudEvent.
    private static final Map<String, String> ATTRIBUTES =
            Map.of("id", EVENT, "correlationid", CORRELATION, "causationid", CAUSATION);

    /// Shorter ones are counters and flags, and would join what does not belong together.
    private static final int SHORTEST = 6;

    private static final int LONGEST = 200;
    private static final Set<String> NONE =
            Set.of("00000000000000000000000000000000", "00000000-0000-0000-0000-000000000000");

    /// Id to what it is, in the order of finding.
    static Map<String, String> of(MessageView view) {
        var ids = new LinkedHashMap<String, String>();
        for (var header : view.letter().headers()) {
            var text = header.text();
            if (text != null && text.length() <= LONGEST && header.name().length() <= 60) {
                header(plain(header.name()), text.strip(), ids);
            }
        }
        event(view.decoded(), ids);
        RedriveMark.of(view.letter().headers()).ifPresent(mark -> put(ids, mark.id(), REDRIVE));
        return ids;
    }

    private static void header(String name, String value, Map<String, String> ids) {
        switch (name) {
            case "traceparent", "cetraceparent", "cloudeventstraceparent" ->
                    put(ids, parentsTrace(value), TRACE);
            case "b3" -> put(ids, before(value, '-'), TRACE);
            case "ubertraceid" -> put(ids, before(value, ':'), TRACE);
            case "xamzntraceid", "awstraceheader" -> put(ids, root(value), TRACE);
            default -> {
                var what = NAMES.get(name);
                if (what != null) {
                    put(ids, value, what);
                }
            }
        }
    }

    private static void event(Decoded decoded, Map<String, String> ids) {
        if (decoded instanceof Decoded.Wrapped wrapped) {
            event(wrapped.inner(), ids);
        } else if (decoded instanceof Decoded.Structured(_, _, Tree.Obj event, _)
                && event.get("specversion").isPresent()
                && event.get("source").isPresent()) {
            for (var attribute : ATTRIBUTES.entrySet()) {
                put(ids, text(event, attribute.getKey()), attribute.getValue());
            }
            put(ids, parentsTrace(text(event, "traceparent")), TRACE);
        }
    }

    private static @Nullable String text(Tree.Obj event, String name) {
        return event.get(name).orElse(null) instanceof Tree.Text(var value) ? value : null;
    }

    private static void put(Map<String, String> ids, @Nullable String id, String what) {
        if (id != null && id.length() >= SHORTEST && !NONE.contains(id)) {
            ids.putIfAbsent(id, what);
        }
    }

    /// `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01` (W3C Trace Context).
    private static @Nullable String parentsTrace(@Nullable String value) {
        var parts = value == null ? new String[0] : value.split("-", 5);
        return parts.length >= 4 && parts[1].length() == 32
                ? parts[1].toLowerCase(Locale.ROOT)
                : null;
    }

    private static @Nullable String before(String value, char end) {
        int at = value.indexOf(end);
        return at > 0 ? value.substring(0, at) : null;
    }

    /// `Root=1-67891233-abcdef012345678912345678;Sampled=1`
    private static @Nullable String root(String value) {
        for (var part : value.split(";")) {
            if (part.strip().startsWith("Root=")) {
                return part.strip().substring(5);
            }
        }
        return null;
    }

    private static String plain(String name) {
        var out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '-' && c != '_' && c != '.' && c != ':') {
                out.append(Character.toLowerCase(c));
            }
        }
        return out.toString();
    }

    private TraceIds() {}
}
