package org.deadletteroffice.desktop.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// Which screen shows, and what lies above it. Screens ask here instead of knowing each other. On
/// the FX thread.
public final class Navigation {
    private static final int REMEMBERED = 50;

    private final ReadOnlyObjectWrapper<Place> place =
            new ReadOnlyObjectWrapper<>(new Place.Overview());
    private final ReadOnlyObjectWrapper<@Nullable Sheet> sheet = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper();
    private final Deque<Place> visited = new ArrayDeque<>();
    private final Deque<Place> undone = new ArrayDeque<>();

    public ReadOnlyObjectProperty<Place> place() {
        return place.getReadOnlyProperty();
    }

    /// Null while nothing lies above the screen.
    public ReadOnlyObjectProperty<@Nullable Sheet> sheet() {
        return sheet.getReadOnlyProperty();
    }

    public void open(Place next) {
        if (next.equals(place.get())) {
            return;
        }
        visited.push(place.get());
        if (visited.size() > REMEMBERED) {
            visited.removeLast();
        }
        undone.clear();
        show(next);
    }

    public void open(Sheet next) {
        sheet.set(next);
    }

    public void closeSheet() {
        sheet.set(null);
    }

    public ReadOnlyBooleanProperty canGoBack() {
        return canGoBack.getReadOnlyProperty();
    }

    public void back() {
        if (!visited.isEmpty()) {
            undone.push(place.get());
            show(visited.pop());
        }
    }

    public void forward() {
        if (!undone.isEmpty()) {
            visited.push(place.get());
            show(undone.pop());
        }
    }

    private void show(Place next) {
        sheet.set(null);
        place.set(next);
        canGoBack.set(!visited.isEmpty());
    }
}
