package org.deadletteroffice.desktop.payload;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.deadletteroffice.spi.decode.Tree;

/// A decoded value as JSON for reading: numbers as they were written, members in their order,
/// repeats included. Bytes, which JSON lacks, stand as `hex"…"`.
public final class TreeText {
    private static final int INLINE = 64;

    private TreeText() {}

    /// On one line, cut after about `limit` characters.
    public static String compact(Tree tree, int limit) {
        var out = new StringBuilder();
        compact(tree, out, limit, "");
        return out.length() > limit ? out.substring(0, limit) + "…" : out.toString();
    }

    /// Indented, one member a line; small items of a list and lists of plain values stay on theirs.
    ///
    /// @param limit lines at most; the last one then says that more was left out
    public static List<Line> pretty(Tree tree, int limit) {
        var printer = new Printer(limit);
        printer.print(tree, "", "", "$", "", false);
        return printer.lines;
    }

    /// One line of a pretty payload.
    ///
    /// @param path of the value that begins or goes on here: `$.lines[0].sku`
    public record Line(String text, String path) {}

    private static void compact(Tree tree, StringBuilder out, int limit, String gap) {
        if (out.length() > limit) {
            return;
        }
        switch (tree) {
            case Tree.Obj(var members) -> {
                out.append('{').append(members.isEmpty() ? "" : gap);
                var separator = "";
                for (var member : members) {
                    if (out.length() > limit) {
                        return;
                    }
                    quote(member.name(), out.append(separator));
                    compact(member.value(), out.append(':').append(gap), limit, gap);
                    separator = "," + gap;
                }
                out.append(members.isEmpty() ? "" : gap).append('}');
            }
            case Tree.Arr(var items) -> {
                out.append('[');
                var separator = "";
                for (var item : items) {
                    if (out.length() > limit) {
                        return;
                    }
                    compact(item, out.append(separator), limit, gap);
                    separator = "," + gap;
                }
                out.append(']');
            }
            case Tree.Text(var value) ->
                    quote(value.length() > limit ? value.substring(0, limit) : value, out);
            case Tree.Num(var literal) -> out.append(literal);
            case Tree.Bool(var value) -> out.append(value);
            case Tree.Null _ -> out.append("null");
            case Tree.Bytes(var value) ->
                    out.append("hex\"")
                            .append(
                                    HexFormat.of()
                                            .formatHex(value, 0, Math.min(value.length, limit)))
                            .append('"');
        }
    }

    /// As JSON quotes it; characters that cannot be seen are escaped.
    public static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isHidden(c)) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /// Control characters, and those that reorder or hide the text around them.
    static boolean isHidden(char c) {
        return Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029'
                || Character.getType(c) == Character.FORMAT;
    }

    private static final class Printer {
        private final int limit;
        private final List<Line> lines = new ArrayList<>();

        Printer(int limit) {
            this.limit = limit;
        }

        void print(
                Tree tree, String indent, String lead, String path, String tail, boolean inline) {
            switch (tree) {
                case Tree.Obj(var members) when !members.isEmpty() && !fits(tree, inline) -> {
                    add(indent + lead + "{", path);
                    for (int i = 0; i < members.size() && room(); i++) {
                        var member = members.get(i);
                        var name = new StringBuilder();
                        quote(member.name(), name);
                        print(
                                member.value(),
                                indent + "  ",
                                name + ": ",
                                path + "." + member.name(),
                                i + 1 < members.size() ? "," : "",
                                false);
                    }
                    add(indent + "}" + tail, path);
                }
                case Tree.Arr(var items) when !items.isEmpty() && !fits(tree, true) -> {
                    add(indent + lead + "[", path);
                    for (int i = 0; i < items.size() && room(); i++) {
                        print(
                                items.get(i),
                                indent + "  ",
                                "",
                                path + "[" + i + "]",
                                i + 1 < items.size() ? "," : "",
                                true);
                    }
                    add(indent + "]" + tail, path);
                }
                case Tree.Obj _,
                        Tree.Arr _,
                        Tree.Text _,
                        Tree.Num _,
                        Tree.Bool _,
                        Tree.Null _,
                        Tree.Bytes _ -> {
                    var text = new StringBuilder(indent).append(lead);
                    compact(tree, text, PayloadText.LINE, " ");
                    if (text.length() > PayloadText.LINE) {
                        text.setLength(PayloadText.LINE);
                        text.append('…');
                    }
                    add(text + tail, path);
                }
            }
        }

        private boolean room() {
            return lines.size() <= limit;
        }

        private void add(String text, String path) {
            if (lines.size() < limit) {
                lines.add(new Line(text, path));
            } else if (lines.size() == limit) {
                lines.add(new Line("… more lines: see Raw, or save the payload", path));
            }
        }

        private static boolean fits(Tree tree, boolean inline) {
            if (!inline) {
                return false;
            }
            var plain =
                    switch (tree) {
                        case Tree.Obj(var members) ->
                                members.stream().allMatch(member -> isPlain(member.value()));
                        case Tree.Arr(var items) -> items.stream().allMatch(Printer::isPlain);
                        case Tree.Text _, Tree.Num _, Tree.Bool _, Tree.Null _, Tree.Bytes _ ->
                                true;
                    };
            if (!plain) {
                return false;
            }
            var text = new StringBuilder();
            compact(tree, text, INLINE, " ");
            return text.length() <= INLINE;
        }

        private static boolean isPlain(Tree tree) {
            return switch (tree) {
                case Tree.Obj _, Tree.Arr _ -> false;
                case Tree.Text _, Tree.Num _, Tree.Bool _, Tree.Null _, Tree.Bytes _ -> true;
            };
        }
    }
}
