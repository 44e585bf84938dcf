package org.deadletteroffice.desktop.redrive;

import java.util.List;
import javafx.beans.Observable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.deadletteroffice.core.job.Change;
import org.jspecify.annotations.Nullable;

/// What happens to the payload of every message: nothing, a jq program, or find and replace. One
/// that was edited by hand stays as it was edited.
public final class RepairForm {
    /// How payloads are changed.
    public enum Way {
        NONE("No change"),
        REPLACE("Find and replace"),
        JQ("jq program");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private final Change proposed;
    private final ObjectProperty<Way> way = new SimpleObjectProperty<>(Way.NONE);
    private final StringProperty program = new SimpleStringProperty("");
    private final StringProperty path = new SimpleStringProperty("");
    private final StringProperty find = new SimpleStringProperty("");
    private final StringProperty by = new SimpleStringProperty("");

    RepairForm(Change proposed) {
        this.proposed = proposed;
        switch (proposed) {
            case Change.None _, Change.Payload _ -> {
                // There is nothing to fill in.
            }
            case Change.Jq(var jq) -> {
                way.set(Way.JQ);
                program.set(jq);
            }
            case Change.Replace(var field, var text, var other) -> {
                way.set(Way.REPLACE);
                path.set(field);
                find.set(text);
                by.set(other);
            }
        }
    }

    public ObjectProperty<Way> wayProperty() {
        return way;
    }

    /// Over each payload; counts with [Way#JQ].
    public StringProperty programProperty() {
        return program;
    }

    /// `.customer.country`; blank for every text. Counts with [Way#REPLACE], as do the next two.
    public StringProperty pathProperty() {
        return path;
    }

    public StringProperty findProperty() {
        return find;
    }

    public StringProperty byProperty() {
        return by;
    }

    /// Whether the payload was edited by hand, so that nothing else can be done to it.
    public boolean isEdited() {
        return proposed instanceof Change.Payload;
    }

    List<Observable> fields() {
        return List.of(way, program, path, find, by);
    }

    /// What is wrong with a field, as a sentence; null when nothing is.
    @Nullable String fault() {
        if (isEdited()) {
            return null;
        }
        return switch (way.get()) {
            case NONE -> null;
            case JQ ->
                    program.get().isBlank() ? "Write the jq program, or choose no change." : null;
            case REPLACE ->
                    find.get().isEmpty() ? "Give the text to find, or choose no change." : null;
        };
    }

    Change change() {
        if (isEdited()) {
            return proposed;
        }
        return switch (way.get()) {
            case NONE -> new Change.None();
            case JQ -> new Change.Jq(program.get());
            case REPLACE -> new Change.Replace(path.get().strip(), find.get(), by.get());
        };
    }
}
