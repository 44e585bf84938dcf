package org.deadletteroffice.core.decode;

import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;

/// A text is not in the format that it was read as.
final class SyntaxProblem extends Exception {
    private final int line;
    private final int column;

    /// @param sentence for the operator, beginning small and without its full stop
    /// @param line from 1; 0 where unknown
    /// @param column from 1; 0 where unknown
    SyntaxProblem(String sentence, int line, int column) {
        super(sentence, null, false, false);
        this.line = Math.max(0, line);
        this.column = Math.max(0, column);
    }

    String sentence() {
        var message = getMessage();
        return message == null ? "it cannot be read" : message;
    }

    String where() {
        return line > 0 ? "line " + line + ", column " + column : "";
    }

    /// @param format as a person writes it: `XML`
    EditException asEdit(String format) {
        return new EditException("This is not " + format + ": " + sentence() + ".", line, column);
    }
}
