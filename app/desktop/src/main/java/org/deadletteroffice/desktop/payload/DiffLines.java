package org.deadletteroffice.desktop.payload;

import java.util.List;
import org.deadletteroffice.core.edit.DiffLine;
import org.deadletteroffice.desktop.control.DiffView;

/// Lines of a difference as they are drawn.
public final class DiffLines {
    public static List<DiffView.Line> drawn(List<DiffLine> lines) {
        return lines.stream().map(DiffLines::drawn).toList();
    }

    private static DiffView.Line drawn(DiffLine line) {
        return new DiffView.Line(
                switch (line.kind()) {
                    case SAME -> DiffView.Change.SAME;
                    case ADDED -> DiffView.Change.ADDED;
                    case REMOVED -> DiffView.Change.REMOVED;
                    case GAP -> DiffView.Change.HEADING;
                },
                line.text());
    }

    private DiffLines() {}
}
