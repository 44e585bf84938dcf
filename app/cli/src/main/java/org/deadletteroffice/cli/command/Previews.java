package org.deadletteroffice.cli.command;

import java.util.StringJoiner;
import java.util.TreeMap;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.edit.DiffLine;
import org.deadletteroffice.core.job.Preview;
import org.deadletteroffice.core.job.RedriveRequest;

/// Rehearsals, for people and for scripts.
final class Previews {
    private Previews() {}

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
        preview.notes().forEach(note -> text.add("  " + note));
        preview.readers().forEach(reader -> text.add("  will be read by " + reader));
        if (!preview.droppedHeaders().isEmpty()) {
            text.add(
                    "  headers dropped: "
                            + String.join(", ", new TreeMap<>(preview.droppedHeaders()).keySet()));
        }
        preview.samples().stream().findFirst().ifPresent(sample -> headers(sample, text));
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

    /// What becomes of the headers, shown on the first message.
    private static void headers(Preview.Sample sample, StringJoiner text) {
        if (!sample.headers().isEmpty()) {
            text.add("  headers of " + sample.id() + ":");
            sample.headers().forEach(line -> text.add("    " + line(line)));
        }
    }

    private static String line(DiffLine line) {
        return switch (line.kind()) {
            case SAME -> "  " + line.text();
            case ADDED -> "+ " + line.text();
            case REMOVED -> "- " + line.text();
            case GAP -> "  …";
        };
    }
}
