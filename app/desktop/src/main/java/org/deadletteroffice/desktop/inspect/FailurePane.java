package org.deadletteroffice.desktop.inspect;

import java.time.Instant;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.cause.DeathWords;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.CodeView;
import org.deadletteroffice.desktop.control.EmptyState;
import org.deadletteroffice.desktop.control.Highlighter;
import org.deadletteroffice.desktop.text.Ages;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.message.Failure;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// All that is known of the death: facts, the chain of errors, earlier deaths, the stack trace, and
/// the headers it was read from.
final class FailurePane extends StackPane {
    private static final int TRACE = 60_000;

    private final InspectModel model;
    private final VBox body = new VBox(14);
    private final CodeView trace = new CodeView("Stack trace", false);
    private final EmptyState nothing =
            new EmptyState(
                    Feather.HELP_CIRCLE,
                    "No cause found",
                    "No header of this message tells why it died. It may have been put here by hand,"
                            + " or by a framework that leaves no trace.");
    private final ScrollPane scroll;

    FailurePane(InspectModel model) {
        this.model = model;
        body.getStyleClass().add("failure-pane");
        trace.setUseContentHeight(true);
        trace.setWrapText(true);
        scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        getChildren().addAll(scroll, nothing);
        model.messageProperty().addListener((_, _, shown) -> show(shown));
        show(model.messageProperty().get());
    }

    private void show(@Nullable MessageView shown) {
        boolean known = shown != null && shown.failure().isKnown();
        scroll.setVisible(known);
        nothing.setVisible(!known);
        body.getChildren().clear();
        if (shown == null || !known) {
            return;
        }
        var failure = shown.failure();
        body.getChildren().add(facts(failure));
        if (failure.chain().size() > 1) {
            body.getChildren().add(section("Chain, outermost first", chain(failure)));
        }
        if (!failure.history().isEmpty()) {
            body.getChildren().add(section("Earlier deaths", history(failure)));
        }
        if (failure.stackTrace() != null) {
            var text = failure.stackTrace().strip();
            trace.show(
                    text.length() > TRACE ? text.substring(0, TRACE) + "\n…" : text,
                    Highlighter.TRACE);
            var head =
                    new HBox(
                            8,
                            title("Stack trace"),
                            filler(),
                            Buttons.link("Copy", model.acts()::copyStackTrace));
            head.setAlignment(Pos.CENTER_LEFT);
            var holder = new VBox(6, head, trace);
            trace.getStyleClass().add("framed");
            body.getChildren().add(holder);
        }
        if (!failure.evidence().isEmpty()) {
            var evidence = new Label(String.join("\n", failure.evidence()));
            evidence.getStyleClass().addAll("mono", "muted");
            evidence.setWrapText(true);
            body.getChildren().add(section("Read from", evidence));
        }
    }

    private Node facts(Failure failure) {
        var grid = new GridPane();
        grid.getStyleClass().add("facts");
        grid.setHgap(12);
        grid.setVgap(6);
        var names = new ColumnConstraints();
        names.setMinWidth(Region.USE_PREF_SIZE);
        var values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(names, values);
        fact(grid, "Type", failure.type());
        fact(grid, "Message", failure.message() == null ? null : cut(failure.message().strip()));
        fact(grid, "Origin", model.origin().isEmpty() ? null : model.origin());
        fact(grid, "Consumer", failure.consumer());
        fact(
                grid,
                "Tries",
                failure.tries() == null ? null : Amounts.of(failure.tries().longValue()));
        fact(grid, "First failed", time(failure.firstDeath()));
        fact(grid, "Last failed", time(failure.lastDeath()));
        fact(grid, "Written by", failure.reader());
        return grid;
    }

    private Node chain(Failure failure) {
        var box = new VBox(3);
        for (int i = 0; i < failure.chain().size(); i++) {
            var type = failure.chain().get(i);
            boolean root = i == failure.chain().size() - 1;
            var label = new Label("  ".repeat(i) + (i == 0 ? "" : "└ ") + DeathWords.simple(type));
            label.getStyleClass().addAll("mono", root ? "chain-root" : "muted");
            label.setTooltip(Buttons.tip(type));
            box.getChildren().add(label);
        }
        return box;
    }

    private Node history(Failure failure) {
        var box = new VBox(4);
        for (var earlier : failure.history()) {
            var when = time(DeathWords.time(earlier));
            var words = DeathWords.earlier(earlier);
            var label = new Label(when == null ? words : when + "  " + words);
            label.getStyleClass().add("mono");
            label.setWrapText(true);
            box.getChildren().add(label);
        }
        return box;
    }

    private @Nullable String time(@Nullable Instant time) {
        return time == null ? null : Ages.exact(time, model.clock().getZone());
    }

    private static String cut(String text) {
        return text.length() > 1_000 ? text.substring(0, 1_000) + "…" : text;
    }

    private static void fact(GridPane grid, String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        var label = new Label(name);
        label.getStyleClass().add("muted");
        GridPane.setValignment(label, javafx.geometry.VPos.TOP);
        var text = new Label(value);
        text.setWrapText(true);
        text.getStyleClass().add("mono");
        grid.addRow(grid.getRowCount(), label, text);
    }

    private static VBox section(String words, Node content) {
        return new VBox(6, title(words), content);
    }

    private static Label title(String words) {
        var title = new Label(words);
        title.getStyleClass().add("section-title");
        return title;
    }

    private static Region filler() {
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        return filler;
    }
}
