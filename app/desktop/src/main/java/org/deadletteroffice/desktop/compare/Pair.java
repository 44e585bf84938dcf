package org.deadletteroffice.desktop.compare;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.deadletteroffice.core.edit.DiffLine;
import org.jspecify.annotations.Nullable;

/// One row of two texts side by side.
///
/// @param left null where the left text has nothing here
/// @param right null where the right text has nothing here
record Pair(Kind kind, @Nullable String left, @Nullable String right) {
    /// How the two compare here.
    enum Kind {
        SAME,
        DIFFERENT,
        /// Equal lines left out.
        GAP
    }

    /// What was taken out on the left stands beside what came in on the right.
    static List<Pair> of(List<DiffLine> unified) {
        var pairs = new ArrayList<Pair>();
        Deque<String> left = new ArrayDeque<>();
        Deque<String> right = new ArrayDeque<>();
        for (var line : unified) {
            switch (line.kind()) {
                case REMOVED -> left.add(line.text());
                case ADDED -> right.add(line.text());
                case SAME -> {
                    settle(pairs, left, right);
                    pairs.add(new Pair(Kind.SAME, line.text(), line.text()));
                }
                case GAP -> {
                    settle(pairs, left, right);
                    pairs.add(new Pair(Kind.GAP, line.text() + " alike", ""));
                }
            }
        }
        settle(pairs, left, right);
        return pairs;
    }

    private static void settle(List<Pair> pairs, Deque<String> left, Deque<String> right) {
        while (!left.isEmpty() || !right.isEmpty()) {
            pairs.add(new Pair(Kind.DIFFERENT, left.poll(), right.poll()));
        }
    }
}
