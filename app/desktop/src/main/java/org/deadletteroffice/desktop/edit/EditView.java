package org.deadletteroffice.desktop.edit;

import java.util.List;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import jfx.incubator.scene.control.richtext.TextPos;
import org.deadletteroffice.core.edit.DiffLine;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.CodeView;
import org.deadletteroffice.desktop.control.DiffView;
import org.deadletteroffice.desktop.control.EmptyState;
import org.deadletteroffice.desktop.control.Highlighter;
import org.deadletteroffice.desktop.control.Segmented;
import org.deadletteroffice.desktop.control.SideSheet;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.payload.DiffLines;
import org.deadletteroffice.desktop.shell.Shortcut;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The editor sheet: payload, key and headers, difference.
public final class EditView extends StackPane {
    /// The keys of this sheet.
    public static final List<Shortcut> SHORTCUTS =
            List.of(
                    new Shortcut("Edit and replay", "Ctrl+Enter", "Rehearse the edited message"),
                    new Shortcut("Edit and replay", "Ctrl+F", "Search in the payload"),
                    new Shortcut("Edit and replay", "Ctrl+D", "Show the difference"),
                    new Shortcut("Edit and replay", "Esc", "Close without replaying"));

    private static final double WIDTH = 860;
    private static final Duration REST = Duration.millis(250);

    private enum Part {
        PAYLOAD("Payload"),
        HEADERS("Key and headers"),
        DIFFERENCE("Difference");

        private final String words;

        Part(String words) {
            this.words = words;
        }
    }

    private final EditModel model;
    private final CodeView code = new CodeView("Payload to edit", true);
    private final DiffView diff = new DiffView();
    private final Segmented<Part> parts =
            new Segmented<>("Part", List.of(Part.values()), Part.PAYLOAD, part -> part.words);
    private final TextField search = new TextField();
    private final HBox searchBar;
    private final Label found = new Label();
    private final PauseTransition rest = new PauseTransition(REST);
    private boolean filling;

    public EditView(EditModel model) {
        this.model = model;
        setMaxWidth(WIDTH);
        setPrefWidth(WIDTH);
        getStyleClass().add("edit-view");
        var letter = model.original().letter();
        var sheet = new SideSheet("Edit and replay", model::close);
        sheet.setMaxWidth(Double.MAX_VALUE);
        sheet.setTitleExtras(
                new Badge(letter.id().text(), Tone.NEUTRAL),
                new Badge(model.original().decoded().format(), Tone.ACCENT));

        searchBar = searchBar();
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        var find = Buttons.icon(Feather.SEARCH, "Search in the payload (Ctrl+F)", this::openSearch);
        find.visibleProperty().bind(parts.valueProperty().isEqualTo(Part.PAYLOAD));
        var bar = new HBox(8, parts, filler, searchBar, find);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("edit-bar");
        parts.button(Part.DIFFERENCE)
                .textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () -> {
                                    int count = model.changesProperty().get();
                                    return count == 0 ? "Difference" : "Difference " + count;
                                },
                                model.changesProperty()));
        sheet.setAbove(bar);

        var same =
                new EmptyState(
                        Feather.CHECK,
                        "Nothing changed",
                        "The message would go out exactly as it lies here.");
        same.visibleProperty().bind(Bindings.isEmpty(model.diff()));
        diff.visibleProperty().bind(Bindings.isNotEmpty(model.diff()));
        var difference = new StackPane(diff, same);
        var headers = new HeadersForm(model, this::typed);
        bindPart(code, Part.PAYLOAD);
        bindPart(headers, Part.HEADERS);
        bindPart(difference, Part.DIFFERENCE);
        var stack = new StackPane(code, headers, difference);
        VBox.setVgrow(stack, Priority.ALWAYS);
        sheet.setFillingBody(new VBox(stack, new Findings(model, this::goTo)));

        var revert = Buttons.plain("Revert", Feather.CORNER_UP_LEFT, model::revert);
        revert.disableProperty().bind(model.changedProperty().not());
        var replay = Buttons.primary("Rehearse…", this::goOn);
        replay.setId("rehearse-edit");
        Buttons.withKey(replay, "Ctrl ↵");
        replay.disableProperty().bind(model.readyProperty().not());
        sheet.setActs(revert, replay);
        sheet.footNote().textProperty().bind(footNote());
        getChildren().add(sheet);

        rest.setOnFinished(_ -> model.check());
        code.textProperty()
                .addListener(
                        (_, _, text) -> {
                            if (!filling && !text.equals(model.textProperty().get())) {
                                model.textProperty().set(text);
                                typed();
                            }
                        });
        model.startProperty().addListener((_, _, start) -> begin(start));
        model.textProperty()
                .addListener(
                        (_, _, text) -> {
                            if (!text.equals(code.textProperty().get())) {
                                fill(text);
                            }
                        });
        begin(model.startProperty().get());
        model.diff().addListener((ListChangeListener<DiffLine>) _ -> showDiff());
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    private void begin(@Nullable EditStart start) {
        if (start != null) {
            fill(start.text());
        }
    }

    private void fill(String text) {
        var start = model.startProperty().get();
        filling = true;
        code.show(text, start != null && start.hex() ? Highlighter.HEX : Highlighter.JSON);
        filling = false;
    }

    private void typed() {
        rest.playFromStart();
    }

    private void goOn() {
        if (model.readyProperty().get()) {
            model.replay();
        } else {
            model.check();
        }
    }

    private void bindPart(Node node, Part part) {
        node.visibleProperty().bind(parts.valueProperty().isEqualTo(part));
    }

    private javafx.beans.binding.StringBinding footNote() {
        return Bindings.createStringBinding(
                () -> {
                    var to = model.destination();
                    return "Goes back %sas %s · %s"
                            .formatted(
                                    to.isEmpty() ? "" : "to " + to + " ",
                                    model.original().decoded().format(),
                                    model.sizeProperty().get());
                },
                model.sizeProperty());
    }

    private void showDiff() {
        diff.show(DiffLines.drawn(model.diff()));
    }

    private void goTo(Fault fault) {
        parts.valueProperty().set(Part.PAYLOAD);
        int line = Math.min(fault.line() - 1, code.area().getParagraphCount() - 1);
        var text = code.area().getPlainText(line);
        int column = Math.clamp(fault.column() - 1, 0, text == null ? 0 : text.length());
        code.requestFocus();
        code.area().select(TextPos.ofLeading(line, column));
    }

    private HBox searchBar() {
        search.setPromptText("Search");
        search.setAccessibleText("Search in the payload");
        search.setPrefColumnCount(14);
        search.setOnAction(_ -> next());
        search.textProperty().addListener((_, _, _) -> next());
        found.getStyleClass().add("small-muted");
        var box =
                new HBox(
                        6,
                        found,
                        search,
                        Buttons.icon(Feather.ARROW_DOWN, "Next place (Enter)", this::next));
        box.setAlignment(Pos.CENTER_LEFT);
        box.setVisible(false);
        return box;
    }

    private void openSearch() {
        parts.valueProperty().set(Part.PAYLOAD);
        searchBar.setVisible(true);
        search.requestFocus();
        search.selectAll();
    }

    private void next() {
        found.setText(search.getText().isEmpty() || code.find(search.getText()) ? "" : "not found");
    }

    private static final KeyCombination CONFIRM =
            new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination FIND =
            new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination DIFFERENCE =
            new KeyCodeCombination(KeyCode.D, KeyCombination.SHORTCUT_DOWN);

    private void key(KeyEvent event) {
        if (CONFIRM.match(event)) {
            goOn();
        } else if (FIND.match(event)) {
            openSearch();
        } else if (DIFFERENCE.match(event)) {
            parts.valueProperty().set(Part.DIFFERENCE);
        } else if (event.getCode() == KeyCode.ESCAPE && searchBar.isVisible()) {
            searchBar.setVisible(false);
            code.requestFocus();
        } else {
            return;
        }
        event.consume();
    }
}
