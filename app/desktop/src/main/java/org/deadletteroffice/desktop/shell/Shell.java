package org.deadletteroffice.desktop.shell;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// The window's frame: rail, broker tree, top bar, status bar around the screen, and what lies
/// above. Knows no screen; it is given them.
public final class Shell extends StackPane {
    /// @param node to show
    /// @param position where it stands
    public record Panel(Region node, Overlay.Position position) {}

    /// What the frame is given to show.
    ///
    /// @param screen the node of a place; the same one again for the same kind of place
    /// @param sheet a new panel
    public record Screens(Function<Place, Node> screen, Function<Sheet, Panel> sheet) {}

    /// The keys that work everywhere.
    public static final List<Shortcut> SHORTCUTS =
            List.of(
                    new Shortcut("Everywhere", "Ctrl+K", "Search everything, or run a command"),
                    new Shortcut("Everywhere", "Ctrl+1", "Go to Overview"),
                    new Shortcut("Everywhere", "Ctrl+2", "Go to Triage"),
                    new Shortcut("Everywhere", "Ctrl+3", "Go to Jobs"),
                    new Shortcut("Everywhere", "Ctrl+4", "Go to Audit"),
                    new Shortcut("Everywhere", "Ctrl+5", "Go to Settings"),
                    new Shortcut("Everywhere", "F1", "Show all keys"),
                    new Shortcut("Everywhere", "Alt+Left", "Go back"),
                    new Shortcut("Everywhere", "Alt+Right", "Go forward"),
                    new Shortcut("Everywhere", "Ctrl+N", "Connect a broker"),
                    new Shortcut("Everywhere", "Ctrl+B", "Filter queues"),
                    new Shortcut("Everywhere", "F5", "Look at all brokers now"),
                    new Shortcut("Everywhere", "Ctrl+Shift+U", "Unlock or lock this broker"),
                    new Shortcut("Everywhere", "Ctrl+Shift+L", "Change between light and dark"),
                    new Shortcut("Everywhere", "Esc", "Close what lies above the screen"));

    private final Desk desk;
    private final Screens screens;
    private final Overlay overlay;
    private final StackPane content = new StackPane();
    private final BrokerTree tree;
    private final Map<String, Runnable> acts;
    private final PaletteModel palette;

    /// @param surface what dialogs are drawn on
    /// @param theme changes between light and dark
    public Shell(Desk desk, Surface surface, Screens screens, Runnable theme) {
        this.desk = desk;
        this.screens = screens;
        this.overlay = surface.overlay();
        getStyleClass().add("shell");
        var navigation = desk.navigation();
        var topModel = new TopBarModel(desk);
        var statusModel = new StatusBarModel(desk);
        var railModel = new RailModel(navigation, statusModel.aliveProperty());
        var treeModel = new BrokerTreeModel(desk);
        tree = new BrokerTree(treeModel, navigation);
        content.getStyleClass().add("content");

        acts =
                Map.ofEntries(
                        Map.entry("Ctrl+K", this::openPalette),
                        Map.entry("Ctrl+1", () -> navigation.open(new Place.Overview())),
                        Map.entry("Ctrl+2", railModel::openTriage),
                        Map.entry("Ctrl+3", () -> navigation.open(new Place.Jobs(null))),
                        Map.entry("Ctrl+4", () -> navigation.open(new Place.Audit(""))),
                        Map.entry("Ctrl+5", () -> navigation.open(new Place.Settings())),
                        Map.entry("F1", () -> navigation.open(new Place.Help())),
                        Map.entry("Alt+Left", navigation::back),
                        Map.entry("Alt+Right", navigation::forward),
                        Map.entry("Ctrl+N", treeModel::connect),
                        Map.entry("Ctrl+B", tree::focusFilter),
                        Map.entry("F5", topModel::refresh),
                        Map.entry("Ctrl+Shift+U", topModel::toggleLock),
                        Map.entry("Ctrl+Shift+L", theme));
        palette = new PaletteModel(desk, paletteActs());

        var middle = new SplitPane(tree, content);
        middle.getStyleClass().add("frame-split");
        middle.setDividerPositions(0.188);
        SplitPane.setResizableWithParent(tree, false);
        var frame = new BorderPane(middle);
        frame.setTop(new TopBar(topModel, this::openPalette, theme));
        frame.setLeft(new Rail(navigation, railModel));
        frame.setBottom(new StatusBar(statusModel));
        getChildren().addAll(frame, surface.toasts(), overlay);

        navigation.place().addListener((_, _, place) -> show(place));
        navigation.sheet().addListener((_, before, sheet) -> show(before, sheet));
        show(navigation.place().get());
        sceneProperty().addListener((_, _, scene) -> addKeys(scene));
    }

    /// Gives the screen the keyboard: else the first field of the frame would have it, and a
    /// screen's keys would type there.
    public void focusScreen() {
        content.getChildren().getFirst().requestFocus();
    }

    private void addKeys(Scene scene) {
        if (scene != null) {
            acts.forEach(
                    (keys, act) ->
                            scene.getAccelerators()
                                    .put(
                                            KeyCombination.valueOf(
                                                    keys.replace("Ctrl", "Shortcut")),
                                            () -> {
                                                if (!overlay.isOpen()) {
                                                    act.run();
                                                }
                                            }));
        }
    }

    private List<PaletteModel.Hit> paletteActs() {
        return SHORTCUTS.stream()
                .filter(shortcut -> acts.containsKey(shortcut.keys()))
                .filter(shortcut -> !shortcut.keys().equals("Ctrl+K"))
                .map(
                        shortcut ->
                                new PaletteModel.Hit(
                                        shortcut.act().startsWith("Go to")
                                                ? PaletteModel.Kind.SCREEN
                                                : PaletteModel.Kind.ACT,
                                        shortcut.act(),
                                        "",
                                        shortcut.keys(),
                                        acts.getOrDefault(shortcut.keys(), () -> {})))
                .toList();
    }

    private void show(Place place) {
        var node = screens.screen().apply(place);
        if (content.getChildren().size() != 1 || content.getChildren().getFirst() != node) {
            content.getChildren().setAll(node);
            focusScreen();
        }
    }

    private Region shownSheet = new Region();

    private void show(Sheet before, Sheet sheet) {
        if (before != null) {
            overlay.close(shownSheet);
        }
        if (sheet != null) {
            var panel = screens.sheet().apply(sheet);
            shownSheet = panel.node();
            overlay.show(
                    panel.node(),
                    panel.position(),
                    () -> {
                        if (desk.navigation().sheet().get() == sheet) {
                            desk.navigation().closeSheet();
                        }
                    });
        }
    }

    private void openPalette() {
        var holder = new Region[1];
        var view = new Palette(palette, () -> overlay.close(holder[0]));
        holder[0] = view;
        overlay.show(view, Overlay.Position.TOP, () -> palette.queryProperty().unbind());
    }
}
