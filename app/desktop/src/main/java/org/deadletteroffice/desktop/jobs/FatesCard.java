package org.deadletteroffice.desktop.jobs;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.job.JobFates;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Labels;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.text.Amounts;
import org.jspecify.annotations.Nullable;

/// The four fates of what a job sent, who was asked, and when.
final class FatesCard extends VBox {
    private final FlowPane counts = new FlowPane(26, 8);
    private final Label readers = Labels.small("");

    FatesCard(FateLook look) {
        super(8);
        getStyleClass().addAll("card", "padded");
        setId("fates");
        var title = new Label("Where they are now");
        title.getStyleClass().add("card-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        var note = Labels.small("");
        note.textProperty().bind(look.noteProperty());
        HBox.setHgrow(note, Priority.ALWAYS);
        note.setMaxWidth(Double.MAX_VALUE);
        note.setAlignment(Pos.CENTER_RIGHT);
        var again = Buttons.withKey(Buttons.plain("Look again", look::look), "C");
        again.getStyleClass().add("small-button");
        var head = new HBox(10, title, note, again);
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(head, counts, readers);
        managedProperty().bind(look.offeredProperty());
        visibleProperty().bind(look.offeredProperty());
        look.fatesProperty().addListener((_, _, fates) -> show(fates));
        show(look.fatesProperty().get());
    }

    private void show(@Nullable JobFates fates) {
        counts.getChildren().clear();
        if (fates == null) {
            List.of("consumed", "waiting", "came back", "unknown")
                    .forEach(word -> count("–", word, Tone.NEUTRAL, ""));
            readers.setText("");
            readers.setManaged(false);
            return;
        }
        count(
                fates.consumed(),
                "consumed",
                Tone.SUCCESS,
                "The reader that failed on them has passed them, and they did not come back so far");
        count(
                fates.waiting(),
                "waiting",
                Tone.ACCENT,
                "They lie at their destination: the reader has not passed them yet");
        count(
                fates.back(),
                "came back",
                Tone.DANGER,
                "They died again and lie in the queue they were taken from");
        count(
                fates.unknown(),
                "unknown",
                Tone.WARNING,
                "The broker does not tell, or no reader is known to be the one that matters");
        // Where all came back there is nobody to ask.
        boolean asked = fates.consumed() + fates.waiting() + fates.unknown() > 0;
        readers.setManaged(asked);
        readers.setVisible(asked);
        readers.setText(
                fates.readers().isEmpty()
                        ? "No reader of the destination could be asked."
                        : "Asked: " + String.join(" · ", fates.readers()));
    }

    private void count(long number, String name, Tone tone, String meaning) {
        count(Amounts.of(number), name, number > 0 ? tone : Tone.NEUTRAL, meaning);
    }

    private void count(String number, String name, Tone tone, String meaning) {
        var box = new Numbered(number, name, tone);
        if (!meaning.isEmpty()) {
            Tooltip.install(box, Buttons.tip(meaning));
        }
        counts.getChildren().add(box);
    }
}
