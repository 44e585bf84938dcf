package org.deadletteroffice.desktop.compare;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.EmptyState;
import org.deadletteroffice.desktop.control.Labels;
import org.deadletteroffice.desktop.control.Segmented;
import org.deadletteroffice.desktop.control.SideSheet;
import org.kordamp.ikonli.feather.Feather;

/// The sheet that shows two messages side by side, with what differs marked.
public final class CompareView extends StackPane {
    private static final double WIDTH = 1080;
    private static final double ROW = 20;

    public CompareView(CompareModel model) {
        setMaxWidth(WIDTH);
        setPrefWidth(WIDTH);
        getStyleClass().addAll("compare-view", "edit-view");
        var sheet = new SideSheet("Compare two messages", model::close);
        sheet.setMaxWidth(Double.MAX_VALUE);
        var parts =
                new Segmented<>(
                        "Part",
                        List.of(CompareModel.Part.values()),
                        CompareModel.Part.PAYLOAD,
                        CompareModel.Part::words);
        parts.valueProperty().bindBidirectional(model.partProperty());
        var bar = new HBox(12, parts);
        if (model.hasLater()) {
            bar.getChildren().add(sides(model));
        }
        bar.getStyleClass().add("edit-bar");
        var titles = new HBox(half(title(model.leftTitle())), half(rightTitle(model)));
        titles.getStyleClass().add("compare-titles");
        sheet.setAbove(bar, titles);

        var list = new ListView<>(model.pairs());
        list.getStyleClass().add("compare-list");
        list.setFixedCellSize(ROW);
        list.setAccessibleText("Lines of both messages");
        list.setCellFactory(_ -> new Cell());
        var alike =
                new EmptyState(
                        Feather.CHECK, "No difference", "Here the two messages say the same.");
        alike.visibleProperty().bind(Bindings.isEmpty(model.pairs()));
        list.visibleProperty().bind(alike.visibleProperty().not());
        var body = new StackPane(list, alike);
        VBox.setVgrow(body, Priority.ALWAYS);
        sheet.setFillingBody(new VBox(body));
        sheet.footNote().textProperty().bind(model.summaryProperty());
        sheet.setActs(Buttons.plain("Close", model::close));
        getChildren().add(sheet);
    }

    private static Node sides(CompareModel model) {
        var sides =
                new Segmented<>(
                        "Which one that succeeded",
                        List.of(false, true),
                        false,
                        later -> later ? "After it" : "Before it");
        sides.valueProperty().addListener((_, _, later) -> model.laterProperty().set(later));
        return sides;
    }

    private static Label rightTitle(CompareModel model) {
        var label = title("");
        label.textProperty().bind(model.rightTitleProperty());
        return label;
    }

    private static Label title(String words) {
        var label = Labels.section(words);
        label.setMinWidth(0);
        label.getStyleClass().add("mono");
        return label;
    }

    private static Node half(Label label) {
        label.setMaxWidth(Double.MAX_VALUE);
        var half = new HBox(label);
        HBox.setHgrow(label, Priority.ALWAYS);
        half.setAlignment(Pos.CENTER_LEFT);
        half.setMinWidth(0);
        half.setPrefWidth(100);
        half.setMaxHeight(Double.MAX_VALUE);
        half.getStyleClass().add("compare-half");
        HBox.setHgrow(half, Priority.ALWAYS);
        return half;
    }

    private static final class Cell extends ListCell<Pair> {
        private static final PseudoClass REMOVED = PseudoClass.getPseudoClass("removed");
        private static final PseudoClass ADDED = PseudoClass.getPseudoClass("added");
        private static final PseudoClass ABSENT = PseudoClass.getPseudoClass("absent");

        private final Label left = new Label();
        private final Label right = new Label();
        private final Node leftHalf = half(left);
        private final Node rightHalf = half(right);
        private final HBox row = new HBox(leftHalf, rightHalf);

        Cell() {
            setPrefWidth(0);
            row.setMaxWidth(Double.MAX_VALUE);
            row.setMinHeight(Region.USE_PREF_SIZE);
            row.setPrefHeight(ROW);
        }

        @Override
        protected void updateItem(Pair pair, boolean empty) {
            super.updateItem(pair, empty);
            if (empty || pair == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            boolean differ = pair.kind() == Pair.Kind.DIFFERENT;
            var before = pair.left();
            var after = pair.right();
            left.setText(before);
            right.setText(after);
            leftHalf.pseudoClassStateChanged(REMOVED, differ && before != null);
            rightHalf.pseudoClassStateChanged(ADDED, differ && after != null);
            leftHalf.pseudoClassStateChanged(ABSENT, differ && before == null);
            rightHalf.pseudoClassStateChanged(ABSENT, differ && after == null);
            setGraphic(row);
            setAccessibleText(
                    differ
                            ? "Left: "
                                    + (before == null ? "nothing" : before)
                                    + ". Right: "
                                    + (after == null ? "nothing" : after)
                            : before);
        }
    }
}
