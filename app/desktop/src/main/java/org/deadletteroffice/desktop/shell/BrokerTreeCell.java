package org.deadletteroffice.desktop.shell;

import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.deadletteroffice.core.metrics.BrokerState.Status;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Dot;
import org.deadletteroffice.desktop.control.Icons;
import org.deadletteroffice.desktop.control.Sparkline;
import org.deadletteroffice.desktop.control.Tone;
import org.kordamp.ikonli.feather.Feather;

/// Draws one row of the broker tree.
final class BrokerTreeCell extends ListCell<TreeRow> {
    private static final PseudoClass PLAIN = PseudoClass.getPseudoClass("heading");

    private final BrokerTreeModel model;
    private final Tooltip tip = Buttons.tip("");

    BrokerTreeCell(BrokerTreeModel model) {
        this.model = model;
        getStyleClass().add("tree-cell-row");
        setPrefWidth(0);
        setOnMouseClicked(
                event -> {
                    var row = getItem();
                    if (row != null
                            && event.getButton() == MouseButton.PRIMARY
                            && !(row instanceof TreeRow.Trouble)) {
                        model.open(row);
                    }
                });
    }

    @Override
    protected void updateItem(TreeRow row, boolean empty) {
        super.updateItem(row, empty);
        var shown = empty ? null : row;
        pseudoClassStateChanged(
                PLAIN,
                shown == null
                        || shown instanceof TreeRow.Heading
                        || shown instanceof TreeRow.Trouble
                        || shown instanceof TreeRow.Note);
        setText(null);
        setTooltip(null);
        setContextMenu(null);
        setMouseTransparent(shown == null);
        if (shown == null) {
            setGraphic(null);
            return;
        }
        switch (shown) {
            case TreeRow.Heading heading -> heading(heading);
            case TreeRow.Broker broker -> broker(broker);
            case TreeRow.Queue queue -> queue(queue);
            case TreeRow.Trouble trouble -> trouble(trouble);
            case TreeRow.Note note -> note(note);
        }
    }

    /// A tooltip is a window of its own, and costs too much to be made anew with each update.
    private void tell(String text) {
        tip.setText(text);
        setTooltip(tip);
    }

    private void heading(TreeRow.Heading heading) {
        var label = new Label(heading.environment().name().toUpperCase(Locale.ROOT));
        label.getStyleClass().add("tree-heading");
        setGraphic(label);
        setAccessibleText(label.getText());
    }

    private void broker(TreeRow.Broker row) {
        var arrow = Icons.of(row.open() ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT);
        arrow.getStyleClass().add("tree-arrow");
        var name = new Label(row.profile().name());
        name.getStyleClass().add("tree-broker");
        var kind = new Label(row.broker());
        kind.getStyleClass().add("tree-kind");
        kind.setMinWidth(Region.USE_PREF_SIZE);
        var box = row(6, arrow, new Dot(tone(row.status())), name, filler());
        if (row.locked()) {
            var lock = Icons.of(Feather.LOCK);
            lock.getStyleClass().add("tree-lock");
            box.getChildren().add(lock);
        }
        box.getChildren().add(kind);
        setGraphic(box);
        tell(row.profile().name() + ": " + words(row.status()));
        setAccessibleText(row.profile().name() + ", " + row.broker() + ", " + words(row.status()));
        setContextMenu(brokerMenu(row));
    }

    private void queue(TreeRow.Queue row) {
        var name = new Label(row.ref().name());
        name.getStyleClass().add(row.deadLetter() ? "tree-queue" : "tree-queue-other");
        HBox.setHgrow(name, Priority.ALWAYS);
        name.setMaxWidth(Double.MAX_VALUE);
        name.setMinWidth(40);
        var box = row(8, name);
        box.getStyleClass().add("tree-queue-row");
        if (row.trend().size() > 1) {
            var line = new Sparkline(46, 16);
            line.setMinWidth(30);
            line.show(row.trend(), row.tone() == Tone.DANGER ? Tone.DANGER : Tone.NEUTRAL);
            box.getChildren().add(line);
        }
        box.getChildren().add(new Badge(row.depth(), row.tone()));
        setGraphic(box);
        var age = row.age().isEmpty() ? "" : ", oldest " + row.age();
        var messages = row.depth() + (row.depth().equals("1") ? " message" : " messages") + age;
        tell(row.ref().name() + "\n" + messages);
        setAccessibleText(row.ref().name() + ", " + messages);
        setContextMenu(queueMenu(row));
    }

    private void trouble(TreeRow.Trouble row) {
        var text = new Label(row.sentence());
        text.getStyleClass().add("tree-trouble");
        text.setMinWidth(40);
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        var fix = Buttons.link("Fix…", () -> model.edit(row.profile()));
        fix.setAccessibleText("Fix the profile " + row.profile().name());
        var box = row(8, text, fix);
        box.getStyleClass().add("tree-queue-row");
        setGraphic(box);
        tell(row.sentence() + " " + row.remedy());
        setAccessibleText(row.sentence() + " " + row.remedy());
    }

    private void note(TreeRow.Note row) {
        var text = new Label(row.text());
        text.getStyleClass().add("tree-note");
        var box = row(8, text);
        box.getStyleClass().add("tree-queue-row");
        setGraphic(box);
        setAccessibleText(row.text());
    }

    private ContextMenu brokerMenu(TreeRow.Broker row) {
        var edit = item("Edit profile…", () -> model.edit(row.profile()));
        edit.setDisable(row.profile().temporary());
        var remove = item("Remove profile…", () -> model.remove(row.profile()));
        remove.setDisable(row.profile().temporary());
        var menu = new ContextMenu(edit, item("Look again", model::refresh));
        if (row.locked()) {
            menu.getItems().add(item("Unlock for writing…", () -> model.unlock(row.profile())));
        } else if (model.isProduction(row.profile())) {
            menu.getItems().add(item("Lock again", () -> model.lock(row.profile())));
        }
        menu.getItems().addAll(new SeparatorMenuItem(), remove);
        return menu;
    }

    private ContextMenu queueMenu(TreeRow.Queue row) {
        var mark =
                row.deadLetter()
                        ? item("This holds no dead letters", () -> model.mark(row.ref(), false))
                        : item("Mark as dead-letter queue", () -> model.mark(row.ref(), true));
        var menu =
                new ContextMenu(
                        item("Open", () -> model.open(row)),
                        item("Copy name", () -> model.copyName(row.ref())),
                        new SeparatorMenuItem(),
                        mark,
                        item("Decide by name and broker", () -> model.mark(row.ref(), null)));
        if (row.deadLetter()) {
            var move = item("Move by the broker…", () -> model.moveByBroker(row.ref()));
            move.setVisible(false);
            menu.setOnShowing(_ -> model.whereMovable(row.ref(), () -> move.setVisible(true)));
            var purge = item("Purge…", () -> model.purge(row.ref()));
            purge.getStyleClass().add("danger-item");
            menu.getItems().addAll(new SeparatorMenuItem(), move, purge);
        }
        return menu;
    }

    private static MenuItem item(String text, Runnable act) {
        var item = new MenuItem(text);
        item.setOnAction(_ -> act.run());
        return item;
    }

    private static HBox row(double gap, Node... nodes) {
        var box = new HBox(gap, nodes);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private static Region filler() {
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        return filler;
    }

    private static Tone tone(Status status) {
        return switch (status) {
            case CONNECTED -> Tone.SUCCESS;
            case DEGRADED -> Tone.WARNING;
            case FAILED -> Tone.DANGER;
            case CONNECTING -> Tone.NEUTRAL;
        };
    }

    private static String words(Status status) {
        return switch (status) {
            case CONNECTED -> "connected";
            case DEGRADED -> "connected, but some of it cannot be seen";
            case FAILED -> "not connected";
            case CONNECTING -> "connecting";
        };
    }
}
