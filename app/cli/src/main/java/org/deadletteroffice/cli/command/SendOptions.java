package org.deadletteroffice.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.HeaderEdit;
import org.deadletteroffice.core.job.HeaderPolicy;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
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
                names = "--replace-header",
                paramLabel = "NAME=FIND=BY",
                description = "Replace a text in this header's values; may be given again.")
        private @Nullable String replace;

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
            names = "--save-headers",
            description =
                    "Keep what is said here of headers and timestamp for this queue: it holds for"
                            + " every later redrive that says nothing of them.")
    private boolean saveHeaders;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Also write the rehearsal to this file, as JSON.")
    @Nullable Path report;

    @Mixin ConfirmOptions confirm = new ConfirmOptions();

    /// Null for each message's origin.
    @Nullable String destination() {
        return to.equals("origin") ? null : to;
    }

    /// What was said here of headers; where nothing was, what is saved for the queue.
    HeaderPolicy headers(Session session, QueueRef queue) throws OperatorException {
        var policies = session.engine().headerPolicies();
        var said = new HeaderPolicy(keepFailureHeaders, keepTimestamp, headerEdits());
        if (saveHeaders) {
            policies.save(queue, said);
        }
        return saveHeaders || !said.equals(HeaderPolicy.PRESET)
                ? said
                : policies.of(queue).orElse(said);
    }

    private static HeaderEdit replace(String text) throws OperatorException {
        var parts = text.split("=", 3);
        if (parts.length < 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "--replace-header '" + text + "' names no header and texts.",
                    "Write --replace-header NAME=FIND=BY.");
        }
        return new HeaderEdit.Replace(parts[0], parts[1], parts[2]);
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
            if (edit.replace != null) {
                all.add(replace(edit.replace));
            }
            if (edit.drop != null) {
                all.add(new HeaderEdit.Drop(edit.drop));
            }
        }
        return all;
    }
}
