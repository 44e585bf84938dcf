package org.deadletteroffice.desktop.triage;

import java.util.ArrayList;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.desktop.shell.Desk;

/// Filters that are kept to be used again, the latest first, for every queue. FX thread only.
public final class SavedFilters {
    private static final String SETTING = "filters";
    private static final int MOST = 30;

    private final Desk desk;
    private final ObservableList<String> all = FXCollections.observableArrayList();

    SavedFilters(Desk desk) {
        this.desk = desk;
        desk.background()
                .run(
                        () -> desk.engine().settings().get(SETTING).orElse("").lines().toList(),
                        (List<String> kept) -> all.setAll(kept),
                        desk.dialogs()::tell);
    }

    public ObservableList<String> all() {
        return all;
    }

    /// Keeps one, or moves it to the top; the oldest goes when there are too many.
    public void save(String filter) {
        var text = filter.strip();
        if (text.isEmpty()) {
            return;
        }
        var next = new ArrayList<>(all);
        next.remove(text);
        next.addFirst(text);
        keep(next.subList(0, Math.min(MOST, next.size())));
    }

    public void forget(String filter) {
        var next = new ArrayList<>(all);
        next.remove(filter.strip());
        keep(next);
    }

    private void keep(List<String> filters) {
        var kept = List.copyOf(filters);
        desk.background()
                .run(
                        () -> desk.engine().settings().put(SETTING, String.join("\n", kept)),
                        () -> all.setAll(kept),
                        desk.dialogs()::tell);
    }
}
