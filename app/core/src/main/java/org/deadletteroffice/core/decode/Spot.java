package org.deadletteroffice.core.decode;

import java.util.List;
import org.deadletteroffice.spi.decode.Tree;

/// A value of a binary format and where it stood, so that an edit elsewhere leaves its bytes alone.
///
/// @param tree what it says
/// @param start offset of its first byte, tags included
/// @param head offset of the byte that says what it is, tags passed over
/// @param end offset behind its last byte
/// @param keys of a map, in order; empty for anything else
/// @param items of a map the values, of an array the items; empty for anything else
record Spot(Tree tree, int start, int head, int end, List<Spot> keys, List<Spot> items) {
    static Spot leaf(Tree tree, int start, int head, int end) {
        return new Spot(tree, start, head, end, List.of(), List.of());
    }
}
