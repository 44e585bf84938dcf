package org.deadletteroffice.desktop.triage;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.jspecify.annotations.Nullable;

/// The messages of one query, read a page at a time as the eye moves. One page is on its way at a
/// time; a new query cancels it. FX thread only.
public final class MessageList {
    /// News are counted up to here; more is "100+".
    private static final int NEWS = 100;

    private final Messages messages;
    private final Background background;
    private final Clock clock;
    private final Consumer<List<MessageView>> seen;

    private final PagedRows rows = new PagedRows(this::extend, this::reload);
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper progress = new ReadOnlyStringWrapper("");
    private final ReadOnlyLongWrapper news = new ReadOnlyLongWrapper();

    private Running running = Running.NOTHING;
    private Running newsRunning = Running.NOTHING;
    private boolean busy;
    private @Nullable ListQuery query;
    private @Nullable Cursor next;
    private @Nullable Cursor newest;

    /// @param seen told of every message that was read
    MessageList(
            Messages messages,
            Background background,
            Clock clock,
            Consumer<List<MessageView>> seen) {
        this.messages = messages;
        this.background = background;
        this.clock = clock;
        this.seen = seen;
    }

    public PagedRows rows() {
        return rows;
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    /// Null while all is well.
    public ReadOnlyObjectProperty<@Nullable Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// How far a long read came; empty when there is nothing to say.
    public ReadOnlyStringProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /// Messages that arrived since the list was read, counted up to 100.
    public ReadOnlyLongProperty newsProperty() {
        return news.getReadOnlyProperty();
    }

    /// Shows another query from its start; `then` is called once the first page is there.
    void show(ListQuery wanted, Runnable then) {
        query = wanted;
        next = null;
        newest = null;
        news.set(0);
        newsRunning.cancel();
        cancel();
        read(
                wanted,
                wanted.start(),
                PagedRows.PAGE,
                batch -> {
                    next = batch.next;
                    newest = wanted.direction() == Direction.OLDER ? batch.newest : null;
                    rows.restart(wanted.start(), batch.rows, batch.end);
                    then.run();
                });
    }

    /// Empties the list.
    void clear() {
        query = null;
        cancel();
        newsRunning.cancel();
        news.set(0);
        problem.set(null);
        rows.restart(Cursor.newest(), List.of(), true);
    }

    /// Tries what failed once more.
    void retry() {
        var wanted = query;
        if (wanted != null && rows.isEmpty()) {
            show(wanted, () -> {});
        } else {
            problem.set(null);
            extend();
        }
    }

    /// Counts what arrived since, without showing it.
    void checkNews() {
        var wanted = query;
        var from = newest;
        if (wanted == null || from == null || busy) {
            return;
        }
        newsRunning.cancel();
        newsRunning =
                background.run(
                        () -> messages.browse(wanted.news(from, NEWS)).messages().size(),
                        count -> news.set(count),
                        _ -> {});
    }

    private void extend() {
        var wanted = query;
        var from = next;
        if (busy || wanted == null || from == null || problem.get() != null) {
            return;
        }
        read(
                wanted,
                from,
                PagedRows.PAGE,
                batch -> {
                    next = batch.next;
                    rows.append(from, batch.rows, batch.end);
                });
    }

    private void reload(int page) {
        var wanted = query;
        if (busy || wanted == null || problem.get() != null) {
            return;
        }
        read(
                wanted,
                rows.cursorOf(page),
                rows.countOf(page),
                batch -> {
                    if (page < rows.pageCount() && !rows.holds(page)) {
                        rows.put(page, batch.rows);
                    }
                });
    }

    private void cancel() {
        running.cancel();
        busy = false;
        loading.set(false);
        progress.set("");
    }

    private void read(ListQuery wanted, Cursor from, int limit, Consumer<Batch> done) {
        busy = true;
        loading.set(true);
        problem.set(null);
        var told = background.latest((String text) -> tell(wanted, text));
        running =
                background.run(
                        () -> batch(wanted, from, limit, told),
                        batch -> {
                            busy = false;
                            loading.set(false);
                            progress.set("");
                            done.accept(batch);
                        },
                        failure -> {
                            busy = false;
                            loading.set(false);
                            progress.set("");
                            problem.set(failure);
                        });
    }

    private void tell(ListQuery wanted, String text) {
        if (busy && wanted.equals(query)) {
            progress.set(text);
        }
    }

    /// A page of a rare match may have to read far; it goes on until it has something to show.
    private Batch batch(ListQuery wanted, Cursor from, int limit, Consumer<String> told)
            throws OperatorException, BrokerException {
        var at = from;
        Cursor newest = null;
        long read = 0;
        while (true) {
            var page = messages.browse(wanted.page(at, limit));
            newest = newest == null ? page.newer() : newest;
            read += page.completeness().read();
            at = wanted.direction() == Direction.OLDER ? page.older() : page.newer();
            if (!page.messages().isEmpty() || page.atEnd()) {
                seen.accept(page.messages());
                var found = page.messages().stream().map(m -> MessageRow.of(m, clock)).toList();
                return new Batch(found, at, newest, page.atEnd());
            }
            told.accept("read " + Amounts.of(read, "message", "messages") + ", none matches yet");
        }
    }

    private record Batch(List<MessageRow> rows, Cursor next, Cursor newest, boolean end) {}
}
