package org.deadletteroffice.desktop.audit;

import java.time.ZoneId;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.audit.AuditRow;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.EmptyState;
import org.deadletteroffice.desktop.text.Ages;
import org.deadletteroffice.desktop.text.AuditWords;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// One act in full: who, where, why, what was changed, and how it hangs in the chain.
final class AuditDetail extends StackPane {
    private static final int DIGEST = 64;

    private final AuditModel model;
    private final VBox body = new VBox(12);
    private final ScrollPane scroll = new ScrollPane(body);
    private final EmptyState empty =
            new EmptyState(
                    Feather.CLOCK,
                    "Choose an act",
                    "Every act is kept with who did it, why, and fingerprints of what was there"
                            + " before and after.");

    AuditDetail(AuditModel model) {
        this.model = model;
        getStyleClass().add("detail-side");
        setMinWidth(240);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().addAll("edge-to-edge", "sheet-body");
        getChildren().addAll(empty, scroll);
        model.selectedProperty().addListener((_, _, row) -> show(row));
        show(model.selectedProperty().get());
    }

    private void show(@Nullable AuditRow row) {
        empty.setVisible(row == null);
        scroll.setVisible(row != null);
        if (row == null) {
            return;
        }
        var title = new Label(AuditWords.act(row.act()));
        title.getStyleClass().add("page-title");
        title.setWrapText(true);
        var facts = new GridPane(14, 6);
        fact(facts, "Number", Long.toString(row.number()));
        fact(facts, "When", Ages.exact(row.time(), ZoneId.systemDefault()));
        fact(facts, "Who", row.operator() + " on " + row.host());
        fact(facts, "Broker", row.profile());
        fact(facts, "Queue", row.queue());
        fact(facts, "Job", row.job());
        fact(facts, "Reason", row.reason());
        body.getChildren().setAll(title, facts);
        if (row.job() != null) {
            body.getChildren().add(Buttons.link("Show the job", model::openJob));
        }
        if (!row.details().isEmpty()) {
            var details = new GridPane(14, 6);
            row.details().forEach((name, value) -> detail(details, name, value));
            body.getChildren().add(card("What was done", details));
        }
        var chain = new GridPane(14, 6);
        detail(chain, "this row", row.hash());
        detail(chain, "row before", row.previous());
        body.getChildren().add(card("Chain", chain));
    }

    private static void fact(GridPane grid, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            var text = new Label(value);
            text.setWrapText(true);
            grid.addRow(grid.getRowCount(), name(name), text);
        }
    }

    private void detail(GridPane grid, String name, String value) {
        if (value.length() != DIGEST) {
            var text = new Label(value);
            text.setWrapText(true);
            grid.addRow(grid.getRowCount(), name(name), text);
            return;
        }
        var digest = new Label(value.substring(0, 12) + "…" + value.substring(DIGEST - 6));
        digest.getStyleClass().add("mono");
        digest.setTooltip(Buttons.tip(value));
        digest.setAccessibleText(value);
        var copy =
                Buttons.icon(Feather.COPY, "Copy the fingerprint", () -> model.copy(value, name));
        copy.getStyleClass().add("small-button");
        var box = new HBox(6, digest, copy);
        box.setAlignment(Pos.CENTER_LEFT);
        grid.addRow(grid.getRowCount(), name(name), box);
    }

    private static Label name(String text) {
        var label = new Label(text);
        label.getStyleClass().add("muted");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static VBox card(String title, Node content) {
        var label = new Label(title);
        label.getStyleClass().add("card-title");
        var card = new VBox(8, label, content);
        card.getStyleClass().addAll("card", "padded");
        return card;
    }
}
