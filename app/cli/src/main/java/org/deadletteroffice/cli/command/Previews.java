package org.deadletteroffice.cli.command;

import java.util.List;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.edit.DiffLine;
import org.deadletteroffice.core.job.ClaimVerdicts;
import org.deadletteroffice.core.job.Preview;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.SchemaVerdicts;
import org.deadletteroffice.spi.message.Numerals;

/// Rehearsals, for people and for scripts.
final class Previews {
    private Previews() {}

    static String text(RedriveRequest request, Preview preview) {
        var text = new StringJoiner("\n");
        text.add(
                "From "
                        + request.source()
                        + ": "
                        + Numerals.of(preview.planned())
                        + " of "
                        + Numerals.of(preview.inScope(), "message", "messages")
                        + " would be sent.");
        preview.destinations()
                .forEach((queue, count) -> text.add("  to " + queue + ": " + Numerals.of(count)));
        for (var exclusion : preview.excluded()) {
            text.add("  left out: " + Numerals.of(exclusion.count()) + ", " + exclusion.reason());
        }
        if (!preview.warnings().isEmpty()) {
            text.add("  beware of what else would happen:");
            findings(preview.warnings(), text);
        }
        preview.notes().forEach(note -> text.add("  " + note));
        if (preview.schema() != null) {
            schema(preview.schema(), text);
        }
        if (preview.claims() != null) {
            claims(preview.claims(), text);
        }
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

    private static void schema(SchemaVerdicts schema, StringJoiner text) {
        text.add(
                "  held against the schema '%s': %s fit, %s do not, %s have none, %s could not be asked for"
                        .formatted(
                                schema.rule(),
                                Numerals.of(schema.fit()),
                                Numerals.of(schema.misfit()),
                                Numerals.of(schema.none()),
                                Numerals.of(schema.unreachable())));
        findings(schema.findings(), text);
    }

    private static void claims(ClaimVerdicts claims, StringJoiner text) {
        text.add(
                "  payloads that messages point to: %s there, %s missing, %s not known"
                        .formatted(
                                Numerals.of(claims.present()),
                                Numerals.of(claims.missing()),
                                Numerals.of(claims.unknown())));
        findings(claims.findings(), text);
    }

    private static void findings(List<Preview.Exclusion> findings, StringJoiner text) {
        for (var finding : findings) {
            text.add(
                    "    %s, such as %s: %s"
                            .formatted(
                                    Numerals.of(finding.count()),
                                    finding.examples().getFirst(),
                                    finding.reason()));
        }
    }

    /// What becomes of the headers, shown on the first message.
    private static void headers(Preview.Sample sample, StringJoiner text) {
        if (!sample.headers().isEmpty()) {
            text.add("  headers of " + sample.id() + ":");
            sample.headers().forEach(line -> text.add("    " + line(line)));
        }
    }

    static String line(DiffLine line) {
        return switch (line.kind()) {
            case SAME -> "  " + line.text();
            case ADDED -> "+ " + line.text();
            case REMOVED -> "- " + line.text();
            case GAP -> "  …";
        };
    }
}
