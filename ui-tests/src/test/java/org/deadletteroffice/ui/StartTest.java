package org.deadletteroffice.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.deadletteroffice.desktop.App;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

/// The program as it is started, on a data folder that is new or broken.
class StartTest {
    @TempDir(cleanup = CleanupMode.NEVER)
    private Path home;

    private Stage stage;
    private @Nullable App app;

    @BeforeEach
    void toolkit() throws Exception {
        DesktopExtension.startToolkit();
        stage = FxToolkit.registerStage(Stage::new);
    }

    @AfterEach
    void stop() throws Exception {
        if (app != null) {
            FxToolkit.cleanupApplication(app);
        }
    }

    private void start() throws Exception {
        app = (App) FxToolkit.setupApplication(App.class, "--home", home.toString());
        stage = FxToolkit.toolkitContext().getRegisteredStage();
    }

    @Test
    void the_first_start_says_what_to_do() throws Exception {
        start();
        shows("Connect a broker");
        Screenshots.take(stage.getScene(), "first-start");
    }

    @Test
    void a_damaged_store_is_said_and_not_overwritten() throws Exception {
        var store = home.resolve("store").resolve("dlo.mv.db");
        Files.createDirectories(store.getParent());
        Files.write(store, "this was a store once".repeat(1_000).getBytes(UTF_8));
        start();
        shows("Try again");
        Screenshots.take(stage.getScene(), "store-damaged");
        assertThat(Files.readString(store)).startsWith("this was a store once");
    }

    @Test
    void a_data_folder_that_is_a_file_is_said() throws Exception {
        home = Files.writeString(home.resolve("file"), "no folder");
        start();
        shows("Try again");
        Screenshots.take(stage.getScene(), "store-no-folder");
    }

    private void shows(String words) {
        await("the window shows '" + words + "'")
                .atMost(Desktop.PATIENCE)
                .until(() -> Desktop.call(() -> says(stage.getScene().getRoot(), words)));
    }

    private static boolean says(Node node, String words) {
        if (!node.isVisible()) {
            return false;
        }
        return (node instanceof Labeled labeled && words.equals(labeled.getText()))
                || (node instanceof Parent parent
                        && parent.getChildrenUnmodifiable().stream()
                                .anyMatch(child -> says(child, words)));
    }
}
