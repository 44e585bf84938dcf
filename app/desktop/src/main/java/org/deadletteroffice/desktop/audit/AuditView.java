package org.deadletteroffice.desktop.audit;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.audit.AuditRow;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Columns;
import org.deadletteroffice.desktop.control.Segmented;
import org.deadletteroffice.desktop.control.Tables;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.fx.WhileShowing;
import org.deadletteroffice.desktop.text.Ages;
import org.deadletteroffice.desktop.text.AuditWords;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The trail on the left, one act in full on the right.
public final class AuditView extends StackPane {
    public AuditView(AuditModel model) {
        var title = new Label("Audit");
        title.getStyleClass().add("page-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        var search = new TextField();
        search.setPromptText("Search acts, people, queues, jobs, reasons");
        search.setAccessibleText("Search the audit trail");
        search.textProperty().bindBidirectional(model.searchProperty());
        search.setPrefWidth(320);
        search.setMinWidth(120);
        HBox.setHgrow(search, Priority.SOMETIMES);
        search.setMaxWidth(420);
        var since =
                new Segmented<>(
                        "Time",
                        List.of(AuditModel.Since.values()),
                        model.sinceProperty().get(),
                        each -> each.words);
        since.valueProperty().bindBidirectional(model.sinceProperty());
        var verdict = verdict(model);
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        var verify = Buttons.plain("Verify", Feather.SHIELD, model::verify);
        verify.disableProperty().bind(model.verifyingProperty());
        verify.setTooltip(
                Buttons.tip(
                        "Reads the whole trail and finds any row that was altered,"
                                + " removed or put in  (Ctrl+Shift+V)"));
        var export = Buttons.plain("Export…", Feather.DOWNLOAD, model::export);
        export.setTooltip(Buttons.tip("As JSON lines, or CSV when the name ends so  (Ctrl+E)"));
        var head = new HBox(10, title, search, since, filler, verdict, verify, export);
        head.getStyleClass().add("screen-head");
        head.setAlignment(Pos.CENTER_LEFT);

        var table = table(model);
        var older = Buttons.link("Load older", model::readOlder);
        var foot = new HBox(older);
        foot.setAlignment(Pos.CENTER);
        foot.getStyleClass().add("table-foot");
        foot.visibleProperty().bind(model.moreProperty());
        foot.managedProperty().bind(model.moreProperty());
        VBox.setVgrow(table, Priority.ALWAYS);
        var left = new VBox(table, foot);
        left.getStyleClass().add("surface");

        var split = new SplitPane(left, new AuditDetail(model));
        split.getStyleClass().add("frame-split");
        split.setDividerPositions(0.68);
        VBox.setVgrow(split, Priority.ALWAYS);
        getChildren().add(new VBox(head, split));
        addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (!event.isShortcutDown()) {
                        return;
                    }
                    if (event.getCode() == KeyCode.F) {
                        search.requestFocus();
                        event.consume();
                    } else if (event.getCode() == KeyCode.E) {
                        model.export();
                        event.consume();
                    } else if (event.getCode() == KeyCode.V && event.isShiftDown()) {
                        model.verify();
                        event.consume();
                    }
                });
        WhileShowing.of(this, model::start);
    }

    private static Label verdict(AuditModel model) {
        var verdict = new Label();
        verdict.getStyleClass().add("verdict");
        verdict.setMinWidth(40);
        Runnable show =
                () -> {
                    var now = model.verdictProperty().get();
                    verdict.setVisible(now != null);
                    verdict.setManaged(now != null);
                    if (now != null) {
                        verdict.setText(now.sentence());
                        verdict.setTooltip(Buttons.tip(now.sentence()));
                        (now.intact() ? Tone.SUCCESS : Tone.DANGER).on(verdict);
                    }
                };
        model.verdictProperty().addListener(_ -> show.run());
        show.run();
        return verdict;
    }

    private static TableView<AuditRow> table(AuditModel model) {
        var empty = new Label("No act fits.");
        empty.getStyleClass().add("muted");
        var table =
                Tables.of(
                        "Audit trail",
                        model.rows(),
                        empty,
                        List.of(
                                Columns.number(
                                        "#",
                                        56,
                                        AuditRow::number,
                                        (AuditRow row) -> Long.toString(row.number())),
                                Columns.number("When", 112, AuditRow::time, AuditView::when),
                                Columns.drawn(
                                        "Act",
                                        130,
                                        Badge::new,
                                        (badge, row) ->
                                                badge.show(row.act(), AuditWords.tone(row.act()))),
                                Columns.text("Who", 84, AuditRow::operator),
                                Columns.text("Where", 230, AuditView::where),
                                Columns.text("Job", 96, "mono", row -> orNothing(row.job())),
                                Columns.text("Reason", 214, AuditRow::reason)));
        table.getColumns().get(0).getStyleClass().add("muted");
        table.getColumns().get(1).getStyleClass().remove("number");
        table.getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, row) -> {
                            if (row != null) {
                                model.selectedProperty().set(row);
                            }
                        });
        model.selectedProperty()
                .addListener(
                        (_, _, row) -> {
                            if (row != null) {
                                table.getSelectionModel().select(row);
                            }
                        });
        Tables.onOpen(table, _ -> model.openJob());
        return table;
    }

    private static String when(AuditRow row) {
        return Ages.at(row.time(), Instant.now(), ZoneId.systemDefault());
    }

    private static String where(AuditRow row) {
        var queue = row.queue();
        var profile = row.profile();
        if (queue == null) {
            return orNothing(profile);
        }
        return profile == null ? queue : queue + " on " + profile;
    }

    private static String orNothing(@Nullable String text) {
        return text == null ? "" : text;
    }
}
