package org.deadletteroffice.core.edit;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;

/// Texts of payloads, there and back. Stateless.
public final class Editing {
    /// What the operator edits; empty where this payload cannot be edited as text (then as hex:
    /// [#hexText]).
    public static Optional<String> editText(MessageView message) {
        throw new UnsupportedOperationException();
    }

    /// The payload's bytes with the content `edited`, in the format, style and wrappers in which it
    /// came. An unchanged text gives the original bytes.
    public static byte[] encode(MessageView message, String edited) throws EditException {
        throw new UnsupportedOperationException();
    }

    /// Hex in lines of 16 bytes, two digits a byte.
    public static String hexText(byte[] bytes) {
        throw new UnsupportedOperationException();
    }

    public static byte[] parseHex(String text) throws EditException {
        throw new UnsupportedOperationException();
    }

    /// The lines of a unified view of what differs.
    public static List<DiffLine> diff(String before, String after) {
        throw new UnsupportedOperationException();
    }

    private Editing() {}
}
