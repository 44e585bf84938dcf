package org.deadletteroffice.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deadletteroffice.cli.command.AuditCommand;
import org.deadletteroffice.cli.command.BrowseCommand;
import org.deadletteroffice.cli.command.CompareCommand;
import org.deadletteroffice.cli.command.CompletionCommand;
import org.deadletteroffice.cli.command.DemoCommand;
import org.deadletteroffice.cli.command.EditCommand;
import org.deadletteroffice.cli.command.ExportCommand;
import org.deadletteroffice.cli.command.FieldsCommand;
import org.deadletteroffice.cli.command.FiltersCommand;
import org.deadletteroffice.cli.command.GroupsCommand;
import org.deadletteroffice.cli.command.ImportCommand;
import org.deadletteroffice.cli.command.JobsCommand;
import org.deadletteroffice.cli.command.LagCommand;
import org.deadletteroffice.cli.command.MoveCommand;
import org.deadletteroffice.cli.command.ProfilesCommand;
import org.deadletteroffice.cli.command.PurgeCommand;
import org.deadletteroffice.cli.command.QueuesCommand;
import org.deadletteroffice.cli.command.RedriveCommand;
import org.deadletteroffice.cli.command.RestoreCommand;
import org.deadletteroffice.cli.command.ShowCommand;
import org.deadletteroffice.cli.command.TraceCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `dlo` itself: the options every verb has, and the window when there is no verb.
@Command(
        name = "dlo",
        description = {
            "Dead Letter Office: messages that could not be processed, seen, understood, repaired"
                    + " and sent again.",
            "",
            "With no command it opens the window."
        },
        synopsisSubcommandLabel = "[COMMAND]",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo demo                                   a broker full of dead letters to try it on",
            "  dlo queues                                 where dead letters lie, and how many",
            "  dlo browse orders.DLT -p demo              the newest of them",
            "  dlo groups orders.DLT -p demo              one cause, or five",
            "  dlo redrive orders.DLT -p demo --all       send them again, after asking",
            "  dlo COMMAND --help                         more on each, with examples"
        },
        versionProvider = Version.class,
        subcommands = {
            ProfilesCommand.class,
            QueuesCommand.class,
            LagCommand.class,
            BrowseCommand.class,
            ShowCommand.class,
            GroupsCommand.class,
            FieldsCommand.class,
            FiltersCommand.class,
            TraceCommand.class,
            CompareCommand.class,
            RedriveCommand.class,
            EditCommand.class,
            MoveCommand.class,
            PurgeCommand.class,
            RestoreCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            JobsCommand.class,
            AuditCommand.class,
            DemoCommand.class,
            CompletionCommand.class
        })
public final class Dlo implements Callable<Integer> {
    private final Session session;

    public Dlo(Session session) {
        this.session = session;
    }

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description =
                    "Where profiles, jobs and the audit trail are kept. Else $$DLO_HOME, else the"
                            + " platform's data folder.")
    void home(Path dir) {
        session.home(dir);
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json|jsonl",
            scope = ScopeType.INHERIT,
            description = "Form of the output: table on a terminal, json otherwise.")
    void output(Output.Format format) {
        session.format(format);
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    @Override
    public Integer call() throws Exception {
        var window = new Window(session);
        session.host().interruption().handle(window::close);
        return window.open().number();
    }
}
