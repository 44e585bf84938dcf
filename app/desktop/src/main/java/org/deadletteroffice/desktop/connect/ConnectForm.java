package org.deadletteroffice.desktop.connect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.collections.MapChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Segmented;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.spi.profile.Field;

/// The form: what every profile has, then the fields of the broker's kind by group.
final class ConnectForm extends VBox {
    private static final String FIRST_GROUP = "Connection";
    private static final String FOLDED_GROUP = "Advanced";

    private final ConnectModel model;
    private final VBox groups = new VBox(14);
    private final Map<Field, FieldBox> boxes = new HashMap<>();
    private boolean advancedOpen;

    ConnectForm(ConnectModel model) {
        super(14);
        this.model = model;
        getStyleClass().add("form");
        getChildren().addAll(name(), environment(), groups, patterns(), hint());
        model.fields().addListener((ListChangeListener<Field>) _ -> showGroups());
        showGroups();
    }

    private Node name() {
        var field = new TextField();
        field.setPromptText("payments-prod");
        field.setAccessibleText("Name of the profile");
        field.textProperty().bindBidirectional(model.nameProperty());
        field.setDisable(!model.isNew());
        field.getStyleClass().add("initial-focus");
        var wrong = new Label();
        wrong.getStyleClass().add("field-wrong");
        wrong.setWrapText(true);
        Runnable show =
                () -> {
                    var sentence = model.problems().get("name");
                    wrong.setText(sentence);
                    wrong.setVisible(sentence != null);
                    wrong.setManaged(sentence != null);
                };
        model.problems().addListener((MapChangeListener<String, String>) _ -> show.run());
        show.run();
        return labelled("Name", field, wrong);
    }

    private Node environment() {
        var choice =
                new Segmented<>(
                        "Environment",
                        List.of(Environment.values()),
                        model.environmentProperty().get(),
                        ConnectForm::words);
        choice.getStyleClass().add("environments");
        choice.button(Environment.PRODUCTION).getStyleClass().add("production");
        choice.valueProperty().bindBidirectional(model.environmentProperty());
        var note = new Label();
        note.getStyleClass().add("field-help");
        note.setWrapText(true);
        note.textProperty().bind(model.environmentProperty().map(ConnectForm::meaning));
        HBox.setHgrow(note, Priority.ALWAYS);
        var row = new HBox(10, choice, note);
        row.setAlignment(Pos.CENTER_LEFT);
        return labelled("Environment", row);
    }

    private Node patterns() {
        var field = new TextField();
        field.setPromptText("*-dlt, *.DLT, *-dlq, *.dlq and other usual names");
        field.setAccessibleText("Names of dead-letter queues, as patterns");
        field.getStyleClass().add("mono");
        field.textProperty().bindBidirectional(model.patternsProperty());
        HBox.setHgrow(field, Priority.ALWAYS);
        var found = new Badge("", Tone.SUCCESS);
        found.textProperty().bind(model.diagnosis().foundProperty());
        found.visibleProperty().bind(model.diagnosis().foundProperty().isNotEmpty());
        found.managedProperty().bind(found.visibleProperty());
        var row = new HBox(8, field, found);
        row.setAlignment(Pos.CENTER_LEFT);
        return labelled("Dead-letter queues", row);
    }

    private static Label hint() {
        var hint =
                new Label(
                        "Paste client properties or a connection URL anywhere in this form to fill"
                                + " it in.");
        hint.getStyleClass().add("field-help");
        hint.setWrapText(true);
        hint.setMinHeight(Region.USE_PREF_SIZE);
        return hint;
    }

    /// Boxes are kept, so that a field keeps its caret while others appear and go.
    private void showGroups() {
        var byGroup = new java.util.LinkedHashMap<String, List<Field>>();
        for (var field : model.fields()) {
            byGroup.computeIfAbsent(field.group(), _ -> new ArrayList<>()).add(field);
        }
        var nodes = new ArrayList<Node>();
        byGroup.forEach(
                (group, fields) -> {
                    var grid = grid(fields);
                    var hasSecret =
                            fields.stream().anyMatch(each -> each.type() == Field.Type.SECRET);
                    if (group.equals(FOLDED_GROUP)) {
                        var pane = new TitledPane(group, grid);
                        pane.setExpanded(advancedOpen);
                        pane.setAnimated(false);
                        pane.expandedProperty().addListener((_, _, now) -> advancedOpen = now);
                        nodes.add(pane);
                    } else {
                        nodes.add(group.equals(FIRST_GROUP) ? grid : titled(group, grid));
                        if (hasSecret) {
                            nodes.add(keeping());
                        }
                    }
                });
        groups.getChildren().setAll(nodes);
    }

    private GridPane grid(List<Field> fields) {
        var grid = new GridPane(10, 12);
        for (var i = 0; i < 2; i++) {
            var half = new ColumnConstraints();
            half.setPrefWidth(120);
            half.setHgrow(Priority.ALWAYS);
            grid.getColumnConstraints().add(half);
        }
        var row = 0;
        var column = 0;
        for (var field : fields) {
            var box = boxes.computeIfAbsent(field, each -> new FieldBox(each, model));
            if (!box.isShort() && column == 1) {
                row++;
                column = 0;
            }
            grid.add(box, column, row, box.isShort() ? 1 : 2, 1);
            column = box.isShort() ? 1 - column : 0;
            if (column == 0) {
                row++;
            }
        }
        return grid;
    }

    private Node keeping() {
        var choice =
                new Segmented<>(
                        "Keep secrets in",
                        List.of(ConnectModel.Keeping.values()),
                        model.keepingProperty().get(),
                        each -> each.words);
        choice.valueProperty().bindBidirectional(model.keepingProperty());
        choice.getStyleClass().add("small-segments");
        return labelled("Keep secrets in", choice);
    }

    private static VBox titled(String group, Node content) {
        var title = new Label(group);
        title.getStyleClass().add("form-group");
        return new VBox(10, title, content);
    }

    private static VBox labelled(String name, Node... nodes) {
        var label = new Label(name);
        label.getStyleClass().add("field-label");
        label.setLabelFor(nodes[0]);
        var box = new VBox(4, label);
        box.getChildren().addAll(nodes);
        return box;
    }

    private static String words(Environment environment) {
        return switch (environment) {
            case DEVELOPMENT -> "Development";
            case STAGING -> "Staging";
            case PRODUCTION -> "Production";
        };
    }

    private static String meaning(Environment environment) {
        return switch (environment) {
            case DEVELOPMENT -> "no questions asked";
            case STAGING -> "bulk acts ask before they start";
            case PRODUCTION -> "read-only until unlocked; destructive acts ask for the name";
        };
    }
}
