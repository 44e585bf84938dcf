package org.deadletteroffice.desktop.edit;

import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import org.deadletteroffice.core.schema.SchemaChoice;

/// Chooses the schema that an edited message is held against.
final class SchemaMenu extends MenuButton {
    private final EditModel model;

    SchemaMenu(EditModel model) {
        this.model = model;
        setId("schema-choice");
        getStyleClass().add("small");
        setMinWidth(USE_PREF_SIZE);
        setAccessibleText("Schema to check against");
        setOnShowing(_ -> fill());
        model.schemaProperty().addListener((_, _, _) -> fill());
        fill();
    }

    private void fill() {
        var chosen = model.schemaProperty().get();
        var latest = model.latestSchema();
        setText(words(chosen));
        var file = new RadioMenuItem("A file…");
        file.setSelected(chosen instanceof SchemaChoice.InFile);
        file.setOnAction(_ -> model.chooseSchemaFile());
        getItems().setAll(item(SchemaChoice.OWN), item(latest), file);
    }

    private RadioMenuItem item(SchemaChoice choice) {
        var item = new RadioMenuItem(words(choice));
        item.setSelected(choice.equals(model.schemaProperty().get()));
        item.setOnAction(_ -> model.schemaProperty().set(choice));
        return item;
    }

    private static String words(SchemaChoice choice) {
        return switch (choice) {
            case SchemaChoice.Own() -> "Its own schema";
            case SchemaChoice.Latest(var subject) -> "Latest of " + subject;
            case SchemaChoice.InFile(var file) -> String.valueOf(file.getFileName());
            case SchemaChoice.Given(var named, _) -> named;
        };
    }
}
