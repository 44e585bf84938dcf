package org.deadletteroffice.desktop.redrive;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.edit.DiffLine;
import org.deadletteroffice.core.job.Preview;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.DiffView;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.text.Ages;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.message.MessageId;

/// What would happen: counts by outcome, who gets the messages, what is left out, what changes.
final class RehearsalPane extends VBox {
    private static final int DIFF_ROWS = 8;
    private static final int READERS = 6;

    private final RedriveModel model;
    private final VBox result = new VBox();
    private final Label state = RedriveView.small("nothing has been sent");

    RehearsalPane(RedriveModel model) {
        this.model = model;
        getStyleClass().add("card");
        var title = new Label("Rehearsal");
        title.getStyleClass().add("section-title");
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        var again = Buttons.plain("Run again", model::rehearse);
        again.setId("rehearse-again");
        again.disableProperty().bind(model.rehearsingProperty());
        again.textProperty().bind(model.previewProperty().map(_ -> "Run again").orElse("Rehearse"));
        state.setWrapText(false);
        state.setMinWidth(Region.USE_PREF_SIZE);
        var head = new HBox(8, title, state, filler, again);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("card-head");
        getChildren().addAll(head, result);
        model.previewProperty().addListener((_, _, _) -> show());
        model.rehearsingProperty().addListener((_, _, _) -> show());
        show();
    }

    private void show() {
        var preview = model.previewProperty().get();
        result.getChildren().clear();
        if (model.rehearsingProperty().get()) {
            var turning = new ProgressIndicator();
            turning.setPrefSize(18, 18);
            var row =
                    new HBox(10, turning, RedriveView.small("Running the plan, sending nothing…"));
            row.setAlignment(Pos.CENTER_LEFT);
            row.getStyleClass().add("card-part");
            result.getChildren().add(row);
        } else if (preview == null) {
            var words =
                    RedriveView.small(
                            "Not rehearsed yet, or the plan changed since. The rehearsal checks"
                                    + " every message against the plan, the destination and the rights,"
                                    + " and shows what would change.");
            var row = new VBox(words);
            row.getStyleClass().add("card-part");
            result.getChildren().add(row);
        } else {
            fill(preview);
        }
    }

    private void fill(Preview preview) {
        var tiles = tiles(preview);
        result.getChildren().add(tiles);
        if (!preview.excluded().isEmpty()) {
            var rows = exclusions(preview);
            var filler = new Region();
            HBox.setHgrow(filler, Priority.ALWAYS);
            tiles.getChildren().addAll(filler, opener(preview, rows));
            result.getChildren().add(rows);
        }
        if (!preview.destinations().isEmpty()) {
            result.getChildren().add(readers(preview));
        }
        var lines = diff(preview);
        if (!lines.isEmpty()) {
            var diff = new DiffView();
            diff.fitUpTo(DIFF_ROWS);
            diff.show(lines);
            result.getChildren().add(diff);
        }
    }

    private static HBox tiles(Preview preview) {
        var tiles = new HBox(12);
        tiles.getStyleClass().addAll("card-part", "tiles");
        tiles.getChildren()
                .add(
                        tile(
                                Amounts.of(preview.planned()),
                                "would be sent",
                                preview.planned() == 0 ? Tone.NEUTRAL : Tone.SUCCESS));
        preview.excluded().stream()
                .limit(2)
                .forEach(
                        exclusion ->
                                tiles.getChildren()
                                        .add(
                                                tile(
                                                        Amounts.of(exclusion.count()),
                                                        exclusion.reason(),
                                                        Tone.WARNING)));
        var estimate = preview.estimate();
        if (estimate != null && preview.planned() > 0) {
            tiles.getChildren()
                    .add(
                            tile(
                                    estimate.toSeconds() < 1 ? "< 1 s" : Ages.of(estimate),
                                    "at this pace",
                                    Tone.NEUTRAL));
        }
        return tiles;
    }

    private static Node tile(String number, String words, Tone tone) {
        var big = new Label(number);
        big.getStyleClass().add("tile-number");
        tone.on(big);
        var small = RedriveView.small(words);
        var tile = new VBox(2, big, small);
        tile.setPrefWidth(170);
        tile.setMinWidth(90);
        tile.setAccessibleText(number + " " + words);
        return tile;
    }

    private static VBox exclusions(Preview preview) {
        var rows = new VBox(4);
        rows.getStyleClass().addAll("card-part", "tiles");
        for (var exclusion : preview.excluded()) {
            var count = new Label(Amounts.of(exclusion.count()));
            count.getStyleClass().add("strong");
            count.setMinWidth(Region.USE_PREF_SIZE);
            var reason = new Label(exclusion.reason());
            reason.setWrapText(true);
            HBox.setHgrow(reason, Priority.ALWAYS);
            var ids = exclusion.examples().stream().map(MessageId::text).toList();
            var examples = RedriveView.small(String.join(", ", ids.stream().limit(3).toList()));
            examples.getStyleClass().add("mono");
            examples.setTooltip(Buttons.tip(String.join("\n", ids)));
            examples.setMinWidth(Region.USE_PREF_SIZE);
            examples.setWrapText(false);
            var row = new HBox(8, count, reason, examples);
            row.setAlignment(Pos.BASELINE_LEFT);
            rows.getChildren().add(row);
        }
        rows.setVisible(false);
        rows.setManaged(false);
        return rows;
    }

    private static Node opener(Preview preview, VBox rows) {
        long all = preview.excluded().stream().mapToLong(Preview.Exclusion::count).sum();
        var words = "See the " + Amounts.of(all) + " left out ›";
        var link = new Hyperlink(words);
        link.getStyleClass().add("plain-link");
        link.setMinWidth(Region.USE_PREF_SIZE);
        link.setOnAction(
                _ -> {
                    boolean open = !rows.isVisible();
                    rows.setVisible(open);
                    rows.setManaged(open);
                    link.setVisited(false);
                    link.setText(open ? "Hide what is left out" : words);
                });
        return link;
    }

    /// A replay reaches everybody who reads there, though one of them failed.
    private static Node readers(Preview preview) {
        var flow = new FlowPane(6, 2);
        flow.getStyleClass().add("card-part");
        preview.destinations()
                .forEach(
                        (queue, count) -> {
                            var where = new Label(queue + " gets " + Amounts.of(count));
                            where.getStyleClass().add("strong");
                            flow.getChildren().add(where);
                        });
        if (preview.readers().isEmpty()) {
            flow.getChildren().add(quiet("· nobody is known to read there"));
            return flow;
        }
        flow.getChildren()
                .add(
                        quiet(
                                preview.readers().size() == 1
                                        ? "· read by"
                                        : "· and so does everybody who reads there:"));
        preview.readers().stream()
                .limit(READERS)
                .forEach(reader -> flow.getChildren().add(new Badge(reader, Tone.NEUTRAL)));
        if (preview.readers().size() > READERS) {
            var more = quiet("and " + (preview.readers().size() - READERS) + " more");
            more.setTooltip(Buttons.tip(String.join("\n", preview.readers())));
            flow.getChildren().add(more);
        }
        return flow;
    }

    private static Label quiet(String words) {
        var label = RedriveView.small(words);
        label.setWrapText(false);
        return label;
    }

    private static List<DiffView.Line> diff(Preview preview) {
        var lines = new ArrayList<DiffView.Line>();
        for (var sample : preview.samples()) {
            if (sample.payload().isEmpty() && sample.headers().isEmpty()) {
                continue;
            }
            lines.add(new DiffView.Line(DiffView.Change.HEADING, sample.id().text()));
            sample.payload().forEach(line -> lines.add(line(line)));
            sample.headers().forEach(line -> lines.add(line(line)));
        }
        return lines;
    }

    private static DiffView.Line line(DiffLine line) {
        return new DiffView.Line(
                switch (line.kind()) {
                    case SAME -> DiffView.Change.SAME;
                    case ADDED -> DiffView.Change.ADDED;
                    case REMOVED -> DiffView.Change.REMOVED;
                    case GAP -> DiffView.Change.HEADING;
                },
                line.text());
    }
}
