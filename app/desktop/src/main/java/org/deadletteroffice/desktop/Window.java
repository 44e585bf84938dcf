package org.deadletteroffice.desktop;

import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.desktop.control.EmptyState;
import org.deadletteroffice.desktop.edit.EditModel;
import org.deadletteroffice.desktop.edit.EditView;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.help.HelpModel;
import org.deadletteroffice.desktop.help.HelpView;
import org.deadletteroffice.desktop.inspect.InspectModel;
import org.deadletteroffice.desktop.inspect.InspectView;
import org.deadletteroffice.desktop.redrive.RedriveModel;
import org.deadletteroffice.desktop.redrive.RedriveView;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Navigation;
import org.deadletteroffice.desktop.shell.Overlay;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.shell.Shell;
import org.deadletteroffice.desktop.shell.Shortcut;
import org.deadletteroffice.desktop.shell.Surface;
import org.deadletteroffice.desktop.theme.Appearance;
import org.deadletteroffice.desktop.triage.TriageModel;
import org.deadletteroffice.desktop.triage.TriageView;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Wires the window by constructors, top to bottom: for the program and for its tests alike.
public final class Window {
    /// Every key there is, for the help screen.
    private static final List<Shortcut> SHORTCUTS =
            Stream.of(
                            Shell.SHORTCUTS,
                            TriageView.SHORTCUTS,
                            EditView.SHORTCUTS,
                            RedriveView.SHORTCUTS)
                    .flatMap(List::stream)
                    .toList();

    private final Desk desk;
    private @Nullable EditModel draft;
    private final Clock clock = Clock.system(ZoneId.systemDefault());
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
            case Place.Triage _ -> triage();
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
            case Sheet.Redrive redrive ->
                    new Shell.Panel(
                            new RedriveView(new RedriveModel(desk, clock, redrive)),
                            Overlay.Position.RIGHT);
            case Sheet.Edit edit ->
                    new Shell.Panel(new EditView(draft(edit.message())), Overlay.Position.RIGHT);
        };
    }

    /// An edit that was closed goes on where it was left, as long as no other message is edited.
    private EditModel draft(MessageView message) {
        var left = draft;
        var letter = message.letter();
        if (left == null
                || !left.original().letter().id().equals(letter.id())
                || !left.original().letter().queue().equals(letter.queue())) {
            left = new EditModel(desk, message);
            draft = left;
        }
        return left;
    }

    /// The queue and, beside it, the message that is read.
    private Node triage() {
        var model = new TriageModel(desk, clock);
        var inspect = new InspectModel(desk, clock);
        model.currentProperty()
                .addListener((_, _, row) -> inspect.show(row == null ? null : row.message()));
        return new TriageView(model, new InspectView(inspect));
    }
}
