package org.deadletteroffice.desktop.move;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Labels;

/// From where, to where, how fast, and what a move by the broker does not do: the plan as a form.
final class MovePane extends GridPane {
    private static final Insets FIRST_LINE = new Insets(4, 0, 0, 0);

    private final MoveModel model;

    MovePane(MoveModel model) {
        this.model = model;
        getStyleClass().add("plan-pane");
        setHgap(12);
        setVgap(10);
        var names = new ColumnConstraints();
        names.setMinWidth(112);
        var fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        getColumnConstraints().setAll(names, fields);
        addRow(0, top("From"), from());
        addRow(1, top("To"), to());
        addRow(2, top("Pace"), pace());
        addRow(
                3,
                top("As they are"),
                words(
                        "The whole queue goes, unchanged, with what tells of its messages' death:"
                                + " all that is ready when the broker begins; what dies meanwhile"
                                + " may go too. Nothing is chosen, read or left out."));
        addRow(
                4,
                top("Undo"),
                words(
                        "Not possible: the program keeps no copies and no record of each message,"
                                + " only how many were moved."));
        addRow(
                5,
                top("Stop"),
                words(
                        "Under Jobs; no pause. What was moved stays moved, and some of what is"
                                + " under way may lie in both queues then, which the job's end"
                                + " says. When the window is closed the broker goes on,"
                                + " unless this program keeps its pace."));
    }

    private static Label top(String words) {
        var label = Labels.formName(words);
        GridPane.setValignment(label, VPos.TOP);
        label.setPadding(FIRST_LINE);
        return label;
    }

    private Node from() {
        var queue = new Label(model.source().name());
        queue.getStyleClass().add("strong");
        var flow = new FlowPane(6, 2, queue, new Label("· the whole queue"));
        flow.setAlignment(Pos.CENTER_LEFT);
        flow.setPadding(FIRST_LINE);
        return flow;
    }

    private Node to() {
        var queue = new ComboBox<String>(model.queues());
        queue.setEditable(true);
        queue.setPromptText("each message's origin");
        queue.setAccessibleText("Queue they go to; empty for each message's origin");
        queue.setId("destination");
        queue.getEditor().textProperty().bindBidirectional(model.destinationProperty());
        queue.setMaxWidth(Double.MAX_VALUE);
        return new VBox(
                4,
                queue,
                Labels.small(
                        "One queue of the same broker. Left empty: each message's origin, where"
                                + " the broker finds that by itself."));
    }

    private Node pace() {
        var rate = new TextField();
        rate.setId("rate");
        rate.textProperty().bindBidirectional(model.perSecondProperty());
        rate.setPrefWidth(70);
        rate.setMaxWidth(70);
        rate.setPromptText("full");
        rate.setAccessibleText("Messages per second");
        var row = new HBox(8, rate, Labels.small("messages a second at most"));
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static Node words(String text) {
        var words = new Label(text);
        words.setWrapText(true);
        var box = new VBox(words);
        box.setPadding(FIRST_LINE);
        return box;
    }
}
