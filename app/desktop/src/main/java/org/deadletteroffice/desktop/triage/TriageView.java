package org.deadletteroffice.desktop.triage;

import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.EmptyState;
import org.deadletteroffice.desktop.fx.WhileShowing;
import org.deadletteroffice.desktop.shell.Shortcut;
import org.kordamp.ikonli.feather.Feather;

/// The triage screen: groups above, messages below, the reading pane beside them.
public final class TriageView extends StackPane {
    /// The keys of this screen.
    public static final List<Shortcut> SHORTCUTS =
            List.of(
                    new Shortcut("Triage", "R", "Replay the message that is read"),
                    new Shortcut("Triage", "E", "Edit it before it is replayed"),
                    new Shortcut(
                            "Triage", "Shift+R", "Redrive what is selected, or all that match"),
                    new Shortcut("Triage", "Del", "Purge what is selected, or all that match"),
                    new Shortcut("Triage", "⇧E", "Export what is selected, or all that match"),
                    new Shortcut("Triage", "Space", "Select the message, or take it back"),
                    new Shortcut("Triage", "A", "Select all that match"),
                    new Shortcut("Triage", "D", "Compare the two selected messages"),
                    new Shortcut("Triage", "J", "Next message"),
                    new Shortcut("Triage", "K", "Previous message"),
                    new Shortcut("Triage", "G", "Go to the failure groups"),
                    new Shortcut("Triage", "M", "Go to the messages"),
                    new Shortcut("Triage", "/", "Filter"),
                    new Shortcut("Triage", "T", "Jump to a time"),
                    new Shortcut("Triage", "N", "Show new messages"),
                    new Shortcut("Triage", "Esc", "Take back selection, group and filter in turn"));

    private final TriageModel model;
    private final FilterBar filter;
    private final GroupList groups;
    private final MessageTable table;
    private final ListStrip strip;

    /// @param reading the reading pane
    public TriageView(TriageModel model, Node reading) {
        this.model = model;
        getStyleClass().add("triage");
        filter = new FilterBar(model);
        groups = new GroupList(model);
        strip = new ListStrip(model);
        table = new MessageTable(model);
        VBox.setVgrow(table, Priority.ALWAYS);
        var middle =
                new VBox(
                        new QueueHeader(model),
                        filter,
                        groups,
                        strip,
                        new TimeBrush(model, model.clock()),
                        table);
        middle.getStyleClass().add("triage-middle");
        middle.setMinWidth(420);
        var right = new BorderPane(reading);
        right.getStyleClass().add("triage-reading");
        right.setMinWidth(360);
        var split = new SplitPane(middle, right);
        split.setDividerPositions(0.61);
        split.getStyleClass().add("triage-split");
        var nothing =
                new EmptyState(
                        Feather.INBOX,
                        "No queue is open",
                        "Choose a dead-letter queue on the left, or press Ctrl+K and type its"
                                + " name.");
        getChildren().addAll(split, nothing);
        split.visibleProperty().bind(model.queueProperty().isNotNull());
        nothing.visibleProperty().bind(model.queueProperty().isNull());
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        WhileShowing.of(this, model::watch);
        model.queueProperty().addListener((_, _, _) -> table.focusRows());
    }

    private void key(KeyEvent event) {
        if (event.getTarget() instanceof TextInputControl
                || (event.getCode() == KeyCode.SPACE && event.getTarget() instanceof ButtonBase)
                || event.isControlDown()
                || event.isAltDown()
                || event.isMetaDown()) {
            return;
        }
        Map<KeyCode, Runnable> plain =
                Map.ofEntries(
                        Map.entry(
                                KeyCode.R,
                                event.isShiftDown() ? model::redrive : model::replayCurrent),
                        Map.entry(
                                KeyCode.E,
                                event.isShiftDown() ? model::export : model::editCurrent),
                        Map.entry(KeyCode.DELETE, model::purge),
                        Map.entry(KeyCode.SPACE, model::tickCurrent),
                        Map.entry(KeyCode.A, model.selection()::chooseAll),
                        Map.entry(KeyCode.D, model::compare),
                        Map.entry(KeyCode.J, () -> model.step(1)),
                        Map.entry(KeyCode.K, () -> model.step(-1)),
                        Map.entry(KeyCode.G, groups::focusGroups),
                        Map.entry(KeyCode.M, table::focusRows),
                        Map.entry(KeyCode.T, strip::openJump),
                        Map.entry(KeyCode.N, model::refresh),
                        Map.entry(KeyCode.ESCAPE, this::takeBack),
                        Map.entry(KeyCode.SLASH, filter::focusText),
                        Map.entry(KeyCode.DIVIDE, filter::focusText));
        var act = plain.get(event.getCode());
        if (act == null && "/".equals(event.getText())) {
            act = filter::focusText;
        }
        if (act != null && model.queueProperty().get() != null) {
            act.run();
            event.consume();
        }
    }

    private void takeBack() {
        var selection = model.selection();
        if (selection.allProperty().get() || selection.countProperty().get() > 0) {
            selection.clear();
        } else if (model.groups().chosenProperty().get() != null) {
            model.groups().choose(null);
        } else if (model.filter().isSet()) {
            model.filter().clear();
        }
    }
}
