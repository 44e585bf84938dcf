package org.deadletteroffice.desktop.purge;

import javafx.scene.layout.VBox;
import org.deadletteroffice.core.job.PurgePreview;
import org.deadletteroffice.desktop.control.Labels;
import org.deadletteroffice.desktop.control.Tone;

/// What becomes of the messages on this kind of queue, as found with the rights there are.
final class Outcome extends VBox {
    Outcome(PurgePreview preview) {
        super(4);
        getStyleClass().add("card-part");
        var words =
                Labels.small(
                        switch (preview.effect()) {
                            case REMOVED -> "They are removed from the queue, one by one.";
                            case TRIMMED ->
                                    "A log loses no single message: they are hidden as resolved,"
                                            + " and the log is trimmed up to its first message that"
                                            + " nobody has dealt with.";
                            case HIDDEN ->
                                    "They are hidden as resolved. The log itself keeps them until"
                                            + " they are too old for it: it is not to be trimmed,"
                                            + " or your rights do not allow it.";
                        });
        getChildren().add(words);
        if (preview.keptFor() == null) {
            var last = Labels.small("No copies are made. This cannot be undone.");
            last.getStyleClass().add("verdict");
            Tone.DANGER.on(last);
            getChildren().add(last);
        }
    }
}
