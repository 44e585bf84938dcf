package org.deadletteroffice.cli.command;

import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.Change;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.schema.SchemaRule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dlo redrive`
@Command(
        name = "redrive",
        description = {
            "Send dead letters again: to where they came from, or elsewhere.",
            "",
            "What is meant is frozen at the start; what dies meanwhile is not picked up. Ctrl+C"
                    + " finishes the batch and leaves a job that dlo jobs resume goes on with."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo redrive orders.DLT -p prod --all --dry-run --schema latest",
            "  dlo redrive orders.DLT -p dev --group 3fa9c1 --yes",
            "  dlo redrive orders.DLT -p dev --where 'payload.amount > 100' --jq '.currency = \"EUR\"'",
            "  dlo redrive orders.DLT -p prod --all --rate 200 --canary 20:1m:5%% --confirm orders.DLT"
                    + " --reason \"INC-4711 fixed\" --yes"
        })
public final class RedriveCommand extends QueueCommand {
    @ArgGroup(exclusive = true, multiplicity = "1", heading = "%nWhich messages, one of:%n")
    private @Nullable ScopeOptions which;

    @Mixin private SendOptions send = new SendOptions();

    @Option(
            names = "--jq",
            paramLabel = "PROGRAM",
            description = "Change each payload with a jq program; it goes out as it came in.")
    private @Nullable String jq;

    @ArgGroup(exclusive = false, heading = "%nOr find and replace a text in each payload:%n")
    private @Nullable FindReplace replace;

    private static final class FindReplace {
        @Option(
                names = "--find",
                paramLabel = "TEXT",
                required = true,
                description = "The text to look for, taken as it is.")
        private String find = "";

        @Option(
                names = "--replace-with",
                paramLabel = "TEXT",
                required = true,
                description = "What takes its place.")
        private String by = "";

        @Option(
                names = "--in",
                paramLabel = "FIELD",
                defaultValue = "",
                description =
                        "Only in this field, as jq writes it: .customer.country. Else in all.")
        private String field = "";
    }

    @Option(names = "--rate", paramLabel = "N", description = "At most so many a second.")
    private @Nullable Double rate;

    @Option(
            names = "--canary",
            paramLabel = "N:WAIT:SHARE",
            converter = CanaryConverter.class,
            description =
                    "Send N alone, watch them for WAIT, and stop if more than SHARE of them came"
                            + " back: 20:1m:5%%.")
    private Pace.@Nullable Canary canary;

    @Option(
            names = "--max-failures",
            paramLabel = "N|SHARE[:WINDOW]",
            converter = ErrorBudgetConverter.class,
            description =
                    "Stop when more than N messages were refused, or more than a share of the last"
                            + " ones: 20, 20:1000, 5%%:1000.")
    private Pace.@Nullable ErrorBudget budget;

    @Option(
            names = "--max-returns",
            paramLabel = "K",
            defaultValue = "3",
            description = "Leave out what came back K times or more (default: ${DEFAULT-VALUE}).")
    private int maxReturns;

    @Option(names = "--include-resolved", description = "Also those that were redriven already.")
    private boolean includeResolved;

    @Option(
            names = "--include-overtaken",
            description = "Also those of whose key a newer message was consumed since.")
    private boolean includeOvertaken;

    @Option(
            names = "--schema",
            paramLabel = "own|latest|latest:SUBJECT|FILE",
            description =
                    "Rehearse with each message held against a schema: its own, the latest of its"
                            + " destination's subject or of SUBJECT, or one in a file. With --yes,"
                            + " nothing is sent unless all fit.")
    private @Nullable String schema;

    public RedriveCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws Exception {
        if (which == null) {
            throw new IllegalStateException("picocli requires the group");
        }
        if (rate != null && !(rate > 0)) {
            throw wrong("--rate is not more than 0.", "Give messages per second, such as 200.");
        }
        if (maxReturns < 1) {
            throw wrong("--max-returns is less than 1.", "Give 1 or more.");
        }
        var profile = profile();
        var request =
                RedriveRequest.of(queue(), which.scope(engine().filters()))
                        .to(send.destination())
                        .toProfile(send.toProfile)
                        .change(change())
                        .headers(send.headers(session, queue()))
                        .pace(new Pace(rate, canary, budget))
                        .maxReturns(maxReturns)
                        .includeResolved(includeResolved)
                        .includeOvertaken(includeOvertaken)
                        .forced(send.force)
                        .reason(send.confirm.reason)
                        .build();
        var rule = schema == null ? null : SchemaRule.of(schema);
        return new Sending(session, looking, send, rule).run(profile, request).number();
    }

    private Change change() throws OperatorException {
        if (jq != null && replace != null) {
            throw wrong("--jq and --find are given both.", "Give one of them.");
        }
        if (replace != null) {
            return new Change.Replace(replace.field, replace.find, replace.by);
        }
        return jq == null ? new Change.None() : new Change.Jq(jq);
    }

    private static OperatorException wrong(String sentence, String remedy) {
        return new OperatorException(OperatorException.Kind.WRONG_USE, sentence, remedy);
    }
}
