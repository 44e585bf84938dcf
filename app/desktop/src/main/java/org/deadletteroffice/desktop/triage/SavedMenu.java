package org.deadletteroffice.desktop.triage;

import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Icons;
import org.kordamp.ikonli.feather.Feather;

/// Filters that were kept, and keeping the one that is typed.
final class SavedMenu extends MenuButton {
    private final SavedFilters saved;
    private final QueueFilter filter;

    SavedMenu(SavedFilters saved, QueueFilter filter) {
        this.saved = saved;
        this.filter = filter;
        setId("saved-filters");
        setGraphic(Icons.of(Feather.BOOKMARK));
        getStyleClass().add("saved-filters");
        setAccessibleText("Saved filters");
        setTooltip(Buttons.tip("Saved filters"));
        setMinWidth(USE_PREF_SIZE);
        // A menu without entries never opens.
        getItems().setAll(new MenuItem());
        setOnShowing(_ -> fill());
    }

    private void fill() {
        getItems().clear();
        for (var text : saved.all()) {
            var words = new Label(text);
            words.getStyleClass().add("mono");
            words.setMaxWidth(460);
            var use = new CustomMenuItem(words, true);
            use.setOnAction(
                    _ -> {
                        filter.textProperty().set(text);
                        filter.apply();
                    });
            getItems().add(use);
        }
        if (!saved.all().isEmpty()) {
            getItems().add(new SeparatorMenuItem());
        }
        var typed = filter.textProperty().get().strip();
        boolean kept = saved.all().contains(typed);
        var act = new MenuItem(kept ? "Forget this filter" : "Save this filter");
        act.setDisable(typed.isEmpty());
        act.setOnAction(
                _ -> {
                    if (kept) {
                        saved.forget(typed);
                    } else {
                        saved.save(typed);
                    }
                });
        getItems().add(act);
    }
}
