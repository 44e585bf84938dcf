package org.deadletteroffice.desktop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.Insets;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.Demo;
import org.deadletteroffice.desktop.shell.ErrorCard;
import org.deadletteroffice.desktop.theme.Appearance;
import org.deadletteroffice.desktop.theme.Theme;
import org.jspecify.annotations.Nullable;

/// Opens the window at once and the data folder meanwhile.
public final class App extends Application {
    /// Given by `dlo demo`, which has started one.
    private static final String DEMO_STARTING = "--demo-starting";

    private static final int[] ICON_SIZES = {16, 32, 48, 64, 128, 256};

    private final Background background = Background.onVirtualThreads();
    private @Nullable Engine engine;
    private @Nullable Demo demo;

    @Override
    public void start(Stage stage) {
        var root = new StackPane();
        root.getStyleClass().add("shell");
        var scene = new Scene(root, 1440, 900);
        Theme.LIGHT.apply(scene, Appearance.NORMAL);
        stage.setTitle("Dead Letter Office");
        stage.setMinWidth(820);
        stage.setMinHeight(520);
        stage.getIcons().setAll(icons());
        stage.setScene(scene);
        stage.show();
        open(stage, scene);
    }

    private void open(Stage stage, Scene scene) {
        var home = home();
        background.run(
                () -> {
                    var opened = Engine.open(EngineOptions.at(home));
                    opened.openStore();
                    return opened;
                },
                opened -> {
                    engine = opened;
                    demo = new Demo(home, isOption(DEMO_STARTING));
                    Window.show(stage, opened, background, demo);
                },
                problem -> tell(stage, scene, problem));
    }

    /// `--home FOLDER`, else the usual data folder.
    private Path home() {
        var arguments = getParameters().getRaw();
        var at = arguments.indexOf("--home");
        return at >= 0 && at + 1 < arguments.size()
                ? Path.of(arguments.get(at + 1))
                : EngineOptions.defaultHome();
    }

    private boolean isOption(String name) {
        return getParameters().getRaw().contains(name);
    }

    /// Without its data folder the window can do nothing but say so.
    private void tell(Stage stage, Scene scene, Problem problem) {
        var again = Buttons.primary("Try again", () -> open(stage, scene));
        var quit = Buttons.plain("Quit", Platform::exit);
        var card = new ErrorCard(problem, again, quit);
        card.setMaxSize(560, ErrorCard.USE_PREF_SIZE);
        var root = new StackPane(card);
        root.getStyleClass().add("shell");
        root.setPadding(new Insets(24));
        scene.setRoot(root);
        Theme.LIGHT.apply(scene, Appearance.NORMAL);
    }

    private static List<Image> icons() {
        var icons = new ArrayList<Image>();
        for (var size : ICON_SIZES) {
            var source =
                    App.class.getResource(
                            "/org/deadletteroffice/desktop/icons/app-" + size + ".png");
            if (source != null) {
                icons.add(new Image(source.toExternalForm()));
            }
        }
        return icons;
    }

    @Override
    public void stop() {
        if (demo != null) {
            demo.close();
        }
        if (engine != null) {
            engine.close();
        }
    }
}
