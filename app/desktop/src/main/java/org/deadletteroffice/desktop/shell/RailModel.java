package org.deadletteroffice.desktop.shell;

import javafx.beans.property.ReadOnlyIntegerProperty;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Remembers which queue was open, so that Triage in the rail returns to it.
final class RailModel {
    private final Navigation navigation;
    private final ReadOnlyIntegerProperty jobs;
    private @Nullable QueueRef last;

    /// @param jobs how many have not ended
    RailModel(Navigation navigation, ReadOnlyIntegerProperty jobs) {
        this.navigation = navigation;
        this.jobs = jobs;
        navigation
                .place()
                .addListener(
                        (_, _, place) -> {
                            if (place instanceof Place.Triage(var queue, _) && queue != null) {
                                last = queue;
                            }
                        });
    }

    ReadOnlyIntegerProperty jobsProperty() {
        return jobs;
    }

    void openTriage() {
        navigation.open(new Place.Triage(last, null));
    }
}
