package org.deadletteroffice.desktop.inspect;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.deadletteroffice.core.claim.ClaimCheck;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Icons;
import org.deadletteroffice.desktop.control.Labels;
import org.deadletteroffice.desktop.control.Segmented;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.inspect.ClaimModel.State;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Above the payload of a message that only points to one: where it lies, and what to do about it.
/// Not there for other messages.
final class ClaimBar extends VBox {
    private final ClaimModel model;

    ClaimBar(ClaimModel model) {
        super(4);
        this.model = model;
        setId("claim");
        getStyleClass().add("claim-bar");
        shownWhile(this, is(State.NONE).not());

        var words = new Label("Its payload lies elsewhere");
        words.setGraphic(Icons.of(Feather.LINK));
        words.setMinWidth(Region.USE_PREF_SIZE);
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);

        var fetch = Buttons.plain("Fetch", Feather.DOWNLOAD_CLOUD, model::fetch);
        fetch.setId("fetch");
        fetch.setTooltip(Buttons.tip("With the rights of this profile; up to 16 MiB"));
        shownWhile(fetch, is(State.POINTER).or(is(State.FAILED)));
        var bar = new ProgressBar();
        bar.setId("fetch-progress");
        bar.setPrefWidth(90);
        bar.progressProperty().bind(model.progressProperty());
        var cancel = Buttons.plain("Cancel", model::cancel);
        cancel.setId("cancel-fetch");
        shownWhile(bar, is(State.FETCHING));
        shownWhile(cancel, is(State.FETCHING));
        var side =
                new Segmented<>(
                        "What is shown",
                        List.of(false, true),
                        false,
                        payload -> payload ? "Payload" : "Pointer");
        side.setId("claim-side");
        side.valueProperty().bindBidirectional(model.showsPayloadProperty());
        var save = Buttons.icon(Feather.SAVE, "Save the fetched payload…", model::save);
        shownWhile(side, is(State.FETCHED));
        shownWhile(save, is(State.FETCHED));
        var top = new HBox(8, words, filler, fetch, bar, cancel, side, save);
        top.setAlignment(Pos.CENTER_LEFT);

        var note = Labels.small("");
        note.setId("claim-note");
        note.setMinHeight(Region.USE_PREF_SIZE);
        note.textProperty().bind(model.noteProperty());
        shownWhile(note, model.noteProperty().isNotEmpty());
        model.stateProperty()
                .addListener(
                        (_, _, state) ->
                                (state == State.FAILED ? Tone.DANGER : Tone.NEUTRAL).on(note));
        getChildren().addAll(top, place(), note);
    }

    /// A choice where there are several.
    private Node place() {
        var one = new Label();
        one.setId("claim-place");
        one.getStyleClass().add("mono");
        one.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        one.setMinWidth(0);
        model.chosenProperty()
                .addListener(
                        (_, _, claim) -> {
                            one.setText(words(claim));
                            one.setTooltip(
                                    claim == null
                                            ? null
                                            : Buttons.tip(
                                                    words(claim)
                                                            + "\nsaid by "
                                                            + claim.evidence()));
                        });
        var several = new ComboBox<ClaimCheck>(model.claims());
        several.setAccessibleText("Which payload");
        several.setMaxWidth(Double.MAX_VALUE);
        several.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable ClaimCheck claim) {
                        return words(claim);
                    }

                    @Override
                    public ClaimCheck fromString(String text) {
                        throw new UnsupportedOperationException("the box is not edited");
                    }
                });
        several.valueProperty().bindBidirectional(model.chosenProperty());
        var many = Bindings.size(model.claims()).greaterThan(1);
        shownWhile(several, many);
        shownWhile(one, many.not());
        return new VBox(one, several);
    }

    private static String words(@Nullable ClaimCheck claim) {
        return claim == null ? "" : claim.place().words();
    }

    private BooleanBinding is(State state) {
        return model.stateProperty().isEqualTo(state);
    }

    private static void shownWhile(Node node, ObservableBooleanValue shown) {
        node.visibleProperty().bind(shown);
        node.managedProperty().bind(shown);
    }
}
