package org.deadletteroffice.core.edit;

import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;

/// A compiled jq program over the decoded payload. Thread-safe.
public final class JqProgram {
    private JqProgram() {
        throw new UnsupportedOperationException();
    }

    /// @throws OperatorException WRONG_USE with the place where it does not parse
    public static JqProgram compile(String program) throws OperatorException {
        throw new UnsupportedOperationException();
    }

    /// The payload with the program applied, in the format, style and wrappers in which it came.
    /// Bounded in time (2 s) and size.
    ///
    /// @throws EditException when the payload is no structure, the program fails on it, or gives
    ///     not exactly one value
    public byte[] apply(MessageView message) throws EditException {
        throw new UnsupportedOperationException();
    }
}
