package org.deadletteroffice.desktop.triage;

import java.util.List;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.connector.Capabilities;

/// Between groups and messages: what is selected, what is new, which way the list runs.
final class ListStrip extends HBox {
    private final TriageModel model;
    private final Label chosen = new Label();
    private final Hyperlink all;
    private final Hyperlink compare;
    private final Hyperlink none;
    private final Hyperlink news;
    private final MenuButton order = new MenuButton();

    ListStrip(TriageModel model) {
        this.model = model;
        getStyleClass().add("list-strip");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(10);
        chosen.getStyleClass().add("small-muted");
        chosen.setId("chosen");
        all = Buttons.link("", model.selection()::chooseAll);
        all.setAccessibleHelp("Key A");
        compare = Buttons.link("Compare", model::compare);
        compare.setAccessibleHelp("Key D");
        compare.setTooltip(Buttons.tip("Shows the two selected messages side by side  (D)"));
        none = Buttons.link("Clear", model.selection()::clear);
        none.setAccessibleHelp("Key Esc");
        news = Buttons.link("", model::refresh);
        news.setId("news");
        news.getStyleClass().add("news");
        news.setAccessibleHelp("Key N");
        var progress = new Label();
        progress.getStyleClass().add("small-muted");
        progress.textProperty().bind(model.list().progressProperty());
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        order.getStyleClass().add("order");
        order.setMinWidth(Region.USE_PREF_SIZE);
        order.setAccessibleText("Order of the list");
        order.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        !can(Capabilities::pageBackwards)
                                                ? "In the broker's order"
                                                : model.newestFirstProperty().get()
                                                        ? "Newest first"
                                                        : "Oldest first",
                                model.newestFirstProperty(),
                                model.facts().canProperty()));
        fillOrder();
        getChildren().addAll(chosen, all, compare, none, news, filler, progress, order);
        model.selection().versionProperty().addListener((_, _, _) -> show());
        model.targetProperty().addListener((_, _, _) -> show());
        model.groups().chosenProperty().addListener((_, _, _) -> show());
        model.list().newsProperty().addListener((_, _, _) -> show());
        show();
    }

    private void fillOrder() {
        var ways = new ToggleGroup();
        var newest = new RadioMenuItem("Newest first");
        var oldest = new RadioMenuItem("Oldest first");
        newest.setToggleGroup(ways);
        oldest.setToggleGroup(ways);
        newest.setSelected(true);
        newest.setOnAction(_ -> model.newestFirstProperty().set(true));
        oldest.setOnAction(_ -> model.newestFirstProperty().set(false));
        model.newestFirstProperty()
                .addListener((_, _, now) -> ways.selectToggle(now ? newest : oldest));
        var jump = new MenuItem("Jump to a time…  T");
        jump.setOnAction(_ -> openJump());
        var resolved = new CheckMenuItem("Show redriven messages");
        resolved.selectedProperty().bindBidirectional(model.showResolvedProperty());
        var both = new SeparatorMenuItem();
        order.getItems().setAll(newest, oldest, both, jump, resolved);
        Runnable offer =
                () -> {
                    var twoWays = can(Capabilities::pageBackwards);
                    for (var way : List.of(newest, oldest, both)) {
                        way.setVisible(twoWays);
                    }
                    jump.setVisible(can(Capabilities::seekByTime));
                };
        model.facts().canProperty().addListener((_, _, _) -> offer.run());
        offer.run();
    }

    /// Until the broker told, what most can do is offered.
    private boolean can(Predicate<Capabilities> way) {
        var told = model.facts().canProperty().get();
        return told == null || way.test(told);
    }

    /// Asks for a time to show the list from.
    void openJump() {
        if (!can(Capabilities::seekByTime)) {
            return;
        }
        var field = new TextField();
        field.setPromptText("14:30 · 2026-11-12 08:00 · 2 h ago");
        field.setAccessibleText("Time to jump to");
        field.setPrefColumnCount(22);
        var wrong = new Label("Write a time such as 14:30, 2026-11-12 08:00 or 2 h ago.");
        wrong.getStyleClass().add("small-muted");
        var box = new VBox(6, new Label("Show messages from"), field, wrong);
        box.getStyleClass().add("jump-box");
        var item = new CustomMenuItem(box, false);
        var menu = new ContextMenu(item);
        menu.getStyleClass().add("jump-menu");
        field.setOnAction(
                _ -> {
                    if (model.jumpTo(field.getText())) {
                        menu.hide();
                    } else {
                        wrong.getStyleClass().setAll("label", "field-fault");
                    }
                });
        menu.setOnShown(_ -> field.requestFocus());
        menu.show(order, Side.BOTTOM, -60, 4);
    }

    private void show() {
        var target = model.targetProperty().get();
        var selection = model.selection();
        int ticked = selection.countProperty().get();
        boolean every = selection.allProperty().get();
        var group = model.groups().chosenProperty().get();
        long total = group == null ? model.groups().matchedProperty().get() : group.count();
        var where = group != null ? " in this group" : model.filter().isSet() ? " that match" : "";
        chosen.setText(
                every
                        ? "All " + Amounts.of(target.count()) + " selected"
                        : ticked > 0
                                ? Amounts.of(ticked) + " selected of " + Amounts.of(total) + where
                                : total == 0
                                        ? ""
                                        : Amounts.of(total, "message", "messages") + where);
        all.setText("Select all " + Amounts.of(total));
        toggle(all, ticked > 0 && total > ticked);
        toggle(compare, ticked == 2 && !every);
        toggle(none, ticked > 0 || every);
        long arrived = model.list().newsProperty().get();
        news.setText(Amounts.of(arrived) + (arrived >= 100 ? "+ new" : " new") + " · show");
        toggle(news, arrived > 0);
    }

    private static void toggle(Region node, boolean on) {
        node.setVisible(on);
        node.setManaged(on);
    }
}
