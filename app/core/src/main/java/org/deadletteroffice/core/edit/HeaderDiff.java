package org.deadletteroffice.core.edit;

import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Numerals;

/// What becomes of a message's headers, one line each. Frameworks put whole stack traces into
/// headers, so a line is cut, but only once it is known what differs.
public final class HeaderDiff {
    /// Characters of a line.
    static final int WIDTH = 200;

    private HeaderDiff() {}

    public static List<DiffLine> between(Headers before, Headers after) {
        return Editing.diff(lines(before), lines(after)).stream()
                .map(line -> new DiffLine(line.kind(), cut(line.text())))
                .toList();
    }

    private static String lines(Headers headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .map(header -> header.name() + ": " + value(header))
                .collect(Collectors.joining("\n"));
    }

    /// Text where it is one, its line breaks as `\n`; else hex.
    private static String value(Header header) {
        var bytes = header.value();
        if (bytes == null) {
            return "null";
        }
        var text = Objects.requireNonNullElse(header.text(), "");
        return text.chars().anyMatch(c -> c == 0xFFFD || (Character.isISOControl(c) && !isSpace(c)))
                ? "0x" + HexFormat.of().formatHex(bytes)
                : text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
    }

    private static boolean isSpace(int c) {
        return c == '\n' || c == '\r' || c == '\t';
    }

    private static String cut(String line) {
        if (line.length() <= WIDTH) {
            return line;
        }
        var end = Character.isHighSurrogate(line.charAt(WIDTH - 1)) ? WIDTH - 1 : WIDTH;
        return line.substring(0, end)
                + "… ("
                + Numerals.of(line.length() - end, "more character", "more characters")
                + ")";
    }
}
