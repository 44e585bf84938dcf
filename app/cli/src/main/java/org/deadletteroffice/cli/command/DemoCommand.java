package org.deadletteroffice.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.deadletteroffice.cli.DemoProcess;
import org.deadletteroffice.cli.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `dlo demo`
@Command(
        name = "demo",
        description = {
            "Start brokers full of dead letters, and the window on them.",
            "",
            "They run on free local ports, in a temporary folder, until the window is closed or"
                    + " Ctrl+C; nothing of them stays. Every other dlo on the same data folder sees"
                    + " their profiles meanwhile."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  dlo demo", "  dlo demo --no-window --only kafka"})
public final class DemoCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--no-window", description = "Serve until stopped, without a window.")
    private boolean noWindow;

    @Option(names = "--only", paramLabel = "KIND", split = ",", description = "Only these brokers.")
    private List<String> only = List.of();

    public DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        return new DemoProcess(session, only, !noWindow).run().number();
    }
}
