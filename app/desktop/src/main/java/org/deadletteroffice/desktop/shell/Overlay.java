package org.deadletteroffice.desktop.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// What lies above the screens: sheets, dialogs, the palette. While something does, the keyboard
/// stays in it; Esc or a click beside it closes the topmost.
public final class Overlay extends StackPane {
    /// Where a panel stands.
    public enum Position {
        RIGHT,
        CENTER,
        TOP
    }

    private record Layer(Region scrim, Region panel, Runnable closed, @Nullable Node focusBefore) {}

    private final Deque<Layer> layers = new ArrayDeque<>();

    public Overlay() {
        getStyleClass().add("overlay");
        setPickOnBounds(false);
        setVisible(false);
        addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE) {
                        close();
                        event.consume();
                    }
                });
        sceneProperty()
                .addListener(
                        (_, _, scene) -> {
                            if (scene != null) {
                                scene.focusOwnerProperty()
                                        .addListener((_, _, owner) -> keepFocus(owner));
                            }
                        });
    }

    /// The keyboard goes to the node of style class `initial-focus`, else to the first that takes
    /// it.
    ///
    /// @param closed called when it closes, by whatever way
    public void show(Region panel, Position position, Runnable closed) {
        var scrim = new Region();
        scrim.getStyleClass().add("scrim");
        scrim.setOnMousePressed(_ -> close());
        panel.getStyleClass().add("panel");
        var focusBefore = getScene() == null ? null : getScene().getFocusOwner();
        layers.push(new Layer(scrim, panel, closed, focusBefore));
        setAlignment(
                panel,
                switch (position) {
                    case RIGHT -> Pos.CENTER_RIGHT;
                    case CENTER -> Pos.CENTER;
                    case TOP -> Pos.TOP_CENTER;
                });
        setMargin(
                panel,
                switch (position) {
                    case RIGHT -> new Insets(38, 0, 0, 0);
                    case CENTER -> new Insets(24);
                    case TOP -> new Insets(72, 24, 24, 24);
                });
        getChildren().addAll(scrim, panel);
        setVisible(true);
        focusFirst(panel);
        focusWantedAfterLayout(panel);
    }

    /// What lies in a scroll pane is part of the scene only after the first layout.
    private void focusWantedAfterLayout(Region panel) {
        var scene = getScene();
        if (scene == null) {
            return;
        }
        scene.addPostLayoutPulseListener(
                new Runnable() {
                    @Override
                    public void run() {
                        scene.removePostLayoutPulseListener(this);
                        var wanted = panel.lookup(".initial-focus");
                        if (wanted != null && !wanted.isDisabled()) {
                            wanted.requestFocus();
                        }
                    }
                });
    }

    /// Closes the topmost panel, if there is one.
    public void close() {
        if (!layers.isEmpty()) {
            close(layers.peek());
        }
    }

    /// Closes `panel` and what lies above it; nothing when it is not shown.
    public void close(Region panel) {
        while (layers.stream().anyMatch(layer -> layer.panel() == panel)) {
            close(layers.peek());
        }
    }

    public boolean isOpen() {
        return !layers.isEmpty();
    }

    private void close(@Nullable Layer layer) {
        if (layer == null) {
            return;
        }
        layers.remove(layer);
        getChildren().removeAll(layer.scrim(), layer.panel());
        setVisible(!layers.isEmpty());
        var before = layer.focusBefore();
        if (before != null && before.getScene() == getScene()) {
            before.requestFocus();
        }
        layer.closed().run();
    }

    private void keepFocus(@Nullable Node owner) {
        var top = layers.peek();
        if (top != null && owner != null && !isInside(owner, top.panel())) {
            focusFirst(top.panel());
        }
    }

    private static boolean isInside(Node node, Parent ancestor) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at == ancestor) {
                return true;
            }
        }
        return false;
    }

    private static boolean focusFirst(Node node) {
        if (!node.isVisible() || node.isDisabled() || !node.isManaged()) {
            return false;
        }
        if (node.isFocusTraversable() && !node.getStyleClass().contains("sheet-close")) {
            node.requestFocus();
            return true;
        }
        return node instanceof Parent parent
                && parent.getChildrenUnmodifiable().stream().anyMatch(Overlay::focusFirst);
    }
}
