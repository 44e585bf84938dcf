package org.deadletteroffice.desktop.triage;

import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.EmptyState;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.ErrorCard;
import org.deadletteroffice.desktop.shell.LookQuestion;
import org.deadletteroffice.spi.message.QueueKind;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The messages as a table. Rows come in pages as they are scrolled to; one that is on its way
/// shows as dots.
final class MessageTable extends StackPane {
    private static final PseudoClass RESOLVED = PseudoClass.getPseudoClass("resolved");
    private static final PseudoClass WAITING = PseudoClass.getPseudoClass("waiting");

    private final TriageModel model;
    private final TableView<MessageRow> table;
    private final VBox trouble = new VBox();
    private boolean syncing;

    MessageTable(TriageModel model) {
        this.model = model;
        getStyleClass().add("messages");
        table = new TableView<>(model.rows());
        table.setId("messages");
        table.setAccessibleText("Messages");
        table.sceneProperty()
                .addListener(
                        (_, _, scene) -> {
                            if (scene != null) {
                                table.requestFocus();
                            }
                        });
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setRowFactory(_ -> new Row());
        var position = column("Id", 84, 66, MessageRow::idText, "mono");
        position.textProperty()
                .bind(
                        model.queueProperty()
                                .map(queue -> queue.kind() == QueueKind.TOPIC ? "Offset" : "Id")
                                .orElse("Id"));
        var payload = column("Payload", 260, 60, MessageRow::preview, "mono-muted");
        payload.setMaxWidth(Double.MAX_VALUE);
        table.getColumns().add(ticks());
        table.getColumns().add(position);
        table.getColumns().add(column("Key", 96, 84, MessageRow::key, "mono"));
        table.getColumns().add(column("Died at", 98, 98, MessageRow::died, "muted"));
        table.getColumns().add(column("Tries", 48, 44, MessageRow::tries, "plain"));
        table.getColumns().add(column("Type", 108, 60, MessageRow::type, "mono"));
        table.getColumns().add(payload);
        table.getSelectionModel()
                .selectedIndexProperty()
                .addListener((_, _, index) -> chosen(index.intValue()));
        model.currentProperty().addListener((_, _, _) -> sync());
        model.rows().addListener((ListChangeListener<MessageRow>) _ -> sync());
        model.list().problemProperty().addListener((_, _, problem) -> show(problem));
        model.list().loadingProperty().addListener((_, _, _) -> placeholder());
        model.groups().readingProperty().addListener((_, _, _) -> placeholder());
        model.gate().lookingProperty().addListener((_, _, _) -> placeholder());
        placeholder();
        trouble.getStyleClass().add("list-trouble");
        trouble.setAlignment(Pos.BOTTOM_CENTER);
        trouble.setPickOnBounds(false);
        trouble.setVisible(false);
        getChildren().addAll(table, trouble);
    }

    void focusRows() {
        table.requestFocus();
    }

    private void chosen(int index) {
        if (!syncing && index >= 0) {
            var row = model.rows().peek(index);
            if (row != null) {
                model.currentProperty().set(row);
            }
        }
    }

    private void sync() {
        var current = model.currentProperty().get();
        int at = current == null ? -1 : model.rows().indexOf(current.id());
        if (at == table.getSelectionModel().getSelectedIndex()) {
            return;
        }
        syncing = true;
        if (at < 0) {
            table.getSelectionModel().clearSelection();
        } else {
            table.getSelectionModel().clearAndSelect(at);
            table.getFocusModel().focus(at);
            table.scrollTo(Math.max(0, at - 4));
        }
        syncing = false;
    }

    private void show(@Nullable Problem problem) {
        trouble.getChildren().clear();
        trouble.setVisible(problem != null && !model.rows().isEmpty());
        if (problem != null && !model.rows().isEmpty()) {
            trouble.getChildren().add(card(problem));
        }
        placeholder();
    }

    private EmptyState ask(LookQuestion question) {
        var look = Buttons.primary(LookQuestion.LOOK, model.gate()::agree);
        look.setDefaultButton(true);
        return new EmptyState(
                Feather.EYE,
                question.title(),
                question.text(),
                look,
                question.isPriced()
                        ? Buttons.plain(question.always(), model.gate()::agreeForProfile)
                        : Buttons.plain("Ask the broker again", model.gate()::askAgain));
    }

    private void placeholder() {
        var problem = model.list().problemProperty().get();
        var question = model.gate().question();
        if (problem != null) {
            table.setPlaceholder(new StackPane(card(problem)));
        } else if (question != null) {
            table.setPlaceholder(ask(question));
        } else if (model.list().loadingProperty().get()
                || model.gate().lookingProperty().get() == Looking.UNKNOWN) {
            var turning = new ProgressIndicator();
            turning.setMaxSize(28, 28);
            table.setPlaceholder(turning);
        } else if (model.filter().isSet()) {
            table.setPlaceholder(
                    new EmptyState(
                            Feather.SEARCH,
                            "No message matches",
                            "Nothing in this queue matches the filter.",
                            Buttons.plain("Clear the filter", model.filter()::clear)));
        } else {
            table.setPlaceholder(
                    new EmptyState(
                            Feather.CHECK_CIRCLE,
                            "Nothing waits here",
                            model.showResolvedProperty().get()
                                    ? "This queue is empty."
                                    : "This queue is empty, or all of its messages were redriven.",
                            Buttons.plain(
                                    model.showResolvedProperty().get()
                                            ? "Read again"
                                            : "Show redriven messages",
                                    () -> {
                                        if (model.showResolvedProperty().get()) {
                                            model.refresh();
                                        } else {
                                            model.showResolvedProperty().set(true);
                                        }
                                    })));
        }
    }

    private ErrorCard card(Problem problem) {
        var card = new ErrorCard(problem, Buttons.plain("Try again", model.list()::retry));
        card.setMaxWidth(560);
        card.setMaxHeight(USE_PREF_SIZE);
        return card;
    }

    private static TableColumn<MessageRow, String> column(
            String title,
            double width,
            double least,
            Function<MessageRow, String> text,
            String style) {
        var column = new TableColumn<MessageRow, String>(title);
        column.setPrefWidth(width);
        column.setMinWidth(least);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(
                cell ->
                        new ReadOnlyObjectWrapper<>(
                                cell.getValue() == null ? "" : text.apply(cell.getValue())));
        column.setCellFactory(
                _ -> {
                    var cell =
                            new TableCell<MessageRow, String>() {
                                @Override
                                protected void updateItem(String item, boolean empty) {
                                    super.updateItem(item, empty);
                                    setText(empty ? null : item);
                                }
                            };
                    cell.setEllipsisString("…");
                    cell.getStyleClass().add("cell-" + style);
                    return cell;
                });
        return column;
    }

    private TableColumn<MessageRow, MessageRow> ticks() {
        var column = new TableColumn<MessageRow, MessageRow>();
        column.setSortable(false);
        column.setReorderable(false);
        column.setResizable(false);
        column.setMinWidth(34);
        column.setMaxWidth(34);
        column.setPrefWidth(34);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setCellFactory(_ -> new TickCell());
        var every = new CheckBox();
        every.setAccessibleText("Select the messages shown");
        every.setTooltip(Buttons.tip("Select the messages shown; press A for all that match"));
        every.setFocusTraversable(false);
        every.setOnAction(
                _ -> {
                    if (every.isSelected()) {
                        model.tickShown();
                    } else {
                        model.selection().clear();
                    }
                });
        model.selection()
                .versionProperty()
                .addListener(
                        (_, _, _) -> {
                            var selection = model.selection();
                            boolean some = selection.countProperty().get() > 0;
                            every.setSelected(selection.allProperty().get());
                            every.setIndeterminate(some && !selection.allProperty().get());
                        });
        column.setGraphic(every);
        return column;
    }

    private final class TickCell extends TableCell<MessageRow, MessageRow> {
        private final CheckBox box = new CheckBox();

        TickCell() {
            getStyleClass().add("tick-cell");
            box.setFocusTraversable(false);
            box.addEventFilter(
                    MouseEvent.MOUSE_PRESSED,
                    event -> {
                        var row = getItem();
                        if (row != null && event.isShiftDown()) {
                            model.tickTo(getIndex());
                        } else if (row != null) {
                            model.tick(row);
                        }
                        event.consume();
                    });
            box.addEventFilter(MouseEvent.MOUSE_RELEASED, MouseEvent::consume);
            model.selection().versionProperty().addListener((_, _, _) -> draw());
        }

        @Override
        protected void updateItem(MessageRow item, boolean empty) {
            super.updateItem(item, empty);
            setGraphic(empty || item == null ? null : box);
            draw();
        }

        private void draw() {
            var row = getItem();
            if (row != null) {
                box.setSelected(model.selection().has(row.id()));
                box.setAccessibleText("Select message " + row.id());
            }
        }
    }

    private final class Row extends TableRow<MessageRow> {
        Row() {
            setOnMouseClicked(
                    event -> {
                        if (event.getClickCount() == 2 && getItem() != null) {
                            model.editCurrent();
                        }
                    });
        }

        @Override
        protected void updateItem(MessageRow item, boolean empty) {
            super.updateItem(item, empty);
            pseudoClassStateChanged(WAITING, !empty && item == null);
            pseudoClassStateChanged(RESOLVED, !empty && item != null && item.resolved());
            setAccessibleText(item == null ? null : item.spoken());
        }
    }
}
