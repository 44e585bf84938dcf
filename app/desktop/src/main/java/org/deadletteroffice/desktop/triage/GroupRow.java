package org.deadletteroffice.desktop.triage;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.deadletteroffice.core.browse.FailureGroup;
import org.deadletteroffice.core.cause.DeathWords;
import org.deadletteroffice.desktop.payload.PayloadText;
import org.deadletteroffice.desktop.text.Ages;
import org.deadletteroffice.desktop.text.Amounts;
import org.jspecify.annotations.Nullable;

/// One failure group as the list shows it.
///
/// @param type of the error without its package
/// @param message of one of them, on one line
/// @param cameBack badge text; null where none of the group was redriven or none came back
/// @param poison badge text; null where none is poison
public record GroupRow(
        FailureGroup group,
        String type,
        String message,
        @Nullable String cameBack,
        @Nullable String poison,
        String first,
        String last) {
    public static GroupRow of(FailureGroup group, Clock clock) {
        var share = group.returnedShare();
        return new GroupRow(
                group,
                group.type() == null ? "No cause found" : DeathWords.simple(group.type()),
                group.message() == null
                        ? (group.type() == null
                                ? "No header of these messages tells why they died"
                                : "No error message")
                        : PayloadText.oneLine(group.message(), 300),
                share == null || share == 0 ? null : Amounts.percent(share) + " came back",
                group.poison() == 0 ? null : Amounts.of(group.poison()) + " poison",
                time("first ", group.first(), clock),
                time("last ", group.last(), clock));
    }

    public String fingerprint() {
        return group.fingerprint();
    }

    public long count() {
        return group.count();
    }

    public List<Long> trend() {
        return group.trend();
    }

    /// What the row cuts short.
    public String tip() {
        return (group.type() == null ? type : group.type())
                + "\n"
                + message
                + "\n"
                + first
                + " · "
                + last
                + (group.origins().isEmpty() ? "" : "\nfrom " + String.join(", ", group.origins()));
    }

    /// As a screen reader says it.
    public String spoken() {
        return "%s, %s, %s, %s, %s"
                .formatted(type, message, Amounts.of(count(), "message", "messages"), first, last);
    }

    private static String time(String lead, @Nullable Instant time, Clock clock) {
        return time == null ? "" : lead + Ages.at(time, clock.instant(), clock.getZone());
    }
}
