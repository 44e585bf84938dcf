package org.deadletteroffice.desktop.inspect;

import javafx.beans.binding.Bindings;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import org.deadletteroffice.desktop.control.Buttons;

/// How the payload is read: by the program's choice or by hand, for this message or for the queue.
final class DecoderMenu extends MenuButton {
    private final InspectModel model;
    private final ToggleGroup ways = new ToggleGroup();

    DecoderMenu(InspectModel model) {
        this.model = model;
        setId("decoder");
        setAccessibleText("How the payload is read");
        for (var name : model.decoders()) {
            getItems().add(way(name));
        }
        var keep = new MenuItem();
        keep.setId("keep-decoder");
        keep.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        isAuto(model.decoderProperty().get())
                                                ? "Let the program choose for the whole queue"
                                                : "Read the whole queue this way",
                                model.decoderProperty()));
        keep.disableProperty().bind(model.decoderProperty().isEqualTo(model.keptDecoderProperty()));
        keep.setOnAction(_ -> model.keepDecoder());
        getItems().addAll(new SeparatorMenuItem(), keep);
        model.messageProperty().addListener((_, _, _) -> name());
        model.keptDecoderProperty().addListener((_, _, _) -> name());
        model.decoderProperty().addListener((_, _, name) -> choose(name));
        model.reasonProperty()
                .addListener(
                        (_, _, reason) ->
                                setTooltip(
                                        reason.isEmpty()
                                                ? null
                                                : Buttons.tip("Read this way because " + reason)));
    }

    private RadioMenuItem way(String name) {
        var item = new RadioMenuItem(isAuto(name) ? "Let the program choose" : name);
        item.setUserData(name);
        item.setToggleGroup(ways);
        item.setSelected(name.equals(model.decoderProperty().get()));
        item.setOnAction(_ -> model.decoderProperty().set(name));
        return item;
    }

    private void choose(String name) {
        ways.getToggles().stream()
                .filter(way -> name.equals(way.getUserData()))
                .findFirst()
                .ifPresent(ways::selectToggle);
    }

    private void name() {
        var shown = model.messageProperty().get();
        if (shown == null) {
            return;
        }
        var chosen = model.decoderProperty().get();
        boolean kept = !isAuto(chosen) && chosen.equals(model.keptDecoderProperty().get());
        setText(
                (isAuto(chosen) ? "Auto: " : kept ? "Queue: " : "By hand: ")
                        + shown.decoded().format());
    }

    private static boolean isAuto(String name) {
        return name.equals(InspectModel.AUTO);
    }
}
