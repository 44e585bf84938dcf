package org.deadletteroffice.desktop.purge;

import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Labels;

/// From where, a copy first, how to undo: the plan of a purge as a form.
final class PurgePane extends GridPane {
    private static final Insets FIRST_LINE = new Insets(4, 0, 0, 0);

    private final PurgeModel model;

    PurgePane(PurgeModel model) {
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
        addRow(1, top("Copy"), copy());
        addRow(2, top("Undo"), undo());
        if (model.isLog()) {
            addRow(3, top("Log"), log());
        }
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
        var flow = new FlowPane(6, 2, queue, new Label("· " + model.scopeInWords()));
        flow.setAlignment(Pos.CENTER_LEFT);
        flow.setPadding(FIRST_LINE);
        return flow;
    }

    private Node copy() {
        var keep = new CheckBox("Copy every message to the archive first");
        keep.setId("archived");
        keep.selectedProperty().bindBidirectional(model.archivedProperty());
        var words = Labels.small("");
        words.textProperty()
                .bind(
                        Bindings.when(model.archivedProperty())
                                .then(
                                        "Copies are kept "
                                                + model.keptFor()
                                                + ", the oldest going first.")
                                .otherwise(
                                        "Nothing is kept: the messages are gone for good, so the"
                                                + " queue's name is asked for."));
        return padded(new VBox(4, keep, words));
    }

    private Node undo() {
        var words = new Label();
        words.setWrapText(true);
        words.textProperty()
                .bind(
                        Bindings.when(model.archivedProperty())
                                .then(
                                        "Undo in the notice at the end, or Put back under Jobs:"
                                                + " all of them or some, byte for byte in key,"
                                                + " payload and headers, each with a new id.")
                                .otherwise("Not possible without copies."));
        return padded(new VBox(words));
    }

    private Node log() {
        var trim = new CheckBox("Trim the log up to the first message nobody has dealt with");
        trim.selectedProperty().bindBidirectional(model.trimmedProperty());
        return padded(new VBox(trim));
    }

    private static Node padded(VBox box) {
        box.setPadding(FIRST_LINE);
        return box;
    }
}
