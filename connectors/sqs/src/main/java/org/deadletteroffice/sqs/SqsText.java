package org.deadletteroffice.sqs;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.deadletteroffice.spi.decode.PlainBytes;

/// The text that SQS takes as a body or as the value of an attribute: XML 1.0's characters, and at
/// least one of them (SendMessage, API 2012-11-05).
final class SqsText {
    private SqsText() {}

    /// The bytes read as UTF-8; empty when they are not, or are text that SQS refuses.
    static Optional<String> read(byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.empty();
        }
        // Most are all ASCII, and every one passes here several times.
        if (PlainBytes.areText(bytes)) {
            return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        try {
            var text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return isAllowed(text) ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    /// A loop, as a stream of the characters took a twelfth of a redrive.
    private static boolean isAllowed(String text) {
        for (var i = 0; i < text.length(); ) {
            var character = text.codePointAt(i);
            if (!isAllowed(character)) {
                return false;
            }
            i += Character.charCount(character);
        }
        return true;
    }

    private static boolean isAllowed(int character) {
        return character == 0x9
                || character == 0xa
                || character == 0xd
                || (character >= 0x20 && character <= 0xd7ff)
                || (character >= 0xe000 && character <= 0xfffd)
                || character >= 0x10000;
    }
}
