package org.deadletteroffice.cli.command;

import java.util.concurrent.Callable;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Session;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `dlo completion`: the script that makes a shell complete `dlo`'s words.
@Command(
        name = "completion",
        description = "Print a completion script for bash and zsh.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(dlo completion)",
            "  dlo completion > ~/.local/share/bash-completion/completions/dlo"
        })
public final class CompletionCommand implements Callable<Integer> {
    private final Session session;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    public CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.output().text(AutoComplete.bash("dlo", spec.root().commandLine()));
        return ExitCode.DONE.number();
    }
}
