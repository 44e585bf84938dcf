package org.deadletteroffice.desktop.triage;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Sparkline;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.shell.ErrorCard;
import org.deadletteroffice.desktop.text.Amounts;
import org.jspecify.annotations.Nullable;

/// The failure groups, largest first. Choosing one shows its messages; choosing it again shows all.
final class GroupList extends StackPane {
    private static final double SHOWN = 4;

    /// Narrower than this, the times give their room to the error's name.
    private static final double ROOMY = 580;

    private final FailureGroups groups;
    private final ListView<GroupRow> list;
    private boolean syncing;

    GroupList(TriageModel model) {
        groups = model.groups();
        getStyleClass().add("groups");
        list = new ListView<>(groups.rows());
        list.setId("groups");
        list.setAccessibleText("Failure groups");
        list.setCellFactory(_ -> new Cell());
        list.prefHeightProperty().bind(rowsHigh(SHOWN));
        list.minHeightProperty().bind(rowsHigh(2));
        var waiting = new Label();
        waiting.getStyleClass().add("small-muted");
        waiting.textProperty()
                .bind(
                        Bindings.when(groups.readingProperty())
                                .then("Reading the queue for causes…")
                                .otherwise("Nothing failed here, or nothing matches."));
        list.setPlaceholder(waiting);
        list.getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, row) -> {
                            if (!syncing && row != null) {
                                groups.choose(row);
                            }
                        });
        groups.chosenProperty().addListener((_, _, _) -> sync());
        groups.rows().addListener((ListChangeListener<GroupRow>) _ -> sync());
        groups.problemProperty()
                .addListener(
                        (_, _, problem) -> {
                            if (problem == null || model.list().problemProperty().get() != null) {
                                getChildren().setAll(list);
                            } else {
                                var card =
                                        new ErrorCard(
                                                problem,
                                                Buttons.plain("Try again", model::refresh));
                                getChildren().setAll(card);
                            }
                        });
        getChildren().add(list);
        managedProperty()
                .bind(
                        model.list()
                                .problemProperty()
                                .isNull()
                                .or(Bindings.isNotEmpty(groups.rows()))
                                .and(model.gate().lookingProperty().isEqualTo(Looking.ALLOWED)));
        visibleProperty().bind(managedProperty());
    }

    /// As high as the rows it has, up to `most`; a row's height is the style's.
    private DoubleBinding rowsHigh(double most) {
        return Bindings.createDoubleBinding(
                () ->
                        Math.clamp(groups.rows().size(), 1, most)
                                        * Math.max(1, list.getFixedCellSize())
                                + 1,
                groups.rows(),
                list.fixedCellSizeProperty());
    }

    void focusGroups() {
        list.requestFocus();
        if (list.getSelectionModel().isEmpty() && !groups.rows().isEmpty()) {
            list.getFocusModel().focus(0);
        }
    }

    private void sync() {
        syncing = true;
        var chosen = groups.chosenProperty().get();
        var selection = list.getSelectionModel();
        if (chosen == null) {
            selection.clearSelection();
        } else {
            for (int i = 0; i < groups.rows().size(); i++) {
                if (groups.rows().get(i).fingerprint().equals(chosen.fingerprint())) {
                    selection.clearAndSelect(i);
                    break;
                }
            }
        }
        syncing = false;
    }

    private final class Cell extends ListCell<GroupRow> {
        private final Label type = new Label();
        private final Badge cameBack = new Badge("", Tone.WARNING);
        private final Badge poison = new Badge("", Tone.DANGER);
        private final Label message = new Label();
        private final Sparkline trend = new Sparkline(80, 26);
        private final Label count = new Label();
        private final Label first = new Label();
        private final Label last = new Label();
        private final HBox row;
        private final Tooltip tip = Buttons.tip("");
        private boolean wasSelected;

        Cell() {
            type.getStyleClass().add("group-type");
            message.getStyleClass().addAll("group-message", "mono");
            count.getStyleClass().add("group-count");
            first.getStyleClass().add("small-muted");
            last.getStyleClass().add("small-muted");
            cameBack.setTooltip(Buttons.tip("Of those redriven, so many came back"));
            poison.setTooltip(
                    Buttons.tip("Came back so often that a redrive leaves them out unless asked"));
            var head = new HBox(8, type, cameBack, poison);
            head.setAlignment(Pos.CENTER_LEFT);
            var texts = new VBox(1, head, message);
            texts.setAlignment(Pos.CENTER_LEFT);
            texts.setMinWidth(0);
            texts.setPrefWidth(100);
            HBox.setHgrow(texts, Priority.ALWAYS);
            count.setMinWidth(64);
            count.setAlignment(Pos.CENTER_RIGHT);
            var times = new VBox(1, first, last);
            times.setAlignment(Pos.CENTER_LEFT);
            times.setMinWidth(118);
            times.setPrefWidth(118);
            times.managedProperty().bind(list.widthProperty().greaterThan(ROOMY));
            times.visibleProperty().bind(times.managedProperty());
            type.setMinWidth(60);
            trend.setMinWidth(60);
            row = new HBox(12, texts, trend, count, times);
            row.setAlignment(Pos.CENTER_LEFT);
            row.setMaxWidth(Double.MAX_VALUE);
            setPrefWidth(0);
            setContentDisplay(javafx.scene.control.ContentDisplay.GRAPHIC_ONLY);
            setOnMouseClicked(
                    event -> {
                        if (wasSelected && !isEmpty() && event.getClickCount() == 1) {
                            groups.choose(null);
                        }
                        wasSelected = false;
                    });
            addEventFilter(
                    javafx.scene.input.MouseEvent.MOUSE_PRESSED,
                    _ -> wasSelected = isSelected() && isChosen());
        }

        private boolean isChosen() {
            var chosen = groups.chosenProperty().get();
            return chosen != null
                    && getItem() != null
                    && chosen.fingerprint().equals(getItem().fingerprint());
        }

        @Override
        protected void updateItem(GroupRow item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            type.setText(item.type());
            message.setText(item.message());
            badge(cameBack, item.cameBack(), Tone.WARNING);
            badge(poison, item.poison(), Tone.DANGER);
            trend.show(item.trend().stream().map(Long::doubleValue).toList());
            count.setText(Amounts.of(item.count()));
            first.setText(item.first());
            last.setText(item.last());
            setAccessibleText(item.spoken());
            tip.setText(item.tip());
            setTooltip(tip);
            setGraphic(row);
        }

        private static void badge(Badge badge, @Nullable String words, Tone tone) {
            badge.setVisible(words != null);
            badge.setManaged(words != null);
            if (words != null) {
                badge.show(words, tone);
            }
        }
    }
}
