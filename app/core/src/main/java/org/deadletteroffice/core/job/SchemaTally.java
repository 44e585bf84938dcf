package org.deadletteroffice.core.job;

import java.util.HashMap;
import java.util.Map;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.cause.Fingerprint;
import org.deadletteroffice.core.decode.SchemaJudgement;
import org.deadletteroffice.core.edit.Editing;
import org.deadletteroffice.core.job.Prepared.Ready;
import org.deadletteroffice.core.schema.SchemaChoice;
import org.deadletteroffice.core.schema.SchemaRule;

/// Holds each message that would be sent against a schema, and counts the verdicts in flat memory.
final class SchemaTally {
    /// Different findings; the rest is told as one.
    private static final int MOST = 50;

    private static final String OTHERS = "It does not fit in another way.";

    private final RedrivePlan plan;
    private final SchemaRule rule;
    private final Exclusions findings = new Exclusions();
    private final Map<String, String> told = new HashMap<>();
    private long fit;
    private long misfit;
    private long none;
    private long unreachable;

    SchemaTally(RedrivePlan plan, SchemaRule rule) {
        this.plan = plan;
        this.rule = rule;
    }

    /// May block for the registry, which is asked once for each schema.
    void add(Ready message) {
        var sent = message.payload();
        if (sent == null) {
            none++;
            found(message, "A tombstone has no payload to check.");
            return;
        }
        var choice = rule.at(message.destination());
        var judgement = judge(plan.view(message.original()), sent, choice);
        if (judgement.fits()) {
            fit++;
            return;
        }
        switch (judgement.gap()) {
            case NO_SCHEMA -> none++;
            case UNREACHABLE -> unreachable++;
            case NO_FIELDS -> misfit++;
            case null -> misfit++;
        }
        found(message, judgement.words(1));
    }

    /// Of bytes that are no text of their format, what is said of a text without fields.
    private static SchemaJudgement judge(MessageView view, byte[] sent, SchemaChoice choice) {
        return Editing.judge(view, sent, choice).orElseGet(() -> Editing.judge(view, "", choice));
    }

    /// Findings that differ in values alone are one, told in the words of the first.
    private void found(Ready message, String words) {
        var kind = Fingerprint.folded(words);
        if (told.size() < MOST) {
            told.putIfAbsent(kind, words);
        }
        findings.add(message.original().id(), told.getOrDefault(kind, OTHERS));
    }

    SchemaVerdicts verdicts() {
        return new SchemaVerdicts(rule.text(), fit, misfit, none, unreachable, findings.list());
    }
}
