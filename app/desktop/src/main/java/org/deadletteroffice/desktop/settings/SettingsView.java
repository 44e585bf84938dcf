package org.deadletteroffice.desktop.settings;

import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Segmented;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.fx.WhileShowing;
import org.deadletteroffice.desktop.theme.Density;
import org.deadletteroffice.desktop.theme.Theme;
import org.kordamp.ikonli.feather.Feather;

/// One page of cards, each about one thing.
public final class SettingsView extends ScrollPane {
    private enum TextSize {
        SMALL("90 %", 11.7),
        NORMAL("100 %", 13),
        LARGE("115 %", 15),
        LARGER("130 %", 17),
        VERY_LARGE("150 %", 19.5),
        LARGEST("200 %", 26);

        private final String words;
        private final double pixels;

        TextSize(String words, double pixels) {
            this.words = words;
            this.pixels = pixels;
        }

        static TextSize nearest(double pixels) {
            var best = NORMAL;
            for (var size : values()) {
                if (Math.abs(size.pixels - pixels) < Math.abs(best.pixels - pixels)) {
                    best = size;
                }
            }
            return best;
        }
    }

    public SettingsView(SettingsModel model) {
        getStyleClass().addAll("edge-to-edge", "page");
        setFitToWidth(true);
        var title = new Label("Settings");
        title.getStyleClass().add("page-title");
        var page =
                new VBox(
                        14,
                        title,
                        card("Appearance", appearance(model)),
                        card("You", operator(model)),
                        card("Brokers", profiles(model)),
                        card("Data folder", folder(model)));
        page.getStyleClass().add("page-body");
        page.setMaxWidth(900);
        setContent(page);
        WhileShowing.of(this, model::start);
    }

    private static Node appearance(SettingsModel model) {
        var theme =
                new Segmented<>(
                        "Theme",
                        List.of(Theme.values()),
                        model.themeProperty().get(),
                        each -> each == Theme.LIGHT ? "Light" : "Dark");
        theme.valueProperty().bindBidirectional(model.themeProperty());
        var size =
                new Segmented<>(
                        "Text size",
                        List.of(TextSize.values()),
                        TextSize.nearest(model.textSizeProperty().get()),
                        each -> each.words);
        size.valueProperty().addListener((_, _, now) -> model.textSizeProperty().set(now.pixels));
        var density =
                new Segmented<>(
                        "Density",
                        List.of(Density.values()),
                        model.densityProperty().get(),
                        Density::words);
        density.valueProperty().bindBidirectional(model.densityProperty());
        var grid = new GridPane(18, 10);
        grid.addRow(0, name("Theme"), theme);
        grid.addRow(1, name("Text size"), size);
        grid.addRow(2, name("Density"), density);
        return grid;
    }

    private static Node operator(SettingsModel model) {
        var field = new TextField();
        field.setPromptText("Your name");
        field.setAccessibleText("Your name");
        field.textProperty().bindBidirectional(model.operatorProperty());
        field.setOnAction(_ -> model.keepOperator());
        field.setPrefWidth(260);
        var note = muted("");
        note.textProperty().bind(model.operatorNoteProperty());
        var row = new HBox(10, field, Buttons.plain("Keep", model::keepOperator), note);
        row.setAlignment(Pos.CENTER_LEFT);
        return new VBox(
                8,
                row,
                muted(
                        "Stands in the audit trail beside the name you are signed in with on this"
                                + " machine."));
    }

    private static Node profiles(SettingsModel model) {
        var list = new VBox(6);
        Runnable show =
                () -> {
                    list.getChildren().clear();
                    model.profiles().forEach(each -> list.getChildren().add(row(model, each)));
                    if (model.profiles().isEmpty()) {
                        list.getChildren().add(muted("No broker is connected yet."));
                    }
                    for (var each : model.unreadable()) {
                        var file = new Label(each.sentence());
                        file.setWrapText(true);
                        file.getStyleClass().add("check-remedy");
                        list.getChildren().add(file);
                    }
                    for (var failure : model.pluginFailures()) {
                        var text = new Label(failure);
                        text.setWrapText(true);
                        text.getStyleClass().add("check-remedy");
                        list.getChildren().add(text);
                    }
                };
        model.profiles().addListener((ListChangeListener<Profile>) _ -> show.run());
        model.unreadable()
                .addListener(
                        (ListChangeListener<org.deadletteroffice.core.profile.Profiles.Unreadable>)
                                _ -> show.run());
        show.run();
        var acts =
                new HBox(
                        8,
                        Buttons.plain("Connect a broker…", Feather.PLUS, model::connect),
                        Buttons.plain("Import profiles…", Feather.UPLOAD, model::importProfiles),
                        Buttons.plain("Export profiles…", Feather.DOWNLOAD, model::exportProfiles));
        return new VBox(
                12,
                list,
                acts,
                muted("An exported file holds no secrets and can be shared with the team."));
    }

    private static Node row(SettingsModel model, Profile profile) {
        var name = new Label(profile.name());
        name.getStyleClass().add("strong");
        var kind = muted(model.brokerName(profile));
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        var row = new HBox(10, environment(profile.environment()), name, kind, filler);
        row.setAlignment(Pos.CENTER_LEFT);
        if (profile.temporary()) {
            row.getChildren().add(muted("made by the demo"));
        } else {
            var edit = Buttons.link("Edit…", () -> model.edit(profile));
            edit.setAccessibleText("Edit the profile " + profile.name());
            row.getChildren().add(edit);
        }
        row.getStyleClass().add("settings-row");
        return row;
    }

    private static Badge environment(Environment environment) {
        return switch (environment) {
            case PRODUCTION -> new Badge("PROD", Tone.DANGER);
            case STAGING -> new Badge("STAGING", Tone.WARNING);
            case DEVELOPMENT -> new Badge("DEV", Tone.SUCCESS);
        };
    }

    private static Node folder(SettingsModel model) {
        var grid = new GridPane(18, 8);
        var home = new Label(model.homePath());
        home.getStyleClass().add("mono");
        var copy = Buttons.icon(Feather.COPY, "Copy the path", model::copyHome);
        var row = new HBox(8, home, copy);
        row.setAlignment(Pos.CENTER_LEFT);
        var log = new Label(model.logPath());
        log.getStyleClass().add("mono");
        grid.addRow(0, name("Folder"), row);
        grid.addRow(1, name("Log files"), log);
        return new VBox(
                8,
                grid,
                muted(
                        "Profiles, the ledger of jobs, copies of messages and the audit trail lie"
                                + " here. Several windows and the command line may share it. Secrets"
                                + " never do: they are in the system's keychain."));
    }

    private static Label name(String text) {
        var label = new Label(text);
        label.setMinWidth(90);
        return label;
    }

    private static Label muted(String text) {
        var label = new Label(text);
        label.getStyleClass().add("muted");
        label.setWrapText(true);
        return label;
    }

    private static VBox card(String title, Node content) {
        var label = new Label(title);
        label.getStyleClass().add("card-title");
        var card = new VBox(12, label, content);
        card.getStyleClass().addAll("card", "padded");
        return card;
    }
}
