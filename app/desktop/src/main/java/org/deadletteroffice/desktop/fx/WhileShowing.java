package org.deadletteroffice.desktop.fx;

import java.util.function.Supplier;
import javafx.scene.Node;
import org.deadletteroffice.core.Signal.Subscription;
import org.jspecify.annotations.Nullable;

/// Holds a subscription as long as a node is part of a scene, so that a screen nobody looks at
/// costs nothing. To be used on the FX thread.
public final class WhileShowing {
    private final Supplier<Subscription> source;
    private @Nullable Subscription current;

    private WhileShowing(Supplier<Subscription> source) {
        this.source = source;
    }

    /// Subscribes each time `node` enters a scene, and ends it when the node leaves.
    public static void of(Node node, Supplier<Subscription> source) {
        var holder = new WhileShowing(source);
        holder.changed(node.getScene() != null);
        node.sceneProperty().addListener((_, _, scene) -> holder.changed(scene != null));
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
