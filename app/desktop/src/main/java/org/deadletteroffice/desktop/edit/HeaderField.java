package org.deadletteroffice.desktop.edit;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.deadletteroffice.desktop.payload.HeaderText;
import org.jspecify.annotations.Nullable;

/// One header name while a message is edited. Headers of one name are changed together, as a
/// redrive does.
public final class HeaderField {
    private final @Nullable HeaderText original;
    private final int repeats;
    private final StringProperty name = new SimpleStringProperty();
    private final StringProperty value = new SimpleStringProperty();
    private final BooleanProperty dropped = new SimpleBooleanProperty();

    private HeaderField(@Nullable HeaderText original, int repeats, String name, String value) {
        this.original = original;
        this.repeats = repeats;
        this.name.set(name);
        this.value.set(value);
    }

    /// @param repeats how many headers have this name
    static HeaderField of(HeaderText original, int repeats) {
        return new HeaderField(original, repeats, original.name(), original.text());
    }

    static HeaderField added() {
        return new HeaderField(null, 0, "", "");
    }

    public StringProperty nameProperty() {
        return name;
    }

    public StringProperty valueProperty() {
        return value;
    }

    public BooleanProperty droppedProperty() {
        return dropped;
    }

    public boolean isAdded() {
        return original == null;
    }

    public int repeats() {
        return repeats;
    }

    /// Bytes that are no text are kept or dropped, not typed over.
    public boolean isBinary() {
        return original != null && original.kind() == HeaderText.Kind.BYTES;
    }

    /// `null`, `empty` or nothing, for the badge.
    public String emptyWord() {
        if (original == null) {
            return "";
        }
        return switch (original.kind()) {
            case NULL -> "null";
            case EMPTY -> "empty";
            case TEXT, BYTES -> "";
        };
    }

    boolean isChanged() {
        return original == null
                ? !name.get().isBlank()
                : !dropped.get() && !value.get().equals(original.text());
    }

    ReadOnlyStringProperty name() {
        return name;
    }
}
