package org.deadletteroffice.ui;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;
import javafx.stage.Window;
import jfx.incubator.scene.control.richtext.CodeArea;
import org.jspecify.annotations.Nullable;

/// What is on screen, found by selector or by what it says; menus and tooltips are windows too, and
/// the topmost comes first. On the FX thread.
final class Nodes {
    private Nodes() {}

    /// The first that a selector finds.
    static Node first(String selector) {
        return shown(selector)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing shown is " + selector));
    }

    static boolean any(String selector) {
        return shown(selector).findFirst().isPresent();
    }

    private static Stream<Node> shown(String selector) {
        return roots().flatMap(root -> root.lookupAll(selector).stream()).filter(Nodes::isShown);
    }

    /// All labels that a selector finds.
    static List<Labeled> labels(String selector) {
        var found =
                shown(selector).filter(Labeled.class::isInstance).map(Labeled.class::cast).toList();
        if (found.isEmpty()) {
            throw new AssertionError("no label shown is " + selector);
        }
        return found;
    }

    /// What a screen reader says of what a selector finds.
    static List<String> spoken(String selector) {
        return shown(selector).map(Node::getAccessibleText).filter(Objects::nonNull).toList();
    }

    /// The first that a selector finds of which a screen reader says what begins so.
    static @Nullable Node saying(String selector, String beginning) {
        return shown(selector)
                .filter(
                        node ->
                                node.getAccessibleText() != null
                                        && node.getAccessibleText().startsWith(beginning))
                .findFirst()
                .orElse(null);
    }

    /// What reads so and can be pressed: a button before a mere label.
    static @Nullable Node clickable(String words) {
        var found =
                roots().flatMap(Nodes::all)
                        .filter(Nodes::isShown)
                        .filter(node -> !node.isDisabled())
                        .filter(
                                node ->
                                        node instanceof Labeled labeled
                                                && words.equals(labeled.getText()))
                        .toList();
        return found.stream()
                .filter(node -> node instanceof ButtonBase || node instanceof CheckBox)
                .findFirst()
                .orElse(found.isEmpty() ? null : found.getLast());
    }

    /// Scrolls to a node that is out of sight, as one does before pressing it.
    static void reveal(Node node) {
        for (Node at = node.getParent(); at != null; at = at.getParent()) {
            if (at instanceof ScrollPane scroll && scroll.getContent() != null) {
                var content = scroll.getContent();
                var place = content.sceneToLocal(node.localToScene(node.getBoundsInLocal()));
                double seen = scroll.getViewportBounds().getHeight();
                double hidden = content.getBoundsInLocal().getHeight() - seen;
                if (hidden > 0) {
                    scroll.setVvalue(Math.clamp((place.getCenterY() - seen / 2) / hidden, 0, 1));
                }
            }
        }
    }

    /// Every text there is to read.
    static List<String> texts() {
        return roots().flatMap(Nodes::all)
                .filter(Nodes::isShown)
                .map(Nodes::textOf)
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable String textOf(Node node) {
        return switch (node) {
            case Labeled labeled -> labeled.getText();
            case TextInputControl input -> input.getText();
            case CodeArea area -> area.getText();
            case Text text -> text.getText();
            default -> null;
        };
    }

    private static Stream<Parent> roots() {
        return Window.getWindows().stream()
                .filter(Window::isShowing)
                .map(Window::getScene)
                .filter(Objects::nonNull)
                .map(Scene::getRoot)
                .toList()
                .reversed()
                .stream();
    }

    private static Stream<Node> all(Node node) {
        return node instanceof Parent parent
                ? Stream.concat(
                        Stream.of(node),
                        parent.getChildrenUnmodifiable().stream().flatMap(Nodes::all))
                : Stream.of(node);
    }

    /// Whether nothing that a node lies in cuts it off, to a pixel.
    static boolean isInSight(Node node) {
        var place = node.localToScene(node.getLayoutBounds());
        for (Node at = node.getParent(); at != null; at = at.getParent()) {
            var room = at.localToScene(at.getLayoutBounds());
            if (place.getMaxX() > room.getMaxX() + 1 || place.getMaxY() > room.getMaxY() + 1) {
                return false;
            }
        }
        return true;
    }

    private static boolean isShown(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }
}
