package org.deadletteroffice.desktop.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Sheet;
import org.jspecify.annotations.Nullable;

/// Tells which profiles are pointed at another broker while a sheet is open. FX thread only.
final class PlannedBrokers {
    private final Map<String, Profile> profiles = new HashMap<>();
    private final Consumer<String> moved;

    private PlannedBrokers(Consumer<String> moved) {
        this.moved = moved;
    }

    /// Until the sheet that opens now is closed.
    ///
    /// @param moved is told each such profile's name
    static void watch(Desk desk, Consumer<String> moved) {
        var brokers = new PlannedBrokers(moved);
        var profiles = desk.engine().profiles().changes();
        // What is told comes a pulse later, by when a profile may reach another broker.
        brokers.look(profiles.now());
        var changes = profiles.subscribe(desk.background().latest(brokers::look));
        var sheets = desk.navigation().sheet();
        sheets.addListener(
                new ChangeListener<@Nullable Sheet>() {
                    @Override
                    public void changed(
                            ObservableValue<? extends @Nullable Sheet> value,
                            @Nullable Sheet before,
                            @Nullable Sheet now) {
                        sheets.removeListener(this);
                        changes.close();
                    }
                });
    }

    private void look(List<Profile> now) {
        for (var profile : now) {
            var before = profiles.put(profile.name(), profile);
            if (before != null && !before.isSameBroker(profile)) {
                moved.accept(profile.name());
            }
        }
    }
}
