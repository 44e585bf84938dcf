package org.deadletteroffice.desktop.inspect;

import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.Separator;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.CodeView;
import org.deadletteroffice.desktop.control.EmptyState;
import org.deadletteroffice.desktop.control.Highlighter;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.spi.decode.Decoded;
import org.kordamp.ikonli.feather.Feather;

/// The payload: how it was read and why, the text or the tree, what is odd about it, and below what
/// happened to the message.
final class PayloadPane extends VBox {
    private static final double HISTORY_FROM = 380;

    private final InspectModel model;
    private final Badge issues = new Badge("", Tone.WARNING);
    private final VBox issueList = new VBox(4);

    PayloadPane(InspectModel model) {
        this.model = model;
        getStyleClass().add("payload-pane");
        var decoder = new DecoderMenu(model);
        var mode = modeMenu();
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        issues.setId("issues");
        var bar = new HBox(8, decoder, mode, filler, issues);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("payload-bar");

        var code = new CodeView("Payload", false);
        code.setId("payload");
        model.shownProperty()
                .addListener(
                        (_, _, shown) ->
                                code.show(
                                        shown.text(),
                                        switch (shown.syntax()) {
                                            case PLAIN -> Highlighter.PLAIN;
                                            case JSON -> Highlighter.JSON;
                                            case HEX -> Highlighter.HEX;
                                        },
                                        shown.marked()));
        code.setWrapText(false);
        var tree = new PayloadTree(model);
        var empty = new EmptyState(Feather.FILE, "No payload", "");
        model.emptyReasonProperty()
                .addListener((_, _, reason) -> empty.show("No payload to show", reason));
        var showsTree =
                model.modeProperty()
                        .isEqualTo(PayloadMode.TREE)
                        .and(model.treeProperty().isNotNull());
        var isEmpty =
                model.emptyReasonProperty()
                        .isNotEmpty()
                        .and(
                                Bindings.createBooleanBinding(
                                        () -> model.shownProperty().get().text().isEmpty(),
                                        model.shownProperty()));
        empty.visibleProperty().bind(isEmpty);
        tree.visibleProperty().bind(showsTree.and(isEmpty.not()));
        code.visibleProperty().bind(showsTree.not().and(isEmpty.not()));
        var stack = new StackPane(code, tree, empty);
        VBox.setVgrow(stack, Priority.ALWAYS);
        stack.setMinHeight(60);

        issueList.getStyleClass().add("issue-list");
        model.issues().addListener((ListChangeListener<Decoded.Issue>) _ -> showIssues());
        showIssues();

        var lately = new Label("What happened to this message");
        lately.getStyleClass().add("section-title");
        var history = new VBox(8, lately, new HistoryPane(model, true));
        history.getStyleClass().add("payload-history");
        var line = new Separator();
        var roomy = heightProperty().greaterThan(HISTORY_FROM);
        history.managedProperty().bind(roomy);
        history.visibleProperty().bind(roomy);
        line.managedProperty().bind(roomy);
        line.visibleProperty().bind(roomy);
        getChildren().addAll(bar, new ClaimBar(model.claim()), stack, issueList, history);
    }

    private MenuButton modeMenu() {
        var menu = new MenuButton();
        menu.setId("mode");
        menu.setAccessibleText("How the payload is shown");
        var group = new ToggleGroup();
        for (var mode : PayloadMode.values()) {
            var item = new RadioMenuItem(mode.words());
            item.setToggleGroup(group);
            item.setSelected(mode == model.modeProperty().get());
            item.setOnAction(_ -> model.modeProperty().set(mode));
            menu.getItems().add(item);
        }
        menu.textProperty().bind(model.modeProperty().map(PayloadMode::words));
        return menu;
    }

    private void showIssues() {
        var all = model.issues();
        long grave =
                all.stream()
                        .filter(issue -> issue.severity() != Decoded.Issue.Severity.INFO)
                        .count();
        issues.setVisible(grave > 0);
        issues.setText(grave == 1 ? "1 issue" : grave + " issues");
        issueList
                .getChildren()
                .setAll(all.stream().distinct().limit(4).map(PayloadPane::line).toList());
        issueList.setManaged(!all.isEmpty());
        issueList.setVisible(!all.isEmpty());
    }

    private static Label line(Decoded.Issue issue) {
        // What a schema finds begins with its place already.
        boolean placed = issue.where().isEmpty() || issue.sentence().startsWith(issue.where());
        var where = placed ? "" : issue.where() + ": ";
        var label = new Label(where + issue.sentence());
        label.setWrapText(true);
        // Else the payload above takes all, and the end of the sentence is cut off.
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().add("issue");
        switch (issue.severity()) {
            case INFO -> Tone.NEUTRAL.on(label);
            case WARNING -> Tone.WARNING.on(label);
            case ERROR -> Tone.DANGER.on(label);
        }
        return label;
    }
}
