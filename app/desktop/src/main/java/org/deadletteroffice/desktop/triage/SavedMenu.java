package org.deadletteroffice.desktop.triage;

import javafx.geometry.Pos;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import org.deadletteroffice.core.query.SavedFilters.SavedFilter;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Icons;
import org.deadletteroffice.desktop.control.Labels;
import org.kordamp.ikonli.feather.Feather;

/// Filters that were saved, and saving the one that is typed.
final class SavedMenu extends MenuButton {
    private final KeptFilters kept;
    private final QueueFilter filter;

    SavedMenu(KeptFilters kept, QueueFilter filter) {
        this.kept = kept;
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
        setOnShown(_ -> kept.read());
    }

    private void fill() {
        getItems().clear();
        kept.all().forEach(saved -> getItems().add(entry(saved)));
        if (!kept.all().isEmpty()) {
            getItems().add(new SeparatorMenuItem());
        }
        var typed = filter.textProperty().get().strip();
        kept.all().stream()
                .filter(saved -> saved.text().equals(typed))
                .findFirst()
                .ifPresentOrElse(
                        saved -> {
                            var forget = new MenuItem("Forget " + saved.name());
                            forget.setOnAction(_ -> kept.remove(saved.name()));
                            getItems().add(forget);
                        },
                        () -> getItems().add(saving(typed)));
    }

    private MenuItem entry(SavedFilter saved) {
        var name = new Label(saved.name());
        name.getStyleClass().add("strong");
        name.setMinWidth(90);
        var text = Labels.small(saved.text());
        text.setWrapText(false);
        text.getStyleClass().add("mono");
        text.setMaxWidth(380);
        var row = new HBox(10, name, text);
        row.setAlignment(Pos.CENTER_LEFT);
        var use = new CustomMenuItem(row, true);
        use.setOnAction(
                _ -> {
                    filter.textProperty().set(saved.text());
                    filter.apply();
                });
        return use;
    }

    private MenuItem saving(String typed) {
        if (typed.isEmpty()) {
            var hint = new MenuItem("Type a filter to save it");
            hint.setDisable(true);
            return hint;
        }
        var name = new TextField();
        name.setId("filter-name");
        name.setPromptText("name, such as declined-cards");
        name.setAccessibleText("Name to save this filter by");
        name.setPrefColumnCount(20);
        Runnable save =
                () -> {
                    kept.save(name.getText(), typed);
                    hide();
                };
        name.setOnAction(_ -> save.run());
        var act = Buttons.plain("Save", save);
        act.disableProperty().bind(name.textProperty().map(String::isBlank));
        var row = new HBox(8, name, act);
        row.setAlignment(Pos.CENTER_LEFT);
        return new CustomMenuItem(row, false);
    }
}
