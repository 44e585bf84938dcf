package org.deadletteroffice.core.decode;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.Tree;
import org.jspecify.annotations.Nullable;

/// Writes an edited tree over the bytes it was read from: what the edit did not touch is copied as
/// it lay, so that widths, tags and styles of the producer stay.
final class SpotPatch {
    private final BinaryFormat format;
    private final byte[] original;
    private final ByteArrayOutputStream out;

    private SpotPatch(BinaryFormat format, byte[] original) {
        this.format = format;
        this.original = original;
        this.out = new ByteArrayOutputStream(original.length + 64);
    }

    static byte[] apply(BinaryFormat format, byte[] original, Spot root, Tree edited)
            throws EditException {
        var patch = new SpotPatch(format, original);
        patch.write(root, edited);
        return patch.out.toByteArray();
    }

    private void write(@Nullable Spot like, Tree edited) throws EditException {
        if (like != null && TreeEdit.same(like.tree(), edited)) {
            copy(like.start(), like.end());
            return;
        }
        if (like != null) {
            copy(like.start(), like.head());
        }
        switch (edited) {
            case Tree.Obj _ when like != null && isLeaf(like) ->
                    format.scalar(out, original, like, edited);
            case Tree.Obj(var members) ->
                    object(like != null && like.tree() instanceof Tree.Obj ? like : null, members);
            case Tree.Arr(var items) ->
                    array(like != null && like.tree() instanceof Tree.Arr ? like : null, items);
            default -> format.scalar(out, original, like, edited);
        }
    }

    /// An object that the format made of a value that is no map, e.g. an extension type.
    private static boolean isLeaf(Spot spot) {
        return spot.items().isEmpty()
                && spot.tree() instanceof Tree.Obj(var members)
                && !members.isEmpty();
    }

    private void object(@Nullable Spot like, List<Tree.Member> members) throws EditException {
        format.begin(out, original, like, true, members.size());
        var places = new HashMap<String, Deque<Integer>>();
        if (like != null && like.tree() instanceof Tree.Obj(var before)) {
            for (int i = 0; i < before.size(); i++) {
                places.computeIfAbsent(before.get(i).name(), _ -> new ArrayDeque<>()).add(i);
            }
        }
        for (var member : members) {
            var free = places.get(member.name());
            var place = free == null ? null : free.poll();
            if (like == null || place == null) {
                var sibling = like == null || like.keys().isEmpty() ? null : like.keys().getFirst();
                format.key(out, original, sibling, member.name());
                write(null, member.value());
            } else {
                var key = like.keys().get(place);
                copy(key.start(), key.end());
                write(like.items().get(place), member.value());
            }
        }
        format.end(out, original, like);
    }

    /// Items that stayed at the head and at the tail are matched first, so that one inserted or
    /// taken out moves no other.
    private void array(@Nullable Spot like, List<Tree> items) throws EditException {
        format.begin(out, original, like, false, items.size());
        var before = like == null ? List.<Spot>of() : like.items();
        int head = 0;
        int shorter = Math.min(before.size(), items.size());
        while (head < shorter && TreeEdit.same(before.get(head).tree(), items.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && TreeEdit.same(
                        before.get(before.size() - 1 - tail).tree(),
                        items.get(items.size() - 1 - tail))) {
            tail++;
        }
        for (int i = 0; i < items.size(); i++) {
            int fromEnd = items.size() - i;
            Spot match = null;
            if (fromEnd <= tail) {
                match = before.get(before.size() - fromEnd);
            } else if (i < before.size() - tail) {
                match = before.get(i);
            }
            write(match, items.get(i));
        }
        format.end(out, original, like);
    }

    private void copy(int from, int to) {
        out.write(original, from, to - from);
    }
}
