package org.deadletteroffice.desktop.redrive;

import java.nio.file.Path;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;

/// Chooses the schema that a rehearsal holds each message against.
final class RuleMenu extends MenuButton {
    private static final String OWN = "own";
    private static final String LATEST = "latest";

    private final RedriveModel model;

    RuleMenu(RedriveModel model) {
        this.model = model;
        setId("schema-rule");
        setAccessibleText("Schema that each message is held against");
        model.schemaProperty().addListener((_, _, _) -> fill());
        fill();
    }

    private void fill() {
        var chosen = model.schemaProperty().get();
        setText(words(chosen));
        var file = new RadioMenuItem("A file…");
        file.setSelected(!chosen.isEmpty() && !chosen.equals(OWN) && !chosen.equals(LATEST));
        file.setOnAction(_ -> model.chooseSchemaFile());
        getItems().setAll(item(""), item(OWN), item(LATEST), file);
    }

    private RadioMenuItem item(String rule) {
        var item = new RadioMenuItem(words(rule));
        item.setSelected(rule.equals(model.schemaProperty().get()));
        item.setOnAction(_ -> model.schemaProperty().set(rule));
        return item;
    }

    private static String words(String rule) {
        return switch (rule) {
            case "" -> "Not checked";
            case OWN -> "Each message's own";
            case LATEST -> "Latest of its destination's subject";
            default -> String.valueOf(Path.of(rule).getFileName());
        };
    }
}
