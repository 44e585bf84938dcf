package org.deadletteroffice.desktop.payload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.core.decode.PrettyPrinter;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// A payload as lines for the eye. Bounded: what is left out is said in the last line.
public final class PayloadText {
    /// Lines shown at most; a person reads no more, and the whole can be saved.
    public static final int LINES = 10_000;

    /// Characters of one line at most, so that one endless line stops no paint.
    static final int LINE = 4_000;

    /// As many as the reading pane holds beside one another.
    private static final int HEX_ROW = 8;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private PayloadText() {}

    /// What a list shows of it, on one line.
    public static String preview(Decoded decoded, byte @Nullable [] payload, int limit) {
        if (payload == null) {
            return "no payload (tombstone)";
        }
        if (payload.length == 0) {
            return "empty";
        }
        return switch (decoded) {
            case Decoded.Structured(_, _, var tree, _) -> TreeText.compact(tree, limit);
            case Decoded.PlainText(_, _, var text, _) -> oneLine(text, limit);
            case Decoded.Wrapped(_, var bytes, var inner, _) -> preview(inner, bytes, limit);
            case Decoded.Opaque _ -> bytesLine(payload, Math.min(limit / 3, 32));
        };
    }

    /// As the decoder understood it, set for reading.
    public static List<TreeText.Line> pretty(Decoded decoded, byte @Nullable [] payload) {
        if (payload == null || payload.length == 0) {
            return List.of();
        }
        return switch (decoded) {
            case Decoded.Structured(var format, _, var tree, _) ->
                    format.equals("xml")
                            ? lines(PrettyPrinter.text(decoded))
                            : TreeText.pretty(tree, LINES);
            case Decoded.PlainText(_, _, var text, _) -> lines(text);
            case Decoded.Wrapped(_, var bytes, var inner, _) -> pretty(inner, bytes);
            case Decoded.Opaque _ -> hex(payload);
        };
    }

    /// The bytes as UTF-8, as they lie; what is not UTF-8 shows as �.
    public static List<TreeText.Line> raw(byte @Nullable [] payload) {
        return payload == null || payload.length == 0
                ? List.of()
                : lines(new String(payload, StandardCharsets.UTF_8));
    }

    /// Offset, eight bytes, and what they say in ASCII.
    public static List<TreeText.Line> hex(byte @Nullable [] payload) {
        if (payload == null) {
            return List.of();
        }
        var lines = new ArrayList<TreeText.Line>();
        for (int at = 0; at < payload.length; at += HEX_ROW) {
            if (lines.size() == LINES) {
                lines.add(
                        new TreeText.Line(
                                "… %s: save the payload to see what follows"
                                        .formatted(
                                                Numerals.of(
                                                        payload.length - at,
                                                        "more byte",
                                                        "more bytes")),
                                ""));
                break;
            }
            lines.add(new TreeText.Line(hexRow(payload, at), ""));
        }
        return lines;
    }

    private static String hexRow(byte[] bytes, int at) {
        var row = new StringBuilder(80);
        for (int shift = 28; shift >= 0; shift -= 4) {
            row.append(HEX[at >>> shift & 0xf]);
        }
        row.append("  ");
        var ascii = new StringBuilder(HEX_ROW);
        for (int i = at; i < at + HEX_ROW; i++) {
            if (i < bytes.length) {
                int b = bytes[i] & 0xff;
                row.append(HEX[b >>> 4]).append(HEX[b & 0xf]).append(' ');
                ascii.append(b >= 0x20 && b < 0x7f ? (char) b : '·');
            } else {
                row.append("   ");
            }
            if (i == at + HEX_ROW / 2 - 1) {
                row.append(' ');
            }
        }
        return row.append(" |").append(ascii).append('|').toString();
    }

    /// Bytes in one line, `de ad be ef …`.
    public static String bytesLine(byte[] bytes, int limit) {
        var out = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, limit); i++) {
            out.append(i == 0 ? "" : " ")
                    .append(HEX[bytes[i] >>> 4 & 0xf])
                    .append(HEX[bytes[i] & 0xf]);
        }
        return bytes.length > limit ? out.append(" …").toString() : out.toString();
    }

    /// Line ends and other characters that cannot be seen as spaces, cut after `limit`.
    public static String oneLine(String text, int limit) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length() && out.length() < limit; i++) {
            char c = text.charAt(i);
            out.append(TreeText.isHidden(c) ? ' ' : c);
        }
        return text.length() > limit ? out.append('…').toString() : out.toString();
    }

    private static List<TreeText.Line> lines(String text) {
        var lines = new ArrayList<TreeText.Line>();
        int from = 0;
        while (from <= text.length()) {
            if (lines.size() == LINES) {
                lines.add(new TreeText.Line("… more lines: save the payload to see them", ""));
                break;
            }
            int end = text.indexOf('\n', from);
            int stop = end < 0 ? text.length() : end;
            if (stop - from > LINE) {
                stop = from + LINE;
                end = stop - 1;
            }
            var line = text.substring(from, stop);
            lines.add(new TreeText.Line(visible(line), ""));
            if (end < 0) {
                break;
            }
            from = end + 1;
        }
        return lines;
    }

    private static String visible(String line) {
        var out = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\t') {
                out.append("    ");
            } else if (c != '\r') {
                out.append(TreeText.isHidden(c) ? '␣' : c);
            }
        }
        return out.toString();
    }
}
