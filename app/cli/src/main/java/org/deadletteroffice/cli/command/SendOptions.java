package org.deadletteroffice.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.HeaderEdit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Options of every command that sends messages: where to, what changes, how it is confirmed.
final class SendOptions {
    @Option(
            names = "--to",
            paramLabel = "origin|QUEUE",
            defaultValue = "origin",
            description = "Each message's origin (default), or this queue.")
    private String to = "origin";

    @Option(
            names = "--to-profile",
            paramLabel = "PROFILE",
            description = "Send with this profile; else the source's.")
    @Nullable String toProfile;

    @ArgGroup(exclusive = false, multiplicity = "0..*")
    private List<Edit> edits = new ArrayList<>();

    /// A group, so that the order of the command line is the order of the edits.
    static final class Edit {
        @Option(
                names = "--set-header",
                paramLabel = "NAME=VALUE",
                description = "Set this header; may be given again.")
        private @Nullable String set;

        @Option(
                names = "--drop-header",
                paramLabel = "NAME",
                description = "Leave this header out; may be given again.")
        private @Nullable String drop;
    }

    @Option(
            names = "--keep-failure-headers",
            description =
                    "Send the headers that tell of the death too; they are dropped otherwise.")
    boolean keepFailureHeaders;

    @Option(
            names = "--keep-timestamp",
            description = "Send with the original timestamp rather than now.")
    boolean keepTimestamp;

    @Option(names = "--force", description = "Allow a destination that is the source itself.")
    boolean force;

    @Option(
            names = {"--dry-run"},
            description = "Run the whole plan and send nothing.")
    boolean dryRun;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "For the audit trail; needed on a production profile.")
    String reason = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    boolean yes;

    @Option(
            names = "--confirm",
            paramLabel = "QUEUE",
            description = "The source queue's name once more; needed on a production profile.")
    @Nullable String confirm;

    /// Null for each message's origin.
    @Nullable String destination() {
        return to.equals("origin") ? null : to;
    }

    List<HeaderEdit> headerEdits() throws OperatorException {
        var all = new ArrayList<HeaderEdit>();
        for (var edit : edits) {
            if (edit.set != null) {
                int equals = edit.set.indexOf('=');
                if (equals < 1) {
                    throw new OperatorException(
                            OperatorException.Kind.WRONG_USE,
                            "--set-header '" + edit.set + "' names no header and value.",
                            "Write --set-header NAME=VALUE.");
                }
                all.add(
                        new HeaderEdit.Set(
                                edit.set.substring(0, equals), edit.set.substring(equals + 1)));
            }
            if (edit.drop != null) {
                all.add(new HeaderEdit.Drop(edit.drop));
            }
        }
        return all;
    }
}
