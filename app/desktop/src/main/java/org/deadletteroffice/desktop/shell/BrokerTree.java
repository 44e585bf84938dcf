package org.deadletteroffice.desktop.shell;

import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Icons;
import org.deadletteroffice.desktop.fx.WhileShowing;
import org.kordamp.ikonli.feather.Feather;

/// Brokers and queues beside the screens.
final class BrokerTree extends BorderPane {
    private final TextField filter = new TextField();
    private final ListView<TreeRow> list;

    BrokerTree(BrokerTreeModel model, Navigation navigation) {
        getStyleClass().add("broker-tree");
        filter.setPromptText("Filter queues");
        filter.setAccessibleText("Filter queues");
        filter.textProperty().bindBidirectional(model.filterProperty());
        filter.setTooltip(Buttons.tip("Filter queues  (Ctrl+B)"));
        HBox.setHgrow(filter, Priority.ALWAYS);
        var all = new ToggleButton(null, Icons.of(Feather.LIST));
        all.getStyleClass().add("icon-button");
        all.setAccessibleText("List all queues, not only dead-letter queues");
        all.setTooltip(Buttons.tip("List all queues, not only dead-letter queues"));
        all.selectedProperty().bindBidirectional(model.allQueuesProperty());
        var add = Buttons.icon(Feather.PLUS, "Connect a broker  (Ctrl+N)", model::connect);
        var head = new HBox(6, filter, all, add);
        head.getStyleClass().add("tree-head");

        list = new ListView<>(model.rows());
        list.getStyleClass().add("tree-list");
        list.setAccessibleText("Brokers and queues");
        list.setCellFactory(_ -> new BrokerTreeCell(model));
        list.setOnKeyPressed(
                event -> {
                    var row = list.getSelectionModel().getSelectedItem();
                    if (row != null && event.getCode() == KeyCode.ENTER) {
                        model.open(row);
                        event.consume();
                    } else if (row instanceof TreeRow.Broker broker
                            && (broker.open()
                                    ? event.getCode() == KeyCode.LEFT
                                    : event.getCode() == KeyCode.RIGHT)) {
                        model.toggle(broker.profile());
                        event.consume();
                    }
                });
        filter.setOnKeyPressed(
                event -> {
                    if (event.getCode() == KeyCode.DOWN) {
                        list.requestFocus();
                        list.getSelectionModel().selectFirst();
                        event.consume();
                    } else if (event.getCode() == KeyCode.ESCAPE) {
                        filter.clear();
                    }
                });

        var foot = new javafx.scene.control.Label();
        foot.textProperty().bind(model.summaryProperty());
        foot.getStyleClass().add("tree-foot");
        foot.setMaxWidth(Double.MAX_VALUE);

        setTop(new VBox(head));
        setCenter(list);
        setBottom(foot);
        setMinWidth(216);

        Runnable follow =
                () -> {
                    var row = model.rowOf(navigation.place().get());
                    if (row == null) {
                        list.getSelectionModel().clearSelection();
                    } else {
                        list.getSelectionModel().select(row);
                    }
                };
        navigation.place().addListener(_ -> follow.run());
        model.rows()
                .addListener((javafx.collections.ListChangeListener<TreeRow>) _ -> follow.run());
        WhileShowing.of(this, model::start);
    }

    void focusFilter() {
        filter.requestFocus();
        filter.selectAll();
    }
}
