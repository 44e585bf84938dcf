package org.deadletteroffice.desktop.inspect;

import java.util.ArrayList;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.deadletteroffice.desktop.payload.TreeText;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.decode.Tree;
import org.jspecify.annotations.Nullable;

/// A structure to open and close; children are made when they are looked at.
final class PayloadTree extends StackPane {
    private static final int SHORT = 120;
    private static final int OPEN_DEPTH = 2;

    PayloadTree(InspectModel model) {
        var view = new TreeView<Entry>();
        view.getStyleClass().add("payload-tree");
        view.setShowRoot(false);
        view.setAccessibleText("Payload as a tree");
        view.setCellFactory(_ -> new Cell());
        getChildren().add(view);
        model.treeProperty().addListener((_, _, tree) -> show(view, tree));
        show(view, model.treeProperty().get());
    }

    private static void show(TreeView<Entry> view, @Nullable Tree tree) {
        view.setRoot(tree == null ? null : new Item(new Entry("", tree), 0));
    }

    private record Entry(String name, Tree value) {}

    private static final class Item extends TreeItem<Entry> {
        private final int depth;
        private boolean made;

        Item(Entry entry, int depth) {
            super(entry);
            this.depth = depth;
            setExpanded(depth < OPEN_DEPTH);
        }

        @Override
        public boolean isLeaf() {
            return switch (getValue().value()) {
                case Tree.Obj(var members) -> members.isEmpty();
                case Tree.Arr(var items) -> items.isEmpty();
                case Tree.Text _, Tree.Num _, Tree.Bool _, Tree.Null _, Tree.Bytes _ -> true;
            };
        }

        @Override
        public ObservableList<TreeItem<Entry>> getChildren() {
            var children = super.getChildren();
            if (!made) {
                made = true;
                var next = new ArrayList<TreeItem<Entry>>();
                switch (getValue().value()) {
                    case Tree.Obj(var members) ->
                            members.forEach(
                                    member ->
                                            next.add(
                                                    new Item(
                                                            new Entry(
                                                                    member.name(), member.value()),
                                                            depth + 1)));
                    case Tree.Arr(var items) -> {
                        for (int i = 0; i < items.size(); i++) {
                            next.add(new Item(new Entry("[" + i + "]", items.get(i)), depth + 1));
                        }
                    }
                    case Tree.Text _, Tree.Num _, Tree.Bool _, Tree.Null _, Tree.Bytes _ -> {}
                }
                children.setAll(next);
            }
            return children;
        }
    }

    private static final class Cell extends TreeCell<Entry> {
        private final Label name = new Label();
        private final Label value = new Label();
        private final HBox row = new HBox(8, name, value);

        Cell() {
            name.getStyleClass().addAll("mono", "tree-name");
            name.setMinWidth(USE_PREF_SIZE);
            value.getStyleClass().addAll("mono", "tree-value");
        }

        @Override
        protected void updateItem(Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (empty || entry == null) {
                setGraphic(null);
                return;
            }
            name.setText(entry.name());
            value.setText(
                    switch (entry.value()) {
                        case Tree.Obj(var members) -> Amounts.of(members.size(), "field", "fields");
                        case Tree.Arr(var items) -> Amounts.of(items.size(), "item", "items");
                        case Tree.Text _, Tree.Num _, Tree.Bool _, Tree.Null _, Tree.Bytes _ ->
                                TreeText.compact(entry.value(), SHORT);
                    });
            value.getStyleClass().removeAll("tree-text", "tree-number", "tree-word", "tree-size");
            value.getStyleClass()
                    .add(
                            switch (entry.value()) {
                                case Tree.Text _, Tree.Bytes _ -> "tree-text";
                                case Tree.Num _ -> "tree-number";
                                case Tree.Bool _, Tree.Null _ -> "tree-word";
                                case Tree.Obj _, Tree.Arr _ -> "tree-size";
                            });
            setAccessibleText(entry.name() + ": " + value.getText());
            setGraphic(row);
        }
    }
}
