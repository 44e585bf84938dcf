package org.deadletteroffice.core.decode;

import org.deadletteroffice.spi.decode.Decoded;

/// The text that shows a decoded payload to a reader.
public final class PrettyPrinter {
    /// Indented JSON for a structure (XML for XML), the text itself for text, the reason for bytes.
    public static String text(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Structured(var format, _, var tree, _) ->
                    format.equals("xml") ? XmlWriter.pretty(tree) : JsonWriter.pretty(tree);
            case Decoded.PlainText(_, _, var text, _) -> text;
            case Decoded.Opaque(_, var reason, _) -> reason;
            case Decoded.Wrapped(_, _, var inner, _) -> text(inner);
        };
    }

    private PrettyPrinter() {}
}
