package org.deadletteroffice.desktop.payload;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.deadletteroffice.spi.message.Header;

/// What one header says, with null, empty, text and bytes told apart.
///
/// @param kind what sort of value it is
/// @param text the value for the eye; empty for null and empty values
public record HeaderText(String name, Kind kind, String text) {
    /// What sort of value a header has.
    public enum Kind {
        NULL,
        EMPTY,
        TEXT,
        /// Shown as hex, and as a number where it has the width of one.
        BYTES
    }

    public static HeaderText of(Header header) {
        var value = header.value();
        if (value == null) {
            return new HeaderText(header.name(), Kind.NULL, "");
        }
        if (value.length == 0) {
            return new HeaderText(header.name(), Kind.EMPTY, "");
        }
        var text = readable(value);
        return text == null
                ? new HeaderText(header.name(), Kind.BYTES, bytes(value))
                : new HeaderText(header.name(), Kind.TEXT, text);
    }

    private static @org.jspecify.annotations.Nullable String readable(byte[] value) {
        try {
            var text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
            boolean plain =
                    text.chars()
                            .allMatch(
                                    c ->
                                            c == '\n'
                                                    || c == '\t'
                                                    || c == '\r'
                                                    || !Character.isISOControl(c));
            return plain ? text : null;
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    /// Spring Kafka and others write partitions and offsets as big-endian numbers.
    private static String bytes(byte[] value) {
        var hex = PayloadText.bytesLine(value, 64);
        return switch (value.length) {
            case 4 -> hex + "  =  " + ByteBuffer.wrap(value).getInt();
            case 8 -> hex + "  =  " + ByteBuffer.wrap(value).getLong();
            default -> hex;
        };
    }
}
