package org.deadletteroffice.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobItem;
import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// Jobs, for people and for scripts.
final class JobText {
    private JobText() {}

    static Map<String, Object> json(JobInfo job) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("jobId", job.id());
        json.put("kind", job.kind());
        json.put("state", job.state());
        json.put("profile", job.source().profile());
        json.put("queue", job.source().name());
        json.put("scope", job.scope());
        json.put("destination", job.destination());
        json.put("planned", job.planned());
        json.put("sent", job.sent());
        json.put("removed", job.removed());
        json.put("excluded", job.excluded());
        json.put("failed", job.failed());
        json.put("returned", job.returned());
        json.put("reasons", reasons(job));
        json.put("guarantee", job.guarantee());
        json.put("started", job.started());
        json.put("ended", job.ended());
        json.put("elapsedMs", job.elapsed());
        json.put("rate", job.rate());
        json.put("remainingMs", job.remaining());
        json.put("operator", job.operator());
        json.put("reason", job.reason());
        json.put("sentence", job.sentence());
        return json;
    }

    private static List<Map<String, Object>> reasons(JobInfo job) {
        var list = new ArrayList<Map<String, Object>>();
        job.failures()
                .forEach(
                        (reason, count) -> {
                            var json = new LinkedHashMap<String, Object>();
                            json.put("reason", reason);
                            json.put("count", count);
                            list.add(json);
                        });
        return list;
    }

    static Map<String, Object> json(JobItem item) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", item.message());
        json.put("state", item.state());
        json.put("reason", item.reason());
        json.put("destination", item.destination());
        json.put("position", item.position());
        json.put("redriveId", item.redriveId());
        return json;
    }

    static Table<JobInfo> table() {
        return new Table<JobInfo>()
                .left("JOB", JobInfo::id)
                .left("STATE", job -> Text.words(job.state()))
                .left("KIND", job -> Text.words(job.kind()))
                .left("QUEUE", JobInfo::source)
                .left("WHAT", JobInfo::scope)
                .left("TO", JobInfo::destination)
                .right("PLANNED", job -> Numerals.of(job.planned()))
                .right("SENT", job -> Numerals.of(job.sent()))
                .right("LEFT OUT", job -> Numerals.of(job.excluded()))
                .right("FAILED", job -> Numerals.of(job.failed()))
                .right("CAME BACK", job -> Numerals.of(job.returned()))
                .left("STARTED", job -> Text.instant(job.started()))
                .left("BY", JobInfo::operator)
                // What it waits for, and why it was interrupted; how it ended is a page of its own.
                .whole("HOW IT STANDS", job -> job.state().isEnd() ? "" : job.sentence());
    }

    static String text(JobInfo job, List<JobItem> left) {
        var text = new StringJoiner("\n");
        text.add(
                "Job " + job.id() + ", " + Text.words(job.kind()) + ": " + Text.words(job.state()));
        if (!job.sentence().isBlank()) {
            text.add(job.sentence());
        }
        text.add("  from      " + job.source() + ", " + job.scope());
        text.add("  to        " + job.destination());
        text.add("  planned   " + Numerals.of(job.planned()));
        text.add(
                job.kind() == JobKind.PURGE
                        ? "  taken     " + Numerals.of(job.removed())
                        : "  sent      " + Numerals.of(job.sent()));
        text.add("  left out  " + Numerals.of(job.excluded()));
        text.add("  failed    " + Numerals.of(job.failed()));
        text.add("  came back " + Numerals.of(job.returned()));
        text.add("  guarantee " + Text.words(job.guarantee()));
        text.add("  took      " + Text.duration(job.elapsed()));
        if (!job.reason().isBlank()) {
            text.add("  reason    " + job.reason());
        }
        job.failures()
                .forEach((reason, count) -> text.add("  " + Numerals.of(count) + " × " + reason));
        for (var item : left) {
            text.add("    " + item.message() + " " + Text.words(item.state()));
        }
        return Table.plainLines(text.toString());
    }

    static String progress(JobInfo job) {
        var text = new StringJoiner(", ");
        text.add(
                "Job "
                        + job.id()
                        + " "
                        + Text.words(job.state())
                        + ": "
                        + Numerals.of(job.kind() == JobKind.PURGE ? job.removed() : job.sent())
                        + " of "
                        + Numerals.of(job.planned())
                        + (job.kind() == JobKind.PURGE ? " taken away" : " sent"));
        if (job.failed() > 0) {
            text.add(Numerals.of(job.failed()) + " failed");
        }
        if (job.rate() != null) {
            text.add(Text.rate(job.rate()) + "/s");
        }
        if (job.remaining() != null) {
            text.add(Text.duration(job.remaining()) + " left");
        }
        return text.toString();
    }

    static ExitCode exit(JobState state) {
        return switch (state) {
            case DONE -> ExitCode.DONE;
            case DONE_IN_PART, STOPPED, ABANDONED -> ExitCode.IN_PART;
            case PLANNING, RUNNING, WATCHING, PAUSED, INTERRUPTED -> ExitCode.INTERRUPTED;
        };
    }
}
