package org.deadletteroffice.desktop.text;

import java.util.Locale;
import org.deadletteroffice.core.audit.AuditRow;
import org.deadletteroffice.desktop.control.Tone;

/// Rows of the audit trail in the operator's words.
public final class AuditWords {
    /// `Redrive 3f2 on orders-dlt: coupon bug`.
    public static String sentence(AuditRow row) {
        var text = new StringBuilder(act(row.act()));
        if (row.job() != null) {
            text.append(' ').append(row.job());
        }
        if (row.queue() != null) {
            text.append(" · ").append(row.queue());
        } else if (row.profile() != null) {
            text.append(" · ").append(row.profile());
        }
        if (!row.reason().isEmpty()) {
            text.append(": ").append(row.reason());
        }
        return text.toString();
    }

    /// An act with a capital.
    public static String act(String act) {
        return act.isEmpty()
                ? act
                : act.substring(0, 1).toUpperCase(Locale.ROOT) + act.substring(1);
    }

    public static Tone tone(String act) {
        var lower = act.toLowerCase(Locale.ROOT);
        if (lower.contains("fail") || lower.contains("purge") || lower.contains("removed")) {
            return Tone.DANGER;
        }
        if (lower.contains("unlock") || lower.contains("stop") || lower.contains("abandon")) {
            return Tone.WARNING;
        }
        if (lower.contains("done") || lower.contains("ended") || lower.contains("restore")) {
            return Tone.SUCCESS;
        }
        return lower.contains("redrive") || lower.contains("replay") ? Tone.ACCENT : Tone.NEUTRAL;
    }

    private AuditWords() {}
}
