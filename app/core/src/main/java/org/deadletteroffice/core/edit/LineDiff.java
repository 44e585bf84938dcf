package org.deadletteroffice.core.edit;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.core.edit.DiffLine.Kind;
import org.deadletteroffice.spi.message.Numerals;

/// A unified view of two texts: what differs with three lines around it, gaps between.
final class LineDiff {
    private static final int CONTEXT = 3;

    /// The diff costs lines × differences: past this product whole blocks are compared instead.
    private static final long MAX_COST = 25_000_000;

    static List<DiffLine> unified(String before, String after) {
        if (before.equals(after)) {
            return List.of();
        }
        var old = before.lines().toList();
        var fresh = after.lines().toList();
        int head = 0;
        int shorter = Math.min(old.size(), fresh.size());
        while (head < shorter && old.get(head).equals(fresh.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && old.get(old.size() - 1 - tail).equals(fresh.get(fresh.size() - 1 - tail))) {
            tail++;
        }
        var lines = new ArrayList<DiffLine>();
        add(lines, Kind.SAME, old.subList(0, head));
        middle(
                lines,
                old.subList(head, old.size() - tail),
                fresh.subList(head, fresh.size() - tail));
        add(lines, Kind.SAME, old.subList(old.size() - tail, old.size()));
        return folded(lines);
    }

    private static void middle(List<DiffLine> lines, List<String> old, List<String> fresh) {
        if ((long) old.size() * fresh.size() > MAX_COST) {
            add(lines, Kind.REMOVED, old);
            add(lines, Kind.ADDED, fresh);
            return;
        }
        int at = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(old, fresh).getDeltas()) {
            add(lines, Kind.SAME, old.subList(at, delta.getSource().getPosition()));
            add(lines, Kind.REMOVED, delta.getSource().getLines());
            add(lines, Kind.ADDED, delta.getTarget().getLines());
            at = delta.getSource().getPosition() + delta.getSource().size();
        }
        add(lines, Kind.SAME, old.subList(at, old.size()));
    }

    private static void add(List<DiffLine> lines, Kind kind, List<String> texts) {
        texts.forEach(text -> lines.add(new DiffLine(kind, text)));
    }

    /// Same lines far from any difference become one gap.
    private static List<DiffLine> folded(List<DiffLine> lines) {
        var keep = new boolean[lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).kind() != Kind.SAME) {
                int from = Math.max(0, i - CONTEXT);
                int to = Math.min(lines.size() - 1, i + CONTEXT);
                for (int near = from; near <= to; near++) {
                    keep[near] = true;
                }
            }
        }
        var shown = new ArrayList<DiffLine>();
        int hidden = 0;
        for (int i = 0; i <= lines.size(); i++) {
            boolean shows = i == lines.size() || keep[i];
            if (!shows) {
                hidden++;
                continue;
            }
            if (hidden > 0) {
                shown.add(new DiffLine(Kind.GAP, Numerals.of(hidden, "line", "lines")));
                hidden = 0;
            }
            if (i < lines.size()) {
                shown.add(lines.get(i));
            }
        }
        return shown;
    }

    private LineDiff() {}
}
