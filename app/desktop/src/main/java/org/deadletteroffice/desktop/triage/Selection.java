package org.deadletteroffice.desktop.triage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;
import org.deadletteroffice.spi.message.MessageId;

/// What the operator ticked: single messages in the order they were ticked, or all that match. FX
/// thread only.
public final class Selection {
    private final ObservableSet<MessageId> ticked =
            FXCollections.observableSet(new java.util.LinkedHashSet<>());
    private final ReadOnlyBooleanWrapper all = new ReadOnlyBooleanWrapper();
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper version = new ReadOnlyIntegerWrapper();

    /// True when all that match are meant, those not yet read included.
    public ReadOnlyBooleanProperty allProperty() {
        return all.getReadOnlyProperty();
    }

    /// How many were ticked one by one; 0 when all are meant.
    public ReadOnlyIntegerProperty countProperty() {
        return count.getReadOnlyProperty();
    }

    /// Grows with every change, for whoever draws ticks.
    public ReadOnlyIntegerProperty versionProperty() {
        return version.getReadOnlyProperty();
    }

    public boolean has(MessageId id) {
        return all.get() || ticked.contains(id);
    }

    public List<MessageId> ids() {
        return new ArrayList<>(ticked);
    }

    /// Ticks or clears one. Clearing one of "all that match" leaves the `shown` ones ticked.
    public void toggle(MessageId id, Collection<MessageId> shown) {
        if (all.get()) {
            all.set(false);
            ticked.addAll(shown);
            ticked.remove(id);
        } else if (!ticked.remove(id)) {
            ticked.add(id);
        }
        changed();
    }

    public void add(Collection<MessageId> ids) {
        ticked.addAll(ids);
        changed();
    }

    public void chooseAll() {
        ticked.clear();
        all.set(true);
        changed();
    }

    public void clear() {
        ticked.clear();
        all.set(false);
        changed();
    }

    private void changed() {
        count.set(ticked.size());
        version.set(version.get() + 1);
    }
}
