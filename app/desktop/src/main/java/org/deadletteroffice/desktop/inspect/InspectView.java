package org.deadletteroffice.desktop.inspect;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.EmptyState;
import org.deadletteroffice.desktop.control.Icons;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.payload.HeaderText;
import org.deadletteroffice.desktop.text.Vanishing;
import org.deadletteroffice.spi.message.Header;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The reading pane: the cause first, then payload, headers, failure and history, and what can be
/// done below.
public final class InspectView extends StackPane {
    private final InspectModel model;
    private final Label title = new Label();
    private final Label id = new Label();
    private final HBox beside = new HBox(6);
    private final HBox below = new HBox(6);
    private final Label causeType = new Label();
    private final Label causeMessage = new Label();
    private final Label causeSentence = new Label();
    private final Tab headers = tab("Headers");
    private final Tab history = tab("History");
    private final Button replay;

    public InspectView(InspectModel model) {
        this.model = model;
        getStyleClass().add("inspect");
        var whole = new BorderPane();
        replay = Buttons.primary("Replay", model.acts()::replay);
        whole.setTop(new VBox(head(), card()));
        whole.setCenter(tabs());
        whole.setBottom(foot());
        var nothing =
                new EmptyState(
                        Feather.MAIL,
                        "No message chosen",
                        "Choose a message to read why it died and what it says.");
        whole.visibleProperty().bind(model.messageProperty().isNotNull());
        nothing.visibleProperty().bind(model.messageProperty().isNull());
        getChildren().addAll(whole, nothing);
        model.messageProperty().addListener((_, _, shown) -> show(shown));
        model.queueProperty().addListener((_, _, _) -> show(model.messageProperty().get()));
        model.headers().addListener((ListChangeListener<HeaderRow>) _ -> count());
        model.history().addListener((ListChangeListener<HistoryEvent>) _ -> count());
        show(model.messageProperty().get());
    }

    private Node head() {
        title.getStyleClass().add("inspect-title");
        title.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        id.getStyleClass().addAll("small-muted", "mono");
        id.setMinWidth(0);
        for (var row : List.of(beside, below)) {
            row.setAlignment(Pos.CENTER_LEFT);
            row.managedProperty().bind(Bindings.isNotEmpty(row.getChildren()));
        }
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        var keys = new Label("J K");
        keys.getStyleClass().add("key-hint");
        keys.setMinWidth(Region.USE_PREF_SIZE);
        keys.setTooltip(Buttons.tip("J: next message, K: previous message"));
        var first = new HBox(8, title, beside, filler, id, keys);
        first.setAlignment(Pos.CENTER_LEFT);
        var head = new VBox(4, first, below);
        head.getStyleClass().add("inspect-head");
        return head;
    }

    private Node card() {
        causeType.getStyleClass().add("cause-type");
        causeMessage.getStyleClass().addAll("cause-message", "mono");
        causeMessage.setWrapText(true);
        causeSentence.getStyleClass().add("cause-sentence");
        causeSentence.setWrapText(true);
        var card = new VBox(3, causeType, causeMessage, causeSentence);
        card.getStyleClass().add("cause-card");
        card.setId("cause");
        card.setFocusTraversable(true);
        var holder = new VBox(card);
        holder.getStyleClass().add("cause-holder");
        model.causeProperty()
                .addListener(
                        (_, _, cause) -> {
                            if (cause == null) {
                                return;
                            }
                            causeType.setText(cause.type());
                            causeType.setTooltip(
                                    cause.fullType().isEmpty()
                                            ? null
                                            : Buttons.tip(cause.fullType()));
                            causeMessage.setText(shorten(cause.message()));
                            causeMessage.setTooltip(longTip(cause.message()));
                            causeSentence.setText(cause.sentence());
                            causeSentence.setManaged(!cause.sentence().isEmpty());
                            card.setAccessibleText(
                                    cause.type()
                                            + ". "
                                            + shorten(cause.message())
                                            + ". "
                                            + cause.sentence());
                        });
        return holder;
    }

    private static String shorten(String message) {
        var lines = message.lines().limit(3).toList();
        var text = String.join("\n", lines);
        return text.length() > 220 ? text.substring(0, 220) + "…" : text;
    }

    private static @Nullable Tooltip longTip(String message) {
        return shorten(message).equals(message) || message.length() > 4_000
                ? null
                : Buttons.tip(message);
    }

    private Node tabs() {
        var payload = tab("Payload");
        payload.setContent(new PayloadPane(model));
        headers.setContent(new HeadersPane(model));
        var failure = tab("Failure");
        failure.setContent(new FailurePane(model));
        history.setContent(new HistoryPane(model, false));
        var tabs = new TabPane(payload, headers, failure, history);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getStyleClass().add("inspect-tabs");
        tabs.setId("inspect-tabs");
        return tabs;
    }

    private Node foot() {
        replay.setGraphic(Icons.of(Feather.ROTATE_CW));
        Buttons.withKey(replay, "R");
        replay.setMaxWidth(Double.MAX_VALUE);
        replay.setMinWidth(120);
        replay.setMnemonicParsing(false);
        replay.setId("replay");
        HBox.setHgrow(replay, Priority.ALWAYS);
        var edit = Buttons.plain("Edit", Feather.EDIT_2, model.acts()::edit);
        edit.setId("edit");
        Buttons.withKey(edit, "E");
        var menu =
                new ContextMenu(
                        item("Copy payload", model::copyPayload),
                        item("Copy message id", model.acts()::copyId),
                        item("Copy stack trace", model.acts()::copyStackTrace),
                        item("Save payload…", model.acts()::savePayload),
                        new SeparatorMenuItem(),
                        item("Trace its ids…", model.acts()::trace),
                        item("Compare with one that succeeded…", model.acts()::compareWithSuccess),
                        new SeparatorMenuItem(),
                        item("Purge this message…", model.acts()::purge));
        var more = Buttons.icon(Feather.MORE_HORIZONTAL, "More", () -> {});
        more.setId("more");
        more.setOnAction(_ -> menu.show(more, Side.TOP, 0, -4));
        var foot = new HBox(8, replay, edit, more);
        foot.getStyleClass().add("inspect-foot");
        foot.setAlignment(Pos.CENTER_LEFT);
        return foot;
    }

    private void show(@Nullable MessageView shown) {
        if (shown == null) {
            return;
        }
        var letter = shown.letter();
        var key = letter.key() == null ? "" : HeaderText.of(new Header("key", letter.key())).text();
        boolean named = !key.isBlank();
        title.setText(named ? key : letter.id().text());
        title.setTooltip(Buttons.tip(title.getText()));
        id.setText(named ? letter.id().text() : "");
        var badges = new ArrayList<Badge>();
        var event = shown.cloudEvent();
        if (event != null) {
            var badge = new Badge("CloudEvent " + event.specVersion(), Tone.ACCENT);
            badge.setTooltip(
                    Buttons.tip(
                            "CloudEvent, %s mode\ntype %s\nsource %s\nid %s"
                                    .formatted(
                                            event.mode(),
                                            event.type(),
                                            event.source(),
                                            event.id())));
            badges.add(badge);
        }
        badges.add(new Badge(shown.decoded().format(), Tone.NEUTRAL));
        if (shown.fate().resolved()) {
            badges.add(new Badge("redriven", Tone.SUCCESS));
        } else if (shown.fate().returns() > 0) {
            badges.add(new Badge("came back " + shown.fate().returns() + "×", Tone.WARNING));
        }
        var left = model.left();
        if (left != null) {
            var badge =
                    new Badge(
                            Vanishing.words(left),
                            Vanishing.isSoon(left) ? Tone.WARNING : Tone.NEUTRAL);
            badge.setTooltip(Buttons.tip(Vanishing.RESCUE));
            badges.add(badge);
        }
        // Several would leave nothing of a title.
        beside.getChildren().clear();
        below.getChildren().clear();
        (badges.size() > 1 ? below : beside).getChildren().addAll(badges);
        var to = model.destination();
        replay.setText(to.isEmpty() ? "Replay…" : "Replay to " + to);
        replay.setDisable(letter.corrupt() != null);
        count();
    }

    private void count() {
        headers.setText("Headers " + model.headers().size());
        history.setText("History " + model.history().size());
    }

    private static Tab tab(String text) {
        var tab = new Tab(text);
        tab.setId(text.toLowerCase(java.util.Locale.ROOT));
        return tab;
    }

    private static MenuItem item(String text, Runnable act) {
        var item = new MenuItem(text);
        item.setOnAction(_ -> act.run());
        return item;
    }
}
