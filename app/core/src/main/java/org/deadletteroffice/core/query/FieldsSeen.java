package org.deadletteroffice.core.query;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.Tree;

/// Which fields a filter can ask for in the messages of a queue that were looked at, as CEL writes
/// them: `payload.customer.country`, `payload.items[0].sku`, `headers['x-attempts']`. Bounded;
/// thread-safe.
public final class FieldsSeen {
    private static final int MOST = 2_000;
    private static final int DEPTH = 8;

    /// Members of one object: maps from ids to something are data and no fields.
    private static final int MEMBERS = 100;

    /// @param name as an expression writes it
    /// @param type `text`, `number`, `true or false`, `list`, `object`, `bytes`, `null`
    /// @param messages how many of those looked at have it
    public record Field(String name, String type, long messages) {}

    private final Map<String, Field> fields = new TreeMap<>();

    public synchronized void add(MessageView view) {
        for (var header : view.letter().headers()) {
            found("headers" + step(header.name()), "text");
        }
        payload(view.decoded());
    }

    private void payload(Decoded decoded) {
        switch (decoded) {
            case Decoded.Structured(_, _, var tree, _) -> walk("payload", tree, 0);
            case Decoded.Wrapped(_, _, var inner, _) -> payload(inner);
            case Decoded.PlainText _, Decoded.Opaque _ -> {}
        }
    }

    private void walk(String path, Tree tree, int depth) {
        if (depth > 0) {
            found(path, type(tree));
        }
        if (depth == DEPTH) {
            return;
        }
        switch (tree) {
            case Tree.Obj(var members) -> {
                int told = 0;
                for (var member : members) {
                    if (++told > MEMBERS) {
                        break;
                    }
                    walk(path + step(member.name()), member.value(), depth + 1);
                }
            }
            case Tree.Arr(var items) -> {
                if (!items.isEmpty()) {
                    walk(path + "[0]", items.getFirst(), depth + 1);
                }
            }
            case Tree.Text _, Tree.Num _, Tree.Bool _, Tree.Null _, Tree.Bytes _ -> {}
        }
    }

    private void found(String name, String type) {
        var known = fields.get(name);
        if (known != null) {
            var told = known.type.equals("null") ? type : known.type;
            fields.put(name, new Field(name, told, known.messages + 1));
        } else if (fields.size() < MOST && name.length() <= 300) {
            fields.put(name, new Field(name, type, 1));
        }
    }

    private static String type(Tree tree) {
        return switch (tree) {
            case Tree.Obj _ -> "object";
            case Tree.Arr _ -> "list";
            case Tree.Text _ -> "text";
            case Tree.Num _ -> "number";
            case Tree.Bool _ -> "true or false";
            case Tree.Null _ -> "null";
            case Tree.Bytes _ -> "bytes";
        };
    }

    /// `.name`, or `['any name']` where CEL knows no such identifier.
    static String step(String name) {
        return CelSyntax.isIdentifier(name)
                ? "." + name
                : "['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']";
    }

    /// By name.
    public synchronized List<Field> all() {
        return List.copyOf(fields.values());
    }
}
