package org.deadletteroffice.desktop.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.collections.ObservableListBase;
import org.deadletteroffice.spi.message.Cursor;
import org.jspecify.annotations.Nullable;

/// The rows of a message list of any length, of which only the pages near the eye are held.
///
/// A broker pages by cursor, so the list grows at its end as it is read, and a page that was let go
/// is read again from the cursor it began at. A row whose page is not held is null: whoever draws
/// shows it as waiting. FX thread only.
public final class PagedRows extends ObservableListBase<@Nullable MessageRow> {
    /// Messages in a page.
    public static final int PAGE = 100;

    /// Pages held at once. Twelve are several screens to either side of the eye.
    static final int HELD = 12;

    /// Rows before the end at which the next page is asked for, so that scrolling does not stop.
    private static final int AHEAD = 30;

    private final List<Page> pages = new ArrayList<>();
    private final Runnable extend;
    private final IntConsumer reload;
    private int size;
    private int eye;
    private boolean atEnd = true;

    /// @param extend asks for the page after the last; told again and again until it comes
    /// @param reload asks for a page that was let go; told again and again until it comes
    PagedRows(Runnable extend, IntConsumer reload) {
        this.extend = extend;
        this.reload = reload;
    }

    @Override
    public @Nullable MessageRow get(int index) {
        var at = pageOf(index);
        var page = pages.get(at);
        eye = at;
        if (index >= size - AHEAD && !atEnd) {
            extend.run();
        }
        if (page.rows == null) {
            reload.accept(at);
            return null;
        }
        return page.rows.get(index - page.start);
    }

    /// The row if it is held; asks for nothing.
    public @Nullable MessageRow peek(int index) {
        if (index < 0 || index >= size) {
            return null;
        }
        var page = pages.get(pageOf(index));
        return page.rows == null ? null : page.rows.get(index - page.start);
    }

    @Override
    public int size() {
        return size;
    }

    /// Whether the last row is the last message there is.
    public boolean atEnd() {
        return atEnd;
    }

    /// All rows that are held, in order.
    public List<MessageRow> held() {
        return pages.stream()
                .map(page -> page.rows)
                .filter(java.util.Objects::nonNull)
                .flatMap(List::stream)
                .toList();
    }

    /// Where this message stands among the rows that are held; -1 when it is not.
    public int indexOf(org.deadletteroffice.spi.message.MessageId id) {
        for (var page : pages) {
            if (page.rows != null) {
                for (int i = 0; i < page.rows.size(); i++) {
                    if (page.rows.get(i).id().equals(id)) {
                        return page.start + i;
                    }
                }
            }
        }
        return -1;
    }

    /// Where a page that was let go begins.
    Cursor cursorOf(int page) {
        return pages.get(page).from;
    }

    int countOf(int page) {
        return pages.get(page).count;
    }

    int pageCount() {
        return pages.size();
    }

    boolean holds(int page) {
        return pages.get(page).rows != null;
    }

    /// Starts over with one page in place of all.
    void restart(Cursor from, List<MessageRow> rows, boolean end) {
        beginChange();
        int before = size;
        pages.clear();
        pages.add(new Page(from, 0, rows));
        size = rows.size();
        eye = 0;
        atEnd = end;
        changed(0, before, size);
        endChange();
    }

    /// Adds the next page.
    void append(Cursor from, List<MessageRow> rows, boolean end) {
        beginChange();
        int start = size;
        if (!rows.isEmpty()) {
            pages.add(new Page(from, start, rows));
            size += rows.size();
            nextAdd(start, size);
        }
        atEnd = end;
        letGo();
        endChange();
    }

    /// Puts a page back that was let go. Where messages vanished meanwhile, the list shrinks.
    void put(int at, List<MessageRow> rows) {
        var page = pages.get(at);
        var kept = rows.size() > page.count ? rows.subList(0, page.count) : rows;
        beginChange();
        int before = page.count;
        page.rows = kept;
        page.count = kept.size();
        for (int i = at + 1; i < pages.size(); i++) {
            pages.get(i).start = pages.get(i - 1).start + pages.get(i - 1).count;
        }
        size += kept.size() - before;
        changed(page.start, before, kept.size());
        letGo();
        endChange();
    }

    private void changed(int start, int before, int now) {
        int both = Math.min(before, now);
        for (int i = start; i < start + both; i++) {
            nextUpdate(i);
        }
        if (now > both) {
            nextAdd(start + both, start + now);
        } else if (before > both) {
            nextRemove(
                    start + both, java.util.Collections.nCopies(before - both, (MessageRow) null));
        }
    }

    /// Lets the pages go that are farthest from the eye.
    private void letGo() {
        while (pages.stream().filter(page -> page.rows != null).count() > HELD) {
            int far = 0;
            for (int i = 0; i < pages.size(); i++) {
                boolean farther = Math.abs(i - eye) > Math.abs(far - eye);
                if (pages.get(i).rows != null && (pages.get(far).rows == null || farther)) {
                    far = i;
                }
            }
            pages.get(far).rows = null;
        }
    }

    /// Binary search: pages may be shorter than [#PAGE].
    private int pageOf(int index) {
        java.util.Objects.checkIndex(index, size);
        int low = 0;
        int high = pages.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (pages.get(middle).start <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static final class Page {
        private final Cursor from;
        private int start;
        private int count;
        private @Nullable List<MessageRow> rows;

        Page(Cursor from, int start, List<MessageRow> rows) {
            this.from = from;
            this.start = start;
            this.count = rows.size();
            this.rows = List.copyOf(rows);
        }
    }
}
