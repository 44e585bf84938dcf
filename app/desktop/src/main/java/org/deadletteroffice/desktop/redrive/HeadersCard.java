package org.deadletteroffice.desktop.redrive;

import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Labels;
import org.deadletteroffice.desktop.payload.PayloadText;
import org.deadletteroffice.desktop.redrive.HeaderFate.Effect;

/// The header policy as a difference: one line a header, each with what can be done to it. Closed
/// to its summary until opened.
final class HeadersCard extends VBox {
    private static final double NAMES = 280;

    private final HeaderPlan plan;
    private final VBox rows = new VBox();
    private final VBox body = new VBox(8);
    private final Hyperlink opener;

    HeadersCard(HeaderPlan plan) {
        this.plan = plan;
        getStyleClass().add("card");
        setId("headers-card");
        opener = Buttons.link("", () -> open(!body.isVisible()));
        opener.setId("headers-open");
        var summary = Labels.small("");
        summary.textProperty().bind(plan.summaryProperty());
        HBox.setHgrow(summary, Priority.ALWAYS);
        summary.setMaxWidth(Double.MAX_VALUE);
        var head = new HBox(8, Labels.section("Headers"), summary, opener);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("card-head");
        body.getStyleClass().add("card-part");
        body.getChildren().addAll(rows, adding(), keeping());
        getChildren().addAll(head, body);
        plan.fates().addListener((ListChangeListener<HeaderFate>) _ -> fill());
        fill();
        open(false);
    }

    private void open(boolean open) {
        body.setVisible(open);
        body.setManaged(open);
        opener.setText(open ? "Close" : "See and change ›");
    }

    private void fill() {
        rows.getChildren().setAll(plan.fates().stream().map(this::row).toList());
    }

    private Node row(HeaderFate fate) {
        var name = new Label(sign(fate.effect()) + fate.name());
        name.getStyleClass().add("mono");
        name.setMinWidth(NAMES);
        name.setPrefWidth(NAMES);
        name.setMaxWidth(NAMES);
        name.setTooltip(Buttons.tip(fate.name()));
        var value = Labels.small(PayloadText.oneLine(fate.value(), 200));
        value.setWrapText(false);
        value.getStyleClass().add("mono");
        value.setMinWidth(30);
        value.setPrefWidth(100);
        value.setMaxWidth(Double.MAX_VALUE);
        value.setTooltip(fate.value().isEmpty() ? null : Buttons.tip(shortened(fate.value())));
        HBox.setHgrow(value, Priority.ALWAYS);
        var row = new HBox(10, name, value);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().addAll("header-fate", style(fate.effect()));
        if (!fate.why().isEmpty()) {
            var why = Labels.note(PayloadText.oneLine(fate.why(), 30));
            row.getChildren().add(why);
        }
        if (fate.byHand()) {
            row.getChildren().add(act("Take back", fate, () -> plan.takeBack(fate.name())));
        } else if (fate.effect() == Effect.STAYS) {
            row.getChildren().add(act("Drop", fate, () -> plan.drop(fate.name())));
        }
        row.setAccessibleText(fate.name() + " " + words(fate.effect()) + ". " + fate.why());
        return row;
    }

    private static Hyperlink act(String words, HeaderFate fate, Runnable act) {
        var link = Buttons.link(words, act);
        link.setAccessibleText(words + " " + fate.name());
        return link;
    }

    private Node adding() {
        var name = new TextField();
        name.setId("header-name");
        name.setPromptText("header");
        name.setAccessibleText("Name of a header to set");
        name.getStyleClass().add("mono");
        var value = new TextField();
        value.setId("header-value");
        value.setPromptText("value");
        value.setAccessibleText("Value of the header to set");
        value.getStyleClass().add("mono");
        HBox.setHgrow(value, Priority.ALWAYS);
        Runnable set =
                () -> {
                    plan.set(name.getText(), value.getText());
                    name.clear();
                    value.clear();
                };
        value.setOnAction(_ -> set.run());
        var button = Buttons.plain("Set on all", set);
        button.setId("header-set");
        button.disableProperty().bind(name.textProperty().map(String::isBlank));
        var row = new HBox(8, name, value, button);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Node keeping() {
        var keep = Buttons.plain("Keep for this queue", plan::keep);
        keep.setId("headers-keep");
        keep.disableProperty().bind(plan.unkeptProperty().not());
        var forget = Buttons.link("Back to the preset", plan::forget);
        forget.visibleProperty().bind(plan.specialProperty().or(plan.unkeptProperty()));
        var note =
                Labels.small(
                        "What tells of the failure goes or stays as a whole: see Options. Values"
                                + " are those of one message.");
        HBox.setHgrow(note, Priority.ALWAYS);
        note.setMaxWidth(Double.MAX_VALUE);
        var row = new HBox(10, note, forget, keep);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static String sign(Effect effect) {
        return switch (effect) {
            case STAYS -> "  ";
            case CHANGES -> "~ ";
            case GOES -> "- ";
            case ADDED -> "+ ";
        };
    }

    private static String words(Effect effect) {
        return switch (effect) {
            case STAYS -> "stays";
            case CHANGES -> "changes";
            case GOES -> "goes";
            case ADDED -> "is added";
        };
    }

    private static String style(Effect effect) {
        return switch (effect) {
            case STAYS -> "header-stays";
            case CHANGES -> "header-changes";
            case GOES -> "header-goes";
            case ADDED -> "header-added";
        };
    }

    private static String shortened(String text) {
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }
}
