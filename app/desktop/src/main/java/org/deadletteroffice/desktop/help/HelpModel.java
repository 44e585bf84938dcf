package org.deadletteroffice.desktop.help;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.shell.Shortcut;

/// All keys, by where they work.
public final class HelpModel {
    private final Desk desk;
    private final Map<String, List<Shortcut>> groups;

    /// @param shortcuts of the frame and of all screens, in the order in which they are shown
    public HelpModel(Desk desk, List<Shortcut> shortcuts) {
        this.desk = desk;
        var byPlace = new LinkedHashMap<String, List<Shortcut>>();
        for (var shortcut : shortcuts) {
            byPlace.merge(
                    shortcut.where(),
                    List.of(shortcut),
                    (before, one) ->
                            java.util.stream.Stream.concat(before.stream(), one.stream()).toList());
        }
        groups = byPlace;
    }

    public Map<String, List<Shortcut>> groups() {
        return groups;
    }

    void connect() {
        desk.navigation().open(new Sheet.Connect(null));
    }
}
