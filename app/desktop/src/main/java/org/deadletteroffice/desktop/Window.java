package org.deadletteroffice.desktop;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.desktop.audit.AuditModel;
import org.deadletteroffice.desktop.audit.AuditView;
import org.deadletteroffice.desktop.compare.CompareModel;
import org.deadletteroffice.desktop.compare.CompareView;
import org.deadletteroffice.desktop.connect.ConnectModel;
import org.deadletteroffice.desktop.connect.ConnectView;
import org.deadletteroffice.desktop.edit.EditModel;
import org.deadletteroffice.desktop.edit.EditView;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.help.HelpModel;
import org.deadletteroffice.desktop.help.HelpView;
import org.deadletteroffice.desktop.inspect.InspectModel;
import org.deadletteroffice.desktop.inspect.InspectView;
import org.deadletteroffice.desktop.jobs.JobsModel;
import org.deadletteroffice.desktop.jobs.JobsView;
import org.deadletteroffice.desktop.move.MoveModel;
import org.deadletteroffice.desktop.move.MoveView;
import org.deadletteroffice.desktop.overview.OverviewModel;
import org.deadletteroffice.desktop.overview.OverviewView;
import org.deadletteroffice.desktop.purge.PurgeModel;
import org.deadletteroffice.desktop.purge.PurgeView;
import org.deadletteroffice.desktop.redrive.RedriveModel;
import org.deadletteroffice.desktop.redrive.RedriveView;
import org.deadletteroffice.desktop.settings.SettingsModel;
import org.deadletteroffice.desktop.settings.SettingsView;
import org.deadletteroffice.desktop.shell.Demo;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Navigation;
import org.deadletteroffice.desktop.shell.Overlay;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.shell.Shell;
import org.deadletteroffice.desktop.shell.Shortcut;
import org.deadletteroffice.desktop.shell.Surface;
import org.deadletteroffice.desktop.theme.Appearance;
import org.deadletteroffice.desktop.trace.TraceModel;
import org.deadletteroffice.desktop.trace.TraceView;
import org.deadletteroffice.desktop.triage.TriageModel;
import org.deadletteroffice.desktop.triage.TriageView;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wires the window by constructors, top to bottom: for the program and for its tests alike.
public final class Window {
    /// Every key there is, for the help screen.
    private static final List<Shortcut> SHORTCUTS =
            Stream.of(
                            Shell.SHORTCUTS,
                            TriageView.SHORTCUTS,
                            EditView.SHORTCUTS,
                            RedriveView.SHORTCUTS,
                            PurgeView.SHORTCUTS,
                            MoveView.SHORTCUTS,
                            JobsModel.SHORTCUTS,
                            AuditModel.SHORTCUTS)
                    .flatMap(List::stream)
                    .toList();

    private static final Logger LOG = LoggerFactory.getLogger(Window.class);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(5);

    private final Desk desk;
    private final Demo demo;
    private final Appearance appearance;
    private final JobsModel jobs;
    private final AuditModel audit;
    private final Clock clock = Clock.system(ZoneId.systemDefault());
    private @Nullable EditModel draft;
    private final Map<Class<? extends Place>, Node> screens = new HashMap<>();

    private Window(Desk desk, Demo demo, Appearance appearance) {
        this.desk = desk;
        this.demo = demo;
        this.appearance = appearance;
        jobs = new JobsModel(desk, clock);
        audit = new AuditModel(desk);
    }

    /// Fills `stage` and begins to watch the brokers. On the FX thread.
    ///
    /// @return what the window works with
    public static Desk show(Stage stage, Engine engine, Background background, Demo demo) {
        var surface = new Surface();
        var desk = new Desk(engine, background, new Navigation(), surface.dialogs());
        var appearance = new Appearance(engine.settings(), background);
        var window = new Window(desk, demo, appearance);
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
        stage.addEventHandler(WindowEvent.WINDOW_SHOWN, _ -> shell.focusScreen());
        shell.focusScreen();
        background.run(() -> engine.metrics().watch(WATCH_EVERY), () -> {}, desk.dialogs()::tell);
        LOG.info("The window is open");
        return desk;
    }

    private Node screen(Place place) {
        var node = screens.computeIfAbsent(place.getClass(), _ -> make(place));
        switch (place) {
            case Place.Jobs(var job) -> jobs.open(job);
            case Place.Audit(var search) -> audit.searchProperty().set(search);
            case Place.Overview _, Place.Triage _, Place.Settings _, Place.Help _ -> {}
        }
        return node;
    }

    private Node make(Place place) {
        return switch (place) {
            case Place.Overview _ -> new OverviewView(new OverviewModel(desk, demo));
            case Place.Triage _ -> triage();
            case Place.Jobs _ -> new JobsView(jobs);
            case Place.Audit _ -> new AuditView(audit);
            case Place.Settings _ ->
                    new SettingsView(new SettingsModel(desk, appearance, demo.home()));
            case Place.Help _ -> new HelpView(new HelpModel(desk, SHORTCUTS));
        };
    }

    private Shell.Panel panel(Sheet sheet) {
        return switch (sheet) {
            case Sheet.Connect(var profile) ->
                    new Shell.Panel(
                            new ConnectView(new ConnectModel(desk, profile)),
                            Overlay.Position.CENTER);
            case Sheet.Redrive redrive ->
                    new Shell.Panel(
                            new RedriveView(new RedriveModel(desk, clock, redrive)),
                            Overlay.Position.RIGHT);
            case Sheet.Purge purge ->
                    new Shell.Panel(
                            new PurgeView(new PurgeModel(desk, clock, purge)),
                            Overlay.Position.RIGHT);
            case Sheet.Move move ->
                    new Shell.Panel(
                            new MoveView(new MoveModel(desk, clock, move)), Overlay.Position.RIGHT);
            case Sheet.Compare two ->
                    new Shell.Panel(
                            new CompareView(new CompareModel(desk, clock, two)),
                            Overlay.Position.RIGHT);
            case Sheet.Trace trace ->
                    new Shell.Panel(
                            new TraceView(new TraceModel(desk, clock, trace)),
                            Overlay.Position.RIGHT);
            case Sheet.Edit edit ->
                    new Shell.Panel(new EditView(draft(edit.message())), Overlay.Position.RIGHT);
        };
    }

    /// An edit that was closed goes on where it was left, as long as no other message is edited and
    /// its broker is the one that its profile reaches.
    private EditModel draft(MessageView message) {
        var left = draft;
        var letter = message.letter();
        if (left == null
                || left.isElsewhere()
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
        inspect.queueProperty().bind(model.facts().infoProperty());
        return new TriageView(model, new InspectView(inspect));
    }
}
