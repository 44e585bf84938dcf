package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deadletteroffice.core.edit.DiffLine;
import org.deadletteroffice.core.edit.Editing;
import org.deadletteroffice.core.edit.HeaderDiff;
import org.deadletteroffice.core.job.Prepared.Ready;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.jspecify.annotations.Nullable;

/// Counts what a rehearsal finds, in flat memory.
final class PreviewTally {
    private static final int SAMPLES = 10;

    private final RedrivePlan plan;
    private final Exclusions excluded = new Exclusions();
    private final Exclusions warnings = new Exclusions();
    private final Map<String, Long> destinations = new TreeMap<>();
    private final Map<String, Long> dropped = new TreeMap<>();
    private final List<Preview.Sample> samples = new ArrayList<>();
    private long planned;

    PreviewTally(RedrivePlan plan) {
        this.plan = plan;
    }

    long planned() {
        return planned;
    }

    Map<String, Long> destinations() {
        return destinations;
    }

    void excluded(MessageId id, String reason) {
        excluded.add(id, reason);
    }

    void warned(MessageId id, String sentence) {
        warnings.add(id, sentence);
    }

    void planned(Ready ready, Outgoing outgoing) {
        planned++;
        destinations.merge(ready.destination(), 1L, Long::sum);
        for (var name : plan.droppedHeaders(ready.original())) {
            dropped.merge(name, 1L, Long::sum);
        }
        if (samples.size() < SAMPLES) {
            samples.add(
                    new Preview.Sample(
                            ready.original().id(),
                            payloadDiff(ready),
                            HeaderDiff.between(ready.original().headers(), outgoing.headers())));
        }
    }

    private List<DiffLine> payloadDiff(Ready ready) {
        var before = ready.original();
        if (java.util.Arrays.equals(before.payload(), ready.payload())) {
            return List.of();
        }
        var after = before.with(ready.payload(), before.headers());
        return Editing.diff(text(before), text(after));
    }

    private String text(DeadLetter letter) {
        return Editing.editText(plan.view(letter))
                .orElseGet(() -> Editing.hexText(orEmpty(letter.payload())));
    }

    private static byte[] orEmpty(byte @Nullable [] payload) {
        return payload == null ? new byte[0] : payload;
    }

    Preview preview(
            Cursor until,
            List<String> notes,
            List<String> readers,
            Guarantee guarantee,
            @Nullable SchemaVerdicts schema,
            @Nullable ClaimVerdicts claims,
            @Nullable Duration estimate,
            long millis) {
        return new Preview(
                until,
                planned + excluded.count(),
                planned,
                excluded.list(),
                warnings.list(),
                notes,
                Map.copyOf(destinations),
                readers,
                Map.copyOf(dropped),
                samples,
                guarantee,
                sentence(guarantee),
                schema,
                claims,
                estimate,
                millis);
    }

    private static String sentence(Guarantee guarantee) {
        return switch (guarantee) {
            case EXACTLY_ONCE ->
                    "Exactly once: each message arrives once, also after a crash and a resume.";
            case AT_LEAST_ONCE ->
                    "At least once: none is lost; after a crash at most one batch can arrive twice, with the same"
                            + " x-redrive-id.";
            case SERVICE -> "The service itself sends them again, by its own rules.";
        };
    }
}
