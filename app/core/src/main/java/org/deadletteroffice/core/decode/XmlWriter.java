package org.deadletteroffice.core.decode;

import java.util.List;
import org.deadletteroffice.spi.decode.Tree;

/// The tree of an XML document as indented XML, for reading. Not what is sent: comments and white
/// space are gone.
final class XmlWriter {
    /// Indentation of deep nesting can multiply a text.
    private static final int MAX = 32 << 20;

    private final StringBuilder out = new StringBuilder();

    private XmlWriter() {}

    static String pretty(Tree tree) {
        var writer = new XmlWriter();
        if (tree instanceof Tree.Obj(var members)) {
            for (var member : members) {
                writer.element(member.name(), member.value(), 0);
            }
        }
        return writer.out.toString().strip();
    }

    private void element(String name, Tree value, int depth) {
        if (out.length() > MAX) {
            return;
        }
        line(depth);
        out.append('<').append(name);
        switch (value) {
            case Tree.Text(var text) -> {
                if (text.isEmpty()) {
                    out.append("/>");
                } else {
                    out.append('>');
                    escape(text);
                    out.append("</").append(name).append('>');
                }
            }
            case Tree.Obj(var members) -> {
                var inside = members.stream().filter(it -> !isAttribute(it)).toList();
                members.stream().filter(XmlWriter::isAttribute).forEach(this::attribute);
                if (inside.isEmpty()) {
                    out.append("/>");
                    return;
                }
                out.append('>');
                content(name, inside, depth);
            }
            default -> out.append("/>");
        }
    }

    private void content(String name, List<Tree.Member> inside, int depth) {
        boolean textOnly = inside.size() == 1 && inside.getFirst().name().equals("#text");
        for (var member : inside) {
            if (member.name().equals("#text") && member.value() instanceof Tree.Text(var text)) {
                if (!textOnly) {
                    line(depth + 1);
                }
                escape(textOnly ? text : text.strip());
            } else {
                element(member.name(), member.value(), depth + 1);
            }
        }
        if (!textOnly) {
            line(depth);
        }
        out.append("</").append(name).append('>');
    }

    private static boolean isAttribute(Tree.Member member) {
        return member.name().startsWith("@");
    }

    private void attribute(Tree.Member member) {
        out.append(' ').append(member.name(), 1, member.name().length()).append("=\"");
        escape(member.value() instanceof Tree.Text(var text) ? text : "");
        out.append('"');
    }

    private void line(int depth) {
        out.append('\n');
        out.repeat("  ", depth);
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
    }
}
