package org.deadletteroffice.core.schema;

import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.schema.Schemas.Answer;
import org.jspecify.annotations.Nullable;

/// Which schema each message of a job is held against, by where it would go.
///
/// @param text as [SchemaChoice#parse] reads it: `own`, `latest` for that of each message's
///     destination, `latest:SUBJECT`, else the name of a file
/// @param given that of the file; null for another rule
public record SchemaRule(String text, SchemaChoice.@Nullable Given given) {
    /// Reads the file, where one is named.
    ///
    /// @throws OperatorException WRONG_USE when the file cannot be read
    public static SchemaRule of(String text) throws OperatorException {
        if (!(SchemaChoice.parse(text, "") instanceof SchemaChoice.InFile(var file))) {
            return new SchemaRule(text, null);
        }
        var answer = Schemas.inFile(file);
        if (answer instanceof Answer.Missing(var reason)) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    reason + ".",
                    "Give own, latest, latest:SUBJECT or the name of a schema file.");
        }
        return new SchemaRule(text, new SchemaChoice.Given("the file " + file, answer));
    }

    public SchemaChoice at(String destination) {
        return given == null ? SchemaChoice.parse(text, destination) : given;
    }
}
