package org.deadletteroffice.desktop.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Sheet;
import org.jspecify.annotations.Nullable;

/// Which profiles reach another broker than when a sheet was opened, for as long as it is open. FX
/// thread only.
final class PlannedBrokers {
    private final Map<String, Profile> profiles = new HashMap<>();
    private final Set<String> left = new HashSet<>();
    private final Consumer<String> moved;

    private PlannedBrokers(Consumer<String> moved) {
        this.moved = moved;
    }

    /// @param moved is told each such profile's name
    static PlannedBrokers watch(Desk desk, Consumer<String> moved) {
        var brokers = new PlannedBrokers(moved);
        var changes =
                desk.engine()
                        .profiles()
                        .changes()
                        .subscribe(desk.background().latest(brokers::look));
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
        return brokers;
    }

    /// Whether the profile reaches another broker by now.
    boolean left(String profile) {
        return left.contains(profile);
    }

    private void look(List<Profile> now) {
        for (var profile : now) {
            var before = profiles.put(profile.name(), profile);
            if (before != null && !before.isSameBroker(profile)) {
                left.add(profile.name());
                moved.accept(profile.name());
            }
        }
    }
}
