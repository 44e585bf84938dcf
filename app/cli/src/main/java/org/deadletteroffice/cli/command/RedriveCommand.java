package org.deadletteroffice.cli.command;

import java.util.List;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.Change;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.spi.message.MessageId;
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
            "  dlo redrive orders.DLT -p prod --all --dry-run",
            "  dlo redrive orders.DLT -p dev --group 3fa9c1 --yes",
            "  dlo redrive orders.DLT -p dev --where 'payload.amount > 100' --jq '.currency = \"EUR\"'",
            "  dlo redrive orders.DLT -p prod --all --rate 200 --canary 20:1m:5%% --confirm orders.DLT"
                    + " --reason \"INC-4711 fixed\" --yes"
        })
public final class RedriveCommand extends QueueCommand {
    @ArgGroup(exclusive = true, multiplicity = "1", heading = "%nWhich messages, one of:%n")
    private @Nullable Which which;

    private static final class Which {
        @Option(names = "--id", paramLabel = "ID", arity = "1..*", description = "These messages.")
        private @Nullable List<String> ids;

        @Option(
                names = {"-g", "--group"},
                paramLabel = "FP",
                description = "This failure group, by its fingerprint.")
        private @Nullable String group;

        @Option(
                names = {"-w", "--where"},
                paramLabel = "CEL",
                description = "Those that match a CEL expression or plain words.")
        private @Nullable String where;

        @Option(names = "--all", description = "All.")
        private boolean all;

        Scope scope() {
            if (ids != null) {
                return new Scope.Ids(ids.stream().map(MessageId::new).toList());
            }
            if (group != null) {
                return new Scope.GroupOf(group);
            }
            if (where != null) {
                return new Scope.Matching(where);
            }
            if (all) {
                return new Scope.All();
            }
            throw new IllegalStateException("picocli requires one of the group");
        }
    }

    @Mixin private SendOptions send = new SendOptions();

    @Option(
            names = "--jq",
            paramLabel = "PROGRAM",
            description = "Change each payload with a jq program; it goes out as it came in.")
    private @Nullable String jq;

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
            names = "--max-returns",
            paramLabel = "K",
            defaultValue = "3",
            description = "Leave out what came back K times or more (default: ${DEFAULT-VALUE}).")
    private int maxReturns;

    @Option(names = "--include-resolved", description = "Also those that were redriven already.")
    private boolean includeResolved;

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
        if (which.ids != null && which.ids.stream().anyMatch(String::isEmpty)) {
            throw wrong("An --id is empty.", "Give ids as dlo browse shows them.");
        }
        var profile = profile();
        var request =
                new RedriveRequest(
                        queue(),
                        which.scope(),
                        null,
                        send.destination(),
                        send.toProfile,
                        jq == null ? new Change.None() : new Change.Jq(jq),
                        null,
                        send.headerEdits(),
                        send.keepTimestamp,
                        send.keepFailureHeaders,
                        new Pace(rate, canary),
                        maxReturns,
                        includeResolved,
                        send.force,
                        send.reason);
        return new Sending(session, send).run(profile, request).number();
    }

    private static OperatorException wrong(String sentence, String remedy) {
        return new OperatorException(OperatorException.Kind.WRONG_USE, sentence, remedy);
    }
}
