package org.deadletteroffice.ui;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import org.awaitility.Awaitility;

/// A window that shows the same as before is not drawn again. A node that asks for a layout in each
/// layout keeps a processor busy for as long as the window is open, and nobody sees it.
final class LayoutRest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private LayoutRest() {}

    /// Waits for a pulse after which nothing in the scene needs another layout.
    static void await(Scene scene) {
        var restless = new AtomicReference<>("no pulse came");
        Runnable look = () -> restless.set(restless(scene.getRoot()).orElse(""));
        Desktop.call(
                () -> {
                    scene.addPostLayoutPulseListener(look);
                    return null;
                });
        try {
            Awaitility.await("a layout after which no other is needed")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .conditionEvaluationListener(_ -> Platform.requestNextPulse())
                    .until(restless::get, String::isEmpty);
        } finally {
            Desktop.call(
                    () -> {
                        scene.removePostLayoutPulseListener(look);
                        return null;
                    });
        }
    }

    private static Optional<String> restless(Parent parent) {
        if (!parent.isVisible()) {
            return Optional.empty();
        }
        if (parent.isNeedsLayout()) {
            return Optional.of(parent.toString());
        }
        return parent.getChildrenUnmodifiable().stream()
                .filter(Parent.class::isInstance)
                .map(Parent.class::cast)
                .flatMap(child -> restless(child).stream())
                .findFirst();
    }
}
