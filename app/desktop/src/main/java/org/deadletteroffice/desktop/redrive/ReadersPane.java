package org.deadletteroffice.desktop.redrive;

import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.job.Preview;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Labels;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.text.Amounts;

/// Who gets the messages: a replay reaches everybody who reads the destination, though one of them
/// failed.
final class ReadersPane {
    private static final int SHOWN = 6;

    /// @param failed the readers on which the messages died, by name
    static Node of(Preview preview, Set<String> failed) {
        var flow = new FlowPane(6, 4);
        preview.destinations()
                .forEach(
                        (queue, count) -> {
                            var where = new Label(queue + " gets " + Amounts.of(count));
                            where.getStyleClass().add("strong");
                            flow.getChildren().add(where);
                        });
        var readers = preview.readers();
        flow.getChildren()
                .add(
                        Labels.note(
                                readers.isEmpty()
                                        ? "· nobody is known to read there"
                                        : "· and with it everybody who reads there:"));
        readers.stream()
                .limit(SHOWN)
                .forEach(reader -> flow.getChildren().add(badge(reader, failed)));
        if (readers.size() > SHOWN) {
            var more = Labels.note("and " + (readers.size() - SHOWN) + " more");
            more.setTooltip(Buttons.tip(String.join("\n", readers)));
            flow.getChildren().add(more);
        }
        var part = new VBox(4, flow);
        part.getStyleClass().add("card-part");
        long others = readers.stream().filter(reader -> !isOneOf(reader, failed)).count();
        if (others > 0 && others < readers.size()) {
            part.getChildren()
                    .add(
                            Labels.small(
                                    others == 1
                                            ? "One of them did not fail on these messages, and"
                                                    + " gets them a second time."
                                            : others
                                                    + " of them did not fail on these messages,"
                                                    + " and get them a second time."));
        }
        return part;
    }

    private static Badge badge(String reader, Set<String> failed) {
        boolean known = !failed.isEmpty();
        var isFailed = isOneOf(reader, failed);
        var badge =
                new Badge(
                        reader.replaceFirst(" reads \\S+ ", " ") + (isFailed ? " · failed" : ""),
                        isFailed ? Tone.DANGER : known ? Tone.WARNING : Tone.NEUTRAL);
        badge.setTooltip(
                Buttons.tip(
                        reader
                                + (isFailed
                                        ? "\nThe messages died on this reader."
                                        : known ? "\nIt gets them again." : "")));
        return badge;
    }

    private static boolean isOneOf(String reader, Set<String> failed) {
        return failed.stream().anyMatch(name -> reader.startsWith(name + " reads "));
    }

    private ReadersPane() {}
}
