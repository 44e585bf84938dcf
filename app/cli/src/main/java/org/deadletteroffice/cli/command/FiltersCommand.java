package org.deadletteroffice.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.query.SavedFilters.SavedFilter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `dlo filters`
@Command(
        name = "filters",
        description = "List, save and remove named filters; --where @NAME uses one.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo filters save slow 'cause.type.endsWith(\"TimeoutException\")'",
            "  dlo browse orders.DLT -p prod --where @slow",
            "  dlo filters remove slow"
        })
public final class FiltersCommand implements Callable<Integer> {
    private final Session session;

    public FiltersCommand(Session session) {
        this.session = session;
    }

    /// Without a word after it, it lists.
    @Override
    public Integer call() throws Exception {
        return list();
    }

    @Command(name = "list", description = "List the saved filters.")
    int list() throws OperatorException {
        var table =
                new Table<SavedFilter>()
                        .left("NAME", filter -> "@" + filter.name())
                        .left("FILTER", SavedFilter::text);
        session.output()
                .list(
                        session.engine().filters().all(),
                        filter -> Map.of("name", filter.name(), "text", filter.text()),
                        table,
                        "No saved filters.");
        return ExitCode.DONE.number();
    }

    @Command(name = "save", description = "Save a filter; one of the same name is replaced.")
    int save(
            @Parameters(index = "0", paramLabel = "NAME") String name,
            @Parameters(
                            index = "1",
                            paramLabel = "FILTER",
                            description = "A CEL expression or plain words.")
                    String text)
            throws OperatorException {
        session.engine().filters().save(name, text);
        session.say("Saved. Use it with --where @" + name + ".");
        return ExitCode.DONE.number();
    }

    @Command(name = "remove", description = "Remove a saved filter.")
    int remove(@Parameters(index = "0", paramLabel = "NAME") String name) throws OperatorException {
        session.engine().filters().remove(name.startsWith("@") ? name.substring(1) : name);
        session.say("Removed.");
        return ExitCode.DONE.number();
    }
}
