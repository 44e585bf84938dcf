package org.deadletteroffice.desktop.redrive;

import java.util.List;
import javafx.beans.property.StringProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Labels;
import org.deadletteroffice.desktop.control.Segmented;
import org.deadletteroffice.desktop.redrive.RepairForm.Way;

/// How every payload is changed. What a change does to some messages, and which it fails on, the
/// rehearsal shows.
final class RepairPane extends VBox {
    private final RedriveModel model;
    private final RepairForm form;

    RepairPane(RedriveModel model) {
        super(6);
        this.model = model;
        this.form = model.form().repair();
        var edited = model.editedWords();
        if (!edited.isEmpty()) {
            var label = new Label(edited);
            label.setPadding(new Insets(4, 0, 0, 0));
            getChildren().add(label);
        }
        if (form.isEdited()) {
            return;
        }
        var ways =
                new Segmented<>(
                        "Change of payloads",
                        List.of(Way.values()),
                        form.wayProperty().get(),
                        Way::words);
        ways.getStyleClass().add("small-segments");
        ways.valueProperty().bindBidirectional(form.wayProperty());
        var none = Labels.small("Every payload goes out byte for byte as it came.");
        var note =
                Labels.small(
                        "Only what it touches changes; the rest stays byte for byte, in the format"
                                + " it came in. What it fails on is left out, never sent half"
                                + " changed: rehearse to see before and after.");
        getChildren().addAll(ways, none, jq(), replace(), note);
        shownFor(none, Way.NONE);
        note.visibleProperty().bind(none.visibleProperty().not());
        note.managedProperty().bind(note.visibleProperty());
    }

    private Node jq() {
        var sign = new Label("jq");
        sign.getStyleClass().addAll("mono", "jq-sign");
        sign.setMinWidth(Region.USE_PREF_SIZE);
        var program = new TextField();
        program.setId("jq");
        program.textProperty().bindBidirectional(form.programProperty());
        program.setPromptText(".coupon = .couponV2.code | del(.couponV2)");
        program.setAccessibleText("jq program that changes every payload");
        program.getStyleClass().addAll("mono", "jq-program");
        HBox.setHgrow(program, Priority.ALWAYS);
        var field = new HBox(8, sign, program);
        field.setAlignment(Pos.CENTER_LEFT);
        field.getStyleClass().add("jq-field");
        var fault = new Label();
        fault.getStyleClass().add("field-fault");
        fault.setWrapText(true);
        fault.textProperty().bind(model.programFaultProperty());
        fault.managedProperty().bind(fault.textProperty().isNotEmpty());
        fault.visibleProperty().bind(fault.managedProperty());
        return shownFor(new VBox(4, field, fault), Way.JQ);
    }

    private Node replace() {
        var row =
                new HBox(
                        6,
                        Labels.note("In"),
                        field(
                                "replace-path",
                                form.pathProperty(),
                                "every text",
                                "Field, such as .customer.country; empty for every text"),
                        Labels.note("find"),
                        field("replace-find", form.findProperty(), "text", "Text to find"),
                        Labels.note("and write"),
                        field(
                                "replace-by",
                                form.byProperty(),
                                "nothing",
                                "Text to write in its place"));
        row.setAlignment(Pos.CENTER_LEFT);
        return shownFor(row, Way.REPLACE);
    }

    private static TextField field(String id, StringProperty value, String prompt, String name) {
        var field = new TextField();
        field.setId(id);
        field.textProperty().bindBidirectional(value);
        field.setPromptText(prompt);
        field.setAccessibleText(name);
        field.getStyleClass().add("mono");
        field.setPrefWidth(90);
        HBox.setHgrow(field, Priority.ALWAYS);
        return field;
    }

    private Node shownFor(Node node, Way way) {
        node.visibleProperty().bind(form.wayProperty().isEqualTo(way));
        node.managedProperty().bind(node.visibleProperty());
        return node;
    }
}
