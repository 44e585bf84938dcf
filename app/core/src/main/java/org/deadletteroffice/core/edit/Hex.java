package org.deadletteroffice.core.edit;

import java.io.ByteArrayOutputStream;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;

/// Bytes as hexadecimal text, there and back.
final class Hex {
    private static final int BYTES_A_LINE = 16;
    private static final String DIGITS = "0123456789abcdef";

    static String text(byte[] bytes) {
        var out = new StringBuilder(bytes.length * 3);
        for (int i = 0; i < bytes.length; i++) {
            if (i > 0) {
                out.append(i % BYTES_A_LINE == 0 ? '\n' : ' ');
            }
            out.append(DIGITS.charAt((bytes[i] & 0xF0) >> 4)).append(DIGITS.charAt(bytes[i] & 0xF));
        }
        return out.toString();
    }

    static byte[] parse(String text) throws EditException {
        var out = new ByteArrayOutputStream(text.length() / 3 + 1);
        int line = 1;
        int lineStart = 0;
        int high = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = Character.digit(c, 16);
            if (digit >= 0 && c < 128) {
                if (high < 0) {
                    high = digit;
                } else {
                    out.write((high << 4) | digit);
                    high = -1;
                }
            } else if (!Character.isWhitespace(c)) {
                throw new EditException(
                        "'" + c + "' is no hexadecimal digit.", line, i - lineStart + 1);
            } else if (high >= 0) {
                throw new EditException(
                        "A byte has two digits; here is one.", line, i - lineStart + 1);
            }
            if (c == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        if (high >= 0) {
            throw new EditException(
                    "A byte has two digits; the last one has one.",
                    line,
                    text.length() - lineStart + 1);
        }
        return out.toByteArray();
    }

    private Hex() {}
}
