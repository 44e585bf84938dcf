package org.deadletteroffice.desktop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.desktop.control.EmptyState;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.help.HelpModel;
import org.deadletteroffice.desktop.help.HelpView;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Navigation;
import org.deadletteroffice.desktop.shell.Overlay;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.shell.Shell;
import org.deadletteroffice.desktop.shell.Shortcut;
import org.deadletteroffice.desktop.shell.Surface;
import org.deadletteroffice.desktop.theme.Appearance;
import org.kordamp.ikonli.feather.Feather;

/// Wires the window by constructors, top to bottom: for the program and for its tests alike.
public final class Window {
    /// Every key there is, for the help screen.
    private static final List<Shortcut> SHORTCUTS =
            Stream.of(Shell.SHORTCUTS).flatMap(List::stream).toList();

    private final Desk desk;
    private final Map<Class<? extends Place>, Node> screens = new HashMap<>();

    private Window(Desk desk) {
        this.desk = desk;
    }

    /// Fills `stage` and begins to watch the brokers. On the FX thread.
    ///
    /// @return what the window works with
    public static Desk show(Stage stage, Engine engine, Background background) {
        var surface = new Surface();
        var desk = new Desk(engine, background, new Navigation(), surface.dialogs());
        var appearance = new Appearance(engine.settings(), background);
        var window = new Window(desk);
        var shell =
                new Shell(
                        desk,
                        surface,
                        new Shell.Screens(window::screen, window::panel),
                        appearance::toggleTheme);
        var before = stage.getScene();
        if (before == null) {
            stage.setScene(new Scene(shell, 1440, 900));
        } else {
            before.setRoot(shell);
        }
        appearance.dress(stage.getScene());
        return desk;
    }

    private Node screen(Place place) {
        return screens.computeIfAbsent(place.getClass(), _ -> make(place));
    }

    private Node make(Place place) {
        return switch (place) {
            case Place.Overview _ -> new EmptyState(Feather.GRID, "Overview", "");
            case Place.Triage _ -> new EmptyState(Feather.INBOX, "Triage", "");
            case Place.Jobs _ -> new EmptyState(Feather.REPEAT, "Jobs", "");
            case Place.Audit _ -> new EmptyState(Feather.CLOCK, "Audit", "");
            case Place.Settings _ -> new EmptyState(Feather.SETTINGS, "Settings", "");
            case Place.Help _ -> new HelpView(new HelpModel(desk, SHORTCUTS));
        };
    }

    private Shell.Panel panel(Sheet sheet) {
        return switch (sheet) {
            case Sheet.Connect _ ->
                    new Shell.Panel(
                            new EmptyState(Feather.PLUS, "Connect a broker", ""),
                            Overlay.Position.CENTER);
            case Sheet.Redrive _ ->
                    new Shell.Panel(
                            new EmptyState(Feather.REPEAT, "Redrive", ""), Overlay.Position.RIGHT);
            case Sheet.Edit _ ->
                    new Shell.Panel(
                            new EmptyState(Feather.EDIT, "Edit", ""), Overlay.Position.RIGHT);
        };
    }
}
