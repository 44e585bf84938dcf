package org.deadletteroffice.desktop.control;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

/// One of a few, all of them visible.
public final class Segmented<T> extends HBox {
    private final ObjectProperty<T> value;
    private final Map<T, ToggleButton> buttons = new LinkedHashMap<>();

    /// @param name of the choice, for a screen reader
    public Segmented(String name, Iterable<T> choices, T first, Function<? super T, String> words) {
        getStyleClass().add("segmented");
        setAccessibleText(name);
        value = new SimpleObjectProperty<>(first);
        var group = new ToggleGroup();
        for (var choice : choices) {
            var button = new ToggleButton(words.apply(choice));
            button.setToggleGroup(group);
            button.setMinWidth(USE_PREF_SIZE);
            button.setAccessibleText(name + ": " + button.getText());
            button.setOnAction(
                    _ -> {
                        button.setSelected(true);
                        value.set(choice);
                    });
            buttons.put(choice, button);
            getChildren().add(button);
        }
        value.addListener((_, _, now) -> select(now));
        select(first);
    }

    public ObjectProperty<T> valueProperty() {
        return value;
    }

    /// The button of one choice, to give it a tone.
    public ToggleButton button(T choice) {
        var button = buttons.get(choice);
        if (button == null) {
            throw new IllegalArgumentException("no such choice: " + choice);
        }
        return button;
    }

    private void select(T choice) {
        buttons.forEach((key, button) -> button.setSelected(key.equals(choice)));
    }
}
