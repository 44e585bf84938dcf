package org.deadletteroffice.desktop.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import javafx.geometry.Insets;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.Pictures;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.ErrorCard;
import org.deadletteroffice.desktop.theme.Theme;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kordamp.ikonli.feather.Feather;

class ControlsPictureTest {
    @ParameterizedTest
    @EnumSource(Theme.class)
    void every_control_draws_in_both_themes(Theme theme) {
        var stage = Pictures.window(Pictures.onFx(ControlsPictureTest::gallery), theme, 1200, 820);
        assertThat(Pictures.take(stage, "controls-" + theme.key())).isNotEmptyFile();
        Pictures.onFx(
                () -> {
                    stage.close();
                    return true;
                });
    }

    private static Parent gallery() {
        var badges = new FlowPane(8, 8);
        for (var tone : Tone.values()) {
            badges.getChildren().addAll(new Badge("18,204", tone), new Dot(tone));
        }
        badges.getChildren().add(new KeyHint("Ctrl K"));
        var spark = new Sparkline(80, 18);
        spark.show(List.of(1d, 2d, 2d, 3d, 8d, 9d));
        badges.getChildren().add(spark);
        var buttons =
                new FlowPane(
                        8,
                        8,
                        Buttons.withKey(Buttons.primary("Replay to orders", () -> {}), "R"),
                        Buttons.plain("Check again", () -> {}),
                        Buttons.plain("Edit", Feather.EDIT_2, () -> {}),
                        Buttons.danger("Purge…", () -> {}),
                        Buttons.icon(Feather.DOWNLOAD, "Save", () -> {}),
                        Buttons.link("Fix…", () -> {}),
                        new Segmented<>("Range", List.of("1 h", "6 h", "7 d"), "6 h", s -> s));
        var tiles = new HBox(12);
        for (var name : List.of("Dead letters", "Oldest")) {
            var tile = new StatTile(name);
            tile.valueProperty().set("71,641");
            tile.noteProperty().set("+11,902 in the last hour");
            tile.tone(Tone.DANGER);
            tiles.getChildren().add(tile);
        }
        var checks = new CheckList();
        checks.show(
                List.of(
                        new CheckList.Step(
                                "Name resolves", CheckList.State.PASSED, "b-1 → 10.0.4.11", ""),
                        new CheckList.Step(
                                "Write to origin",
                                CheckList.State.FAILED,
                                "orders.payment: WRITE denied.",
                                "Ask for the permission WRITE on orders.payment."),
                        new CheckList.Step("Sign-in", CheckList.State.RUNNING, "", ""),
                        new CheckList.Step("Schema", CheckList.State.WAITING, "", "")));
        var code = new CodeView("Payload", false);
        code.show(
                "{\n  \"orderId\": \"A-88209\",\n  \"total\": 55.90,\n  \"paid\": true,\n"
                        + "  \"coupon\": {\n    \"code\": \"BF26\"\n  }\n}",
                Highlighter.JSON,
                Set.of(4, 5, 6));
        code.setMinHeight(190);
        var diff = new DiffView();
        diff.show(
                List.of(
                        new DiffView.Line(DiffView.Change.HEADING, "A-88209"),
                        new DiffView.Line(DiffView.Change.REMOVED, "\"couponV2\": {}"),
                        new DiffView.Line(DiffView.Change.ADDED, "\"coupon\": \"BF26\""),
                        new DiffView.Line(DiffView.Change.SAME, "\"lines\": [ … ]")));
        diff.setMaxHeight(100);
        var error =
                new ErrorCard(
                        new Problem(
                                Problem.Kind.AWAY,
                                "localhost:9092 does not answer.",
                                "Start the broker or check the field 'bootstrap'.",
                                null),
                        Buttons.plain("Try again", () -> {}));
        var editor = new CodeView("Edit", true);
        editor.show("{\n  \"a\": 1\n}", Highlighter.JSON);
        editor.setMinHeight(120);
        var left =
                new VBox(12, badges, buttons, tiles, new Label("Name"), new TextField("x"), code);
        var right = new VBox(12, checks, error, diff, editor);
        left.setPrefWidth(580);
        HBox.setHgrow(right, Priority.ALWAYS);
        var all = new HBox(16, left, right);
        all.setPadding(new Insets(20));
        all.getStyleClass().add("shell");
        return all;
    }
}
