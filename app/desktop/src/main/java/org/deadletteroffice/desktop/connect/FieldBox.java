package org.deadletteroffice.desktop.connect;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.spi.profile.Field;

/// One field of the form, drawn from its description: label, input, help, and what is wrong.
final class FieldBox extends VBox {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final Field field;

    FieldBox(Field field, ConnectModel model) {
        super(4);
        this.field = field;
        getStyleClass().add("form-field");
        var label = new Label(field.label());
        label.getStyleClass().add("field-label");
        var input = input(field, model);
        label.setLabelFor(input);
        if (field.type() != Field.Type.FLAG) {
            getChildren().add(label);
        }
        getChildren().add(input);
        if (!field.help().isEmpty()) {
            getChildren().add(small(field.help(), "field-help"));
        }
        var wrong = small("", "field-wrong");
        getChildren().add(wrong);
        Runnable show =
                () -> {
                    var sentence = model.problems().get(field.name());
                    wrong.setText(sentence);
                    wrong.setVisible(sentence != null);
                    wrong.setManaged(sentence != null);
                    input.pseudoClassStateChanged(WRONG, sentence != null);
                };
        model.problems()
                .addListener(
                        (javafx.collections.MapChangeListener<String, String>) _ -> show.run());
        show.run();
    }

    /// Whether two of its kind fit beside each other.
    boolean isShort() {
        return switch (field.type()) {
            case CHOICE, SECRET, DURATION, INTEGER -> true;
            case TEXT -> !field.required();
            case FILE, PROPERTIES, FLAG -> false;
        };
    }

    private static Node input(Field field, ConnectModel model) {
        return switch (field.type()) {
            case TEXT, DURATION, INTEGER -> text(new TextField(), field, model);
            case PROPERTIES -> properties(field, model);
            case CHOICE -> choice(field, model);
            case FLAG -> flag(field, model);
            case FILE -> file(field, model);
            case SECRET -> secret(field, model);
        };
    }

    private static <T extends TextInputControl> T text(T input, Field field, ConnectModel model) {
        input.setPromptText(field.hint());
        input.setAccessibleText(field.label());
        input.setAccessibleHelp(field.help());
        input.getStyleClass().add("mono");
        input.setText(model.valueOf(field));
        input.textProperty().addListener((_, _, now) -> model.setValue(field, now));
        follow(
                model,
                () -> {
                    var value = model.valueOf(field);
                    if (!input.getText().equals(value)) {
                        input.setText(value);
                    }
                });
        return input;
    }

    private static Node properties(Field field, ConnectModel model) {
        var area = text(new TextArea(), field, model);
        area.setPrefRowCount(3);
        return area;
    }

    private static Node choice(Field field, ConnectModel model) {
        var box = new ComboBox<String>();
        box.getItems().setAll(field.choices());
        box.setMaxWidth(Double.MAX_VALUE);
        box.setAccessibleText(field.label());
        box.setValue(model.valueOf(field));
        box.valueProperty()
                .addListener(
                        (_, _, now) -> {
                            if (now != null) {
                                model.setValue(field, now);
                            }
                        });
        follow(model, () -> box.setValue(model.valueOf(field)));
        return box;
    }

    private static Node flag(Field field, ConnectModel model) {
        var box = new CheckBox(field.label());
        box.setSelected(model.valueOf(field).equals("true"));
        box.selectedProperty()
                .addListener((_, _, now) -> model.setValue(field, Boolean.toString(now)));
        follow(model, () -> box.setSelected(model.valueOf(field).equals("true")));
        return box;
    }

    private static Node file(Field field, ConnectModel model) {
        var input = text(new TextField(), field, model);
        HBox.setHgrow(input, Priority.ALWAYS);
        var choose = Buttons.plain("Choose…", () -> model.chooseFile(field));
        choose.setAccessibleText("Choose " + field.label());
        var row = new HBox(8, input, choose);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    /// A secret that nobody sees, or the name of the variable that holds it.
    private static Node secret(Field field, ConnectModel model) {
        var hidden = new PasswordField();
        var variable = new TextField();
        variable.setPromptText("Name of the variable");
        variable.getStyleClass().add("mono");
        hidden.getStyleClass().add("mono");
        for (var input : new TextField[] {hidden, variable}) {
            input.setAccessibleText(field.label());
            input.setText(model.secrets().getOrDefault(field.name(), ""));
            input.textProperty().addListener((_, _, now) -> model.setSecret(field, now));
        }
        Runnable show =
                () -> {
                    var named = model.keepingProperty().get() == ConnectModel.Keeping.ENVIRONMENT;
                    hidden.setVisible(!named);
                    variable.setVisible(named);
                    hidden.setPromptText(
                            model.isSecretKept(field) ? "kept; type to replace it" : "");
                    var value = model.secrets().getOrDefault(field.name(), "");
                    for (var input : new TextField[] {hidden, variable}) {
                        if (!input.getText().equals(value)) {
                            input.setText(value);
                        }
                    }
                };
        model.keepingProperty()
                .addListener(
                        (_, before, now) -> {
                            // A secret must not become a visible name, nor a name a secret.
                            if (before != now
                                    && (before == ConnectModel.Keeping.ENVIRONMENT
                                            || now == ConnectModel.Keeping.ENVIRONMENT)) {
                                model.setSecret(field, "");
                            }
                            show.run();
                        });
        model.secrets()
                .addListener(
                        (javafx.collections.MapChangeListener<String, String>) _ -> show.run());
        model.fields().addListener((javafx.collections.ListChangeListener<Field>) _ -> show.run());
        show.run();
        return new StackPane(hidden, variable);
    }

    private static void follow(ConnectModel model, Runnable show) {
        model.values()
                .addListener(
                        (javafx.collections.MapChangeListener<String, String>) _ -> show.run());
    }

    private static Label small(String text, String styleClass) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().add(styleClass);
        return label;
    }
}
