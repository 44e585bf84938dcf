package org.deadletteroffice.cli.command;

import java.util.List;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.query.SavedFilters;
import org.deadletteroffice.spi.message.MessageId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which messages of a queue; exactly one of these is given.
final class ScopeOptions {
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
            description = "Those that match a CEL expression, plain words, or @NAME.")
    private @Nullable String where;

    @Option(names = "--all", description = "All.")
    private boolean all;

    /// @param saved what `@name` stands for: a job keeps the expression, not the name
    Scope scope(SavedFilters saved) throws OperatorException {
        if (ids != null) {
            return new Scope.Ids(ids(ids));
        }
        if (group != null) {
            return new Scope.GroupOf(group);
        }
        if (where != null) {
            return new Scope.Matching(saved.text(where));
        }
        if (all) {
            return new Scope.All();
        }
        throw new IllegalStateException("picocli requires one of the group");
    }

    /// @throws OperatorException WRONG_USE when one is empty
    static List<MessageId> ids(List<String> given) throws OperatorException {
        if (given.stream().anyMatch(String::isEmpty)) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "An --id is empty.",
                    "Give ids as dlo browse shows them.");
        }
        return given.stream().map(MessageId::new).toList();
    }
}
