package org.deadletteroffice.desktop.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.kordamp.ikonli.feather.Feather;

/// The screens, as a column of icons.
final class Rail extends VBox {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

    private record Entry(Class<? extends Place> kind, Button button) {}

    private final List<Entry> entries = new ArrayList<>();
    private final ReadOnlyIntegerWrapper jobs = new ReadOnlyIntegerWrapper();

    Rail(Navigation navigation, RailModel model) {
        super(4);
        getStyleClass().add("rail");
        setAlignment(Pos.TOP_CENTER);
        jobs.bind(model.jobsProperty());
        var filler = new Region();
        VBox.setVgrow(filler, Priority.ALWAYS);
        getChildren()
                .addAll(
                        entry(Feather.GRID, new Place.Overview(), "Ctrl+1", navigation),
                        triage(model, navigation),
                        counted(
                                entry(Feather.REPEAT, new Place.Jobs(null), "Ctrl+3", navigation),
                                jobs.getReadOnlyProperty()),
                        entry(Feather.CLOCK, new Place.Audit(""), "Ctrl+4", navigation),
                        filler,
                        entry(Feather.SETTINGS, new Place.Settings(), "Ctrl+5", navigation),
                        entry(Feather.HELP_CIRCLE, new Place.Help(), "F1", navigation));
        navigation.place().addListener(_ -> mark(navigation));
        mark(navigation);
    }

    private Button triage(RailModel model, Navigation navigation) {
        var button = entry(Feather.INBOX, new Place.Triage(null, null), "Ctrl+2", navigation);
        button.setOnAction(_ -> model.openTriage());
        return button;
    }

    private Button entry(Feather glyph, Place place, String key, Navigation navigation) {
        var button =
                Buttons.icon(
                        glyph, place.title() + "  (" + key + ")", () -> navigation.open(place));
        button.getStyleClass().setAll("button", "rail-button");
        button.setAccessibleText(place.title());
        entries.add(new Entry(place.getClass(), button));
        return button;
    }

    private static StackPane counted(Button button, ReadOnlyIntegerProperty count) {
        var badge = new Label();
        badge.getStyleClass().add("rail-count");
        badge.textProperty().bind(count.asString());
        badge.visibleProperty().bind(count.greaterThan(0));
        badge.setMouseTransparent(true);
        StackPane.setAlignment(badge, Pos.TOP_RIGHT);
        var stack = new StackPane(button, badge);
        stack.setMaxWidth(Region.USE_PREF_SIZE);
        return stack;
    }

    private void mark(Navigation navigation) {
        var current = navigation.place().get().getClass();
        for (var entry : entries) {
            entry.button().pseudoClassStateChanged(CURRENT, entry.kind() == current);
        }
    }
}
