package org.deadletteroffice.desktop.shell;

import java.time.Duration;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.deadletteroffice.core.Durations;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Icons;
import org.deadletteroffice.desktop.control.KeyHint;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.fx.WhileShowing;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The line above everything.
final class TopBar extends HBox {
    /// @param palette opens the palette
    /// @param theme changes between light and dark
    TopBar(TopBarModel model, Runnable palette, Runnable theme) {
        super(8);
        getStyleClass().add("top-bar");
        setAlignment(Pos.CENTER_LEFT);

        var product = new Label("Dead Letter Office");
        product.getStyleClass().add("product");
        product.setMinWidth(Region.USE_PREF_SIZE);
        var slash = new Label("/");
        slash.getStyleClass().add("crumb-slash");
        var crumb = new Label();
        crumb.textProperty().bind(model.crumbProperty());
        crumb.getStyleClass().add("crumb");

        var environment = new Badge();
        environment.getStyleClass().add("environment");
        showEnvironment(environment, null);
        model.environmentProperty().addListener((_, _, now) -> showEnvironment(environment, now));

        var lock = new Button();
        lock.getStyleClass().addAll("badge", "lock-button");
        lock.textProperty().bind(model.lockTextProperty());
        lock.setOnAction(_ -> model.toggleLock());
        lock.setMinWidth(Region.USE_PREF_SIZE);
        Runnable showLock = () -> showLock(lock, model.lockProperty().get());
        model.lockProperty().addListener(_ -> showLock.run());
        showLock.run();

        var search = new Button("Search everything, or run a command…", new KeyHint("Ctrl K"));
        search.setContentDisplay(ContentDisplay.RIGHT);
        search.getStyleClass().add("search-button");
        search.setAccessibleText("Search everything, or run a command");
        search.setOnAction(_ -> palette.run());
        search.setPrefWidth(330);
        search.setMinWidth(120);

        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        getChildren()
                .addAll(
                        product,
                        slash,
                        crumb,
                        environment,
                        lock,
                        filler,
                        search,
                        live(model),
                        Buttons.icon(Feather.MOON, "Light or dark  (Ctrl+Shift+L)", theme));
        WhileShowing.of(this, model::start);
    }

    private static MenuButton live(TopBarModel model) {
        var live = new MenuButton();
        live.setGraphic(Icons.of(Feather.ACTIVITY));
        live.setMinWidth(Region.USE_PREF_SIZE);
        live.textProperty()
                .bind(model.intervalProperty().map(now -> "Live " + Durations.words(now)));
        live.setTooltip(Buttons.tip("How often the brokers are looked at"));
        live.setAccessibleText("How often the brokers are looked at");
        live.getStyleClass().add("live-button");
        var now = new MenuItem("Look now  (F5)");
        now.setOnAction(_ -> model.refresh());
        live.getItems().addAll(now, new SeparatorMenuItem());
        var group = new ToggleGroup();
        for (Duration interval : TopBarModel.INTERVALS) {
            var item = new RadioMenuItem("Every " + Durations.words(interval));
            item.setToggleGroup(group);
            item.setSelected(interval.equals(model.intervalProperty().get()));
            item.setOnAction(_ -> model.intervalProperty().set(interval));
            live.getItems().add(item);
        }
        return live;
    }

    private static void showEnvironment(Badge badge, @Nullable Environment environment) {
        badge.setVisible(environment != null);
        badge.setManaged(environment != null);
        if (environment != null) {
            switch (environment) {
                case PRODUCTION -> badge.show("PROD", Tone.DANGER);
                case STAGING -> badge.show("STAGING", Tone.WARNING);
                case DEVELOPMENT -> badge.show("DEV", Tone.SUCCESS);
            }
        }
    }

    private static void showLock(Button button, TopBarModel.Lock lock) {
        button.setVisible(lock != TopBarModel.Lock.NONE);
        button.setManaged(lock != TopBarModel.Lock.NONE);
        button.setGraphic(Icons.of(lock == TopBarModel.Lock.OPEN ? Feather.UNLOCK : Feather.LOCK));
        (lock == TopBarModel.Lock.OPEN ? Tone.WARNING : Tone.NEUTRAL).on(button);
        var words =
                lock == TopBarModel.Lock.OPEN
                        ? "Lock again  (Ctrl+Shift+U)"
                        : "Unlock for writing…  (Ctrl+Shift+U)";
        button.setTooltip(Buttons.tip(words));
        button.setAccessibleHelp(words);
    }
}
