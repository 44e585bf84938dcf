package org.deadletteroffice.desktop.fx;

import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Window;
import org.deadletteroffice.core.Signal.Subscription;
import org.jspecify.annotations.Nullable;

/// Holds a subscription as long as a node is part of a window on screen, so that a screen nobody
/// looks at costs nothing. To be used on the FX thread.
public final class WhileShowing {
    private final Supplier<Subscription> source;
    private @Nullable Subscription current;

    private WhileShowing(Supplier<Subscription> source) {
        this.source = source;
    }

    /// Subscribes each time `node` comes to be shown, and ends it when it no longer is.
    public static void of(Node node, Supplier<Subscription> source) {
        var holder = new WhileShowing(source);
        var showing =
                node.sceneProperty()
                        .flatMap(Scene::windowProperty)
                        .flatMap(Window::showingProperty)
                        .orElse(false);
        showing.addListener((_, _, now) -> holder.changed(now));
        holder.changed(showing.getValue());
    }

    private void changed(boolean showing) {
        if (current != null) {
            current.close();
            current = null;
        }
        if (showing) {
            current = source.get();
        }
    }
}
