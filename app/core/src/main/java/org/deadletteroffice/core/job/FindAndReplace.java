package org.deadletteroffice.core.job;

import com.fasterxml.jackson.databind.node.TextNode;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.edit.JqProgram;

/// Find and replace as a jq program, so that it is bounded, decodes and encodes as every other
/// change does, and touches nothing but the texts it changes.
final class FindAndReplace {
    /// @throws OperatorException WRONG_USE when there is nothing to find or the path is none
    static JqProgram program(Change.Replace replace) throws OperatorException {
        if (replace.find().isEmpty()) {
            throw new OperatorException(
                    Kind.WRONG_USE, "There is nothing to find.", "Give the text to be replaced.");
        }
        var path = replace.path().strip();
        if (!path.isEmpty()
                && !path.matches("(\\.[\\w-]+(\\[\\d*])*|\\.?\\[\\d*]|\\.\"[^\"\\\\]+\")+")) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    "'" + path + "' names no field.",
                    "Write it as .customer.country or .items[].sku, or leave it out for every text.");
        }
        var change = "split(%s) | join(%s)".formatted(quoted(replace.find()), quoted(replace.by()));
        // Path by path rather than by walk, which would sort the members of objects.
        return JqProgram.compile(
                path.isEmpty()
                        ? "if type == \"string\" then %s else reduce paths(type == \"string\") as $p (.; setpath($p; getpath($p) | %s)) end"
                                .formatted(change, change)
                        : "%s |= (if type == \"string\" then %s else . end)"
                                .formatted(path, change));
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    private FindAndReplace() {}
}
