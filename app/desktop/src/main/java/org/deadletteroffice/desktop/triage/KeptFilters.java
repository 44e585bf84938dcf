package org.deadletteroffice.desktop.triage;

import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.query.SavedFilters;
import org.deadletteroffice.core.query.SavedFilters.SavedFilter;
import org.deadletteroffice.desktop.fx.Background.Act;
import org.deadletteroffice.desktop.shell.Desk;

/// Filters that the operator gave a name, the same in every queue and for `dlo`. FX thread only.
public final class KeptFilters {
    private final Desk desk;
    private final SavedFilters saved;
    private final ObservableList<SavedFilter> all = FXCollections.observableArrayList();

    KeptFilters(Desk desk) {
        this.desk = desk;
        saved = desk.engine().filters();
        read();
    }

    /// By name.
    public ObservableList<SavedFilter> all() {
        return all;
    }

    /// Another process may have saved one since.
    public void read() {
        then(() -> {});
    }

    public void save(String name, String text) {
        then(() -> saved.save(name.strip(), text));
    }

    public void remove(String name) {
        then(() -> saved.remove(name));
    }

    private void then(Act act) {
        desk.background()
                .run(
                        () -> {
                            act.run();
                            return saved.all();
                        },
                        (List<SavedFilter> now) -> all.setAll(now),
                        desk.dialogs()::tell);
    }
}
