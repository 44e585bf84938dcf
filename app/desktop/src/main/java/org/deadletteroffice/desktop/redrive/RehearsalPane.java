package org.deadletteroffice.desktop.redrive;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.Durations;
import org.deadletteroffice.core.job.ClaimVerdicts;
import org.deadletteroffice.core.job.Preview;
import org.deadletteroffice.core.job.SchemaVerdicts;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.DiffView;
import org.deadletteroffice.desktop.control.Labels;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.payload.DiffLines;
import org.deadletteroffice.desktop.plan.Figures;
import org.deadletteroffice.desktop.plan.Reasons;
import org.deadletteroffice.desktop.plan.RehearsalCard;
import org.deadletteroffice.desktop.text.Amounts;
import org.kordamp.ikonli.feather.Feather;

/// What a redrive would do: counts by outcome, what is left out, who gets the messages, what
/// changes.
final class RehearsalPane {
    private static final int DIFF_ROWS = 8;
    private static final RehearsalCard.Words WORDS =
            new RehearsalCard.Words(
                    "nothing has been sent",
                    "Not rehearsed yet, or the plan changed since. The rehearsal checks every"
                            + " message against the plan, the destination and the rights, and shows"
                            + " what would change.",
                    "Running the plan, sending nothing…");

    static Node of(RedriveModel model) {
        return new RehearsalCard<>(
                model.rehearsal(), model::rehearse, WORDS, preview -> drawn(model, preview));
    }

    private static List<Node> drawn(RedriveModel model, Preview preview) {
        var nodes = new ArrayList<Node>();
        var figures = figures(preview);
        nodes.add(figures);
        if (!preview.excluded().isEmpty()) {
            var leftOut = Reasons.leftOut(preview.excluded());
            figures.end(leftOut.link());
            nodes.add(leftOut);
        }
        if (!preview.warnings().isEmpty()) {
            nodes.addAll(warnings(preview.warnings()));
        }
        var schema = preview.schema();
        if (schema != null) {
            nodes.addAll(schema(schema));
        }
        var claims = preview.claims();
        if (claims != null) {
            nodes.addAll(claims(claims));
        }
        preview.notes().forEach(note -> nodes.add(part(Labels.note(note))));
        if (!preview.destinations().isEmpty()) {
            nodes.add(ReadersPane.of(preview, model.failedReaders()));
        }
        var lines = diff(preview);
        if (!lines.isEmpty()) {
            var diff = new DiffView();
            diff.fitUpTo(DIFF_ROWS);
            diff.show(lines);
            nodes.add(diff);
        }
        var export = Buttons.plain("Export the rehearsal…", Feather.DOWNLOAD, model::export);
        export.setTooltip(Buttons.tip("As JSON, for a ticket or a second pair of eyes"));
        nodes.add(part(export));
        return nodes;
    }

    private static List<Node> warnings(List<Preview.Exclusion> warnings) {
        var figures = new Figures();
        figures.setId("warnings");
        count(
                figures,
                warnings.stream().mapToLong(Preview.Exclusion::count).sum(),
                "would go further",
                Tone.WARNING);
        return withFindings(figures, warnings);
    }

    private static List<Node> schema(SchemaVerdicts schema) {
        var figures = new Figures();
        count(figures, schema.fit(), "fit the schema", Tone.SUCCESS);
        count(figures, schema.misfit(), "do not fit", Tone.DANGER);
        count(figures, schema.none(), "have no schema", Tone.WARNING);
        count(figures, schema.unreachable(), "not checked: no answer", Tone.WARNING);
        return withFindings(figures, schema.findings());
    }

    private static List<Node> claims(ClaimVerdicts claims) {
        var figures = new Figures();
        figures.setId("claims");
        count(figures, claims.present(), "payloads there", Tone.SUCCESS);
        count(figures, claims.missing(), "payloads missing", Tone.DANGER);
        count(figures, claims.unknown(), "payloads not known", Tone.WARNING);
        return withFindings(figures, claims.findings());
    }

    private static List<Node> withFindings(Figures figures, List<Preview.Exclusion> found) {
        if (found.isEmpty()) {
            return List.of(figures);
        }
        var findings = new Reasons(found, "findings", "the findings");
        figures.end(findings.link());
        return List.of(figures, findings);
    }

    private static void count(Figures figures, long count, String words, Tone tone) {
        if (count > 0) {
            figures.add(Amounts.of(count), words, tone);
        }
    }

    private static Node part(Node content) {
        var part = new VBox(content);
        part.getStyleClass().add("card-part");
        return part;
    }

    private static Figures figures(Preview preview) {
        var figures = new Figures();
        figures.add(
                Amounts.of(preview.planned()),
                "would be sent",
                preview.planned() == 0 ? Tone.NEUTRAL : Tone.SUCCESS);
        long leftOut = preview.inScope() - preview.planned();
        if (leftOut > 0) {
            figures.add(Amounts.of(leftOut), "left out", Tone.WARNING);
        }
        var estimate = preview.estimate();
        if (estimate != null && preview.planned() > 0) {
            figures.add(
                    estimate.toSeconds() < 1 ? "< 1 s" : Durations.words(estimate),
                    "at this pace",
                    Tone.NEUTRAL);
        }
        return figures;
    }

    private static List<DiffView.Line> diff(Preview preview) {
        var lines = new ArrayList<DiffView.Line>();
        for (var sample : preview.samples()) {
            if (sample.payload().isEmpty() && sample.headers().isEmpty()) {
                continue;
            }
            lines.add(new DiffView.Line(DiffView.Change.HEADING, sample.id().text()));
            lines.addAll(DiffLines.drawn(sample.payload()));
            lines.addAll(DiffLines.drawn(sample.headers()));
        }
        return lines;
    }

    private RehearsalPane() {}
}
