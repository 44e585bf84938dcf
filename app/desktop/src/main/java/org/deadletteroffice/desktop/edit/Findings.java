package org.deadletteroffice.desktop.edit;

import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Labels;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.shell.ErrorCard;

/// Below the editor: what went wrong, else why the text cannot be sent, else whether it fits its
/// schema, each with the way to its place.
final class Findings extends VBox {
    private static final int SHOWN = 4;

    private final EditModel model;
    private final Consumer<Fault> goTo;
    private final SchemaMenu choice;

    Findings(EditModel model, Consumer<Fault> goTo) {
        super(4);
        this.model = model;
        this.goTo = goTo;
        choice = new SchemaMenu(model);
        getStyleClass().add("edit-findings");
        setId("edit-findings");
        model.problemProperty().addListener((_, _, _) -> show());
        model.faultProperty().addListener((_, _, _) -> show());
        model.verdictProperty().addListener((_, _, _) -> show());
        model.startProperty().addListener((_, _, _) -> show());
        show();
    }

    private void show() {
        getChildren().clear();
        var problem = model.problemProperty().get();
        var fault = model.faultProperty().get();
        var verdict = model.verdictProperty().get();
        if (problem != null) {
            Tone.NEUTRAL.on(this);
            getChildren().add(new ErrorCard(problem, Buttons.plain("Try again", model::again)));
        } else if (fault != null) {
            Tone.DANGER.on(this);
            getChildren().add(row(fault));
        } else if (canBeHeldAgainstSchema()) {
            var said = verdict.sentence();
            (said.isEmpty() ? Tone.NEUTRAL : verdict.fits() ? Tone.SUCCESS : Tone.WARNING).on(this);
            var summary = sentence(said.isEmpty() ? "It names no schema." : said);
            summary.getStyleClass().add("finding-summary");
            var row = new HBox(8, summary, choice);
            row.setAlignment(Pos.CENTER_LEFT);
            getChildren().add(row);
            verdict.misfits().stream().limit(SHOWN).map(this::row).forEach(getChildren()::add);
            int more = verdict.misfits().size() - SHOWN;
            if (more > 0) {
                getChildren().add(Labels.small("and " + more + " more"));
            }
        }
        setVisible(!getChildren().isEmpty());
        setManaged(!getChildren().isEmpty());
    }

    private boolean canBeHeldAgainstSchema() {
        var start = model.startProperty().get();
        return start != null && !start.hex();
    }

    private Node row(Fault fault) {
        var row = new HBox(8, sentence(fault.sentence()));
        row.setAlignment(Pos.CENTER_LEFT);
        if (fault.line() > 0) {
            row.getChildren().add(Buttons.link("Go to " + fault.place(), () -> goTo.accept(fault)));
        }
        return row;
    }

    private static Label sentence(String words) {
        var label = new Label(words);
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(label, Priority.ALWAYS);
        return label;
    }
}
