package org.deadletteroffice.desktop.triage;

import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.query.FilterException;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.KeyHint;
import org.deadletteroffice.desktop.control.Tone;
import org.jspecify.annotations.Nullable;

/// Takes an expression or plain words, completes names, and says how many match.
final class FilterBar extends VBox {
    private static final Duration REST = Duration.millis(600);

    /// Characters that always fit.
    private static final int LONG = 30;

    private final QueueFilter filter;
    private final TextField text = new TextField();
    private final Completions completions;
    private final VBox problem = new VBox(2);

    FilterBar(TriageModel model) {
        filter = model.filter();
        getStyleClass().add("filter-bar");
        text.setId("filter");
        text.getStyleClass().add("filter-text");
        text.setPromptText("Words, or an expression: cause.type == \"KeyError\"");
        text.setAccessibleText("Filter messages by words or an expression");
        text.textProperty().bindBidirectional(filter.textProperty());
        completions = new Completions(text, filter::complete, filter::apply);
        var rest = new PauseTransition(REST);
        rest.setOnFinished(_ -> filter.apply());
        text.textProperty()
                .addListener(
                        (_, _, _) -> {
                            if (text.isFocused()) {
                                rest.playFromStart();
                            }
                        });
        text.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        // What is longer than the field is read whole by pointing at it.
        var whole = Buttons.tip("");
        whole.textProperty().bind(text.textProperty());
        text.textProperty()
                .addListener((_, _, now) -> text.setTooltip(now.length() > LONG ? whole : null));
        var hint = new KeyHint("/");
        hint.visibleProperty()
                .bind(text.focusedProperty().not().and(text.textProperty().isEmpty()));
        hint.setMouseTransparent(true);
        StackPane.setAlignment(hint, Pos.CENTER_RIGHT);
        var field = new StackPane(text, hint);
        field.getStyleClass().add("filter-field");
        HBox.setHgrow(field, Priority.ALWAYS);

        var matching = new Badge("", Tone.NEUTRAL);
        matching.setId("matching");
        matching.textProperty().bind(model.groups().matchingProperty());
        matching.managedProperty().bind(matching.textProperty().isNotEmpty());
        matching.visibleProperty().bind(matching.managedProperty());
        model.groups()
                .matchingNoteProperty()
                .addListener(
                        (_, _, note) -> {
                            matching.setTooltip(note.isEmpty() ? null : Buttons.tip(note));
                            (note.isEmpty() ? Tone.NEUTRAL : Tone.WARNING).on(matching);
                        });
        var clear = Buttons.plain("Clear", filter::clear);
        clear.managedProperty().bind(text.textProperty().isNotEmpty());
        clear.visibleProperty().bind(clear.managedProperty());

        var row = new HBox(8, field, matching, clear, new SavedMenu(model.keptFilters(), filter));
        row.setAlignment(Pos.CENTER_LEFT);
        problem.getStyleClass().add("filter-problem");
        filter.problemProperty().addListener((_, _, wrong) -> show(wrong));
        show(null);
        getChildren().addAll(row, problem);
    }

    void focusText() {
        text.requestFocus();
        text.end();
    }

    private void show(@Nullable OperatorException wrong) {
        problem.setManaged(wrong != null);
        problem.setVisible(wrong != null);
        text.pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("wrong"), wrong != null);
        problem.getChildren().clear();
        if (wrong == null) {
            return;
        }
        var position = wrong instanceof FilterException syntax ? syntax.position() : -1;
        var place = position < 0 ? "" : " (at character " + (position + 1) + ")";
        var sentence = new Label(wrong.getMessage() + place);
        sentence.setWrapText(true);
        problem.getChildren().add(sentence);
        var better = wrong instanceof FilterException syntax ? syntax.suggestion() : null;
        if (better != null) {
            problem.getChildren()
                    .add(
                            Buttons.link(
                                    "Use " + better,
                                    () -> {
                                        text.setText(better);
                                        filter.apply();
                                    }));
        } else {
            var remedy = new Label(wrong.remedy());
            remedy.getStyleClass().add("small-muted");
            problem.getChildren().add(remedy);
        }
    }

    private void key(KeyEvent event) {
        if (completions.key(event)) {
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER) {
            filter.apply();
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE && !text.getText().isEmpty()) {
            filter.clear();
            event.consume();
        }
    }
}
