package org.deadletteroffice.desktop;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.deadletteroffice.desktop.theme.Theme;

/// Draws nodes without a display and keeps the pictures in `target/screenshots`.
public final class Pictures {
    private static final Path FOLDER = Path.of("target", "screenshots");
    private static boolean started;

    /// Starts the toolkit; once for all tests.
    public static synchronized void startToolkit() {
        if (!started) {
            var up = new CompletableFuture<Boolean>();
            Platform.startup(() -> up.complete(true));
            Platform.setImplicitExit(false);
            join(up);
            started = true;
        }
    }

    /// Runs on the FX thread and waits.
    public static <T> T onFx(Callable<T> work) {
        startToolkit();
        var result = new CompletableFuture<T>();
        Platform.runLater(
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Exception failure) {
                        result.completeExceptionally(failure);
                    }
                });
        return join(result);
    }

    /// Waits until some frames were drawn, so that what was changed is laid out.
    public static void frames(int count) {
        startToolkit();
        var drawn = new CompletableFuture<Boolean>();
        Platform.runLater(
                () ->
                        new AnimationTimer() {
                            private int left = count;

                            @Override
                            public void handle(long now) {
                                if (--left <= 0) {
                                    stop();
                                    drawn.complete(true);
                                }
                            }
                        }.start());
        join(drawn);
    }

    public static Stage window(Parent root, Theme theme, int width, int height) {
        return onFx(
                () -> {
                    var stage = new Stage();
                    var scene = new Scene(root, width, height);
                    theme.apply(scene, 13);
                    stage.setScene(scene);
                    stage.show();
                    return stage;
                });
    }

    public static Path take(Stage stage, String name) {
        frames(4);
        WritableImage image = onFx(() -> stage.getScene().snapshot(null));
        try {
            Files.createDirectories(FOLDER);
            var file = FOLDER.resolve(name + ".png");
            ImageIO.write(buffered(image), "png", file.toFile());
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Every text that a window shows.
    public static Set<String> texts(Stage stage) {
        return onFx(
                () -> {
                    var texts = new HashSet<String>();
                    collect(stage.getScene().getRoot(), texts);
                    return texts;
                });
    }

    private static void collect(Node node, Set<String> texts) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof Labeled labeled && labeled.getText() != null) {
            texts.add(labeled.getText());
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, texts));
        }
    }

    private static BufferedImage buffered(WritableImage image) {
        var width = (int) image.getWidth();
        var height = (int) image.getHeight();
        var copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pixels = image.getPixelReader();
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                copy.setRGB(x, y, pixels.getArgb(x, y));
            }
        }
        return copy;
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Pictures() {}
}
