package org.deadletteroffice.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import jfx.incubator.scene.control.richtext.CodeArea;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.theme.Theme;
import org.deadletteroffice.desktop.triage.PagedRows;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueRef;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/// The window as an operator uses it: keys, clicks, and what is to be read. Each step waits until
/// what it needs is there.
public final class Desktop {
    /// Long enough for a busy machine; a step that works takes a fraction.
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String LOOK = "Look";
    private static final String TREE_ROW = ".tree-cell-row";
    private final FxRobot robot = new FxRobot();
    private final Stage stage;
    private final Desk desk;

    Desktop(Stage stage, Desk desk) {
        this.stage = stage;
        this.desk = desk;
    }

    public Engine engine() {
        return desk.engine();
    }

    // --- going places ---------------------------------------------------------------------------

    public QueueRef queue(String profile, String name) {
        try {
            return desk.engine().brokers().queue(profile, name).ref();
        } catch (OperatorException | BrokerException failure) {
            throw new AssertionError(failure);
        }
    }

    /// Opens a dead-letter queue, looks though that may cost something, and waits for its messages.
    public Desktop openQueue(String profile, String name) {
        approachQueue(profile, name);
        until(
                "messages are listed, or looking is asked for",
                () -> !messages().getItems().isEmpty() || Nodes.clickable(LOOK) != null);
        if (messages().getItems().isEmpty()) {
            look();
        }
        return this;
    }

    /// Opens a dead-letter queue, and waits for nothing in it.
    public Desktop approachQueue(String profile, String name) {
        var queue = queue(profile, name);
        fx(() -> desk.navigation().open(new Place.Triage(queue, null)));
        return until(
                "the queue " + name + " is open", () -> text("." + "queue-title").equals(name));
    }

    /// Looks, where the window asked.
    public Desktop look() {
        return click(LOOK).until("messages are listed", () -> !messages().getItems().isEmpty());
    }

    public Desktop go(Place place) {
        fx(() -> desk.navigation().open(place));
        return settle();
    }

    public Desktop open(Sheet sheet) {
        fx(() -> desk.navigation().open(sheet));
        return settle();
    }

    // --- acting ---------------------------------------------------------------------------------

    public Desktop press(KeyCode... keys) {
        robot.push(keys);
        return settle();
    }

    /// Types a text where the focus is.
    public Desktop type(String text) {
        robot.write(text, 0);
        return settle();
    }

    /// Puts a text into a field, as pasting does.
    public Desktop fill(String selector, String text) {
        var field = (TextInputControl) Nodes.first(selector);
        fx(
                () -> {
                    field.requestFocus();
                    field.setText(text);
                });
        return settle();
    }

    /// Presses what reads so: a button, a link, a tab, a menu entry.
    public Desktop click(String words) {
        until("'" + words + "' can be clicked", () -> Nodes.clickable(words) != null);
        var node = call(() -> Objects.requireNonNull(Nodes.clickable(words)));
        fx(() -> Nodes.reveal(node));
        settle();
        robot.clickOn(node);
        return settle();
    }

    /// Opens the menu of a queue in the tree of brokers.
    public Desktop treeMenu(String queue) {
        until(queue + " is in the tree", () -> Nodes.saying(TREE_ROW, queue + ",") != null);
        robot.rightClickOn(call(() -> Objects.requireNonNull(Nodes.saying(TREE_ROW, queue + ","))));
        return settle();
    }

    /// Presses the node of an id.
    public Desktop clickOn(String selector) {
        robot.clickOn(Nodes.first(selector));
        return settle();
    }

    /// Draws over a node with the mouse.
    ///
    /// @param from where it is pressed, as a share of the node's width
    /// @param to where it is let go
    public Desktop drag(String selector, double from, double to) {
        var area = robot.bounds(Nodes.first(selector)).query();
        double y = area.getMinY() + area.getHeight() / 2;
        robot.drag(area.getMinX() + from * area.getWidth(), y, MouseButton.PRIMARY)
                .dropTo(area.getMinX() + to * area.getWidth(), y);
        return settle();
    }

    /// Chooses the failure group of an error type.
    public Desktop group(String type) {
        until("a group " + type, () -> indexOfGroup(type) >= 0);
        fx(() -> groups().getSelectionModel().select(indexOfGroup(type)));
        return settle().until(
                        "the messages of the group are listed",
                        () -> !messages().getItems().isEmpty());
    }

    /// Chooses the message at a place of the list, from 0.
    public Desktop select(int row) {
        until("row " + row, () -> messages().getItems().size() > row);
        fx(
                () -> {
                    messages().requestFocus();
                    messages().getSelectionModel().select(row);
                });
        return settle();
    }

    /// Shows a tab of the reading pane.
    public Desktop tab(String id) {
        fx(
                () -> {
                    var tabs = (TabPane) Nodes.first("#inspect-tabs");
                    tabs.getTabs().stream()
                            .filter(tab -> id.equals(tab.getId()))
                            .findFirst()
                            .ifPresent(tabs.getSelectionModel()::select);
                });
        return settle();
    }

    /// Replaces the text in the editor.
    public Desktop rewrite(String text) {
        var area = (CodeArea) Nodes.first(".edit-view .code-area");
        until("the editor is filled", () -> !Objects.toString(area.getText(), "").isEmpty());
        fx(() -> area.setText(text));
        return settle();
    }

    public String editorText() {
        var area = (CodeArea) Nodes.first(".edit-view .code-area");
        until("the editor is filled", () -> !Objects.toString(area.getText(), "").isEmpty());
        return Objects.toString(area.getText(), "");
    }

    /// Dresses the window, for a picture.
    public Desktop theme(Theme theme) {
        call(
                () -> {
                    var root = stage.getScene().getRoot();
                    boolean dark =
                            root.getPseudoClassStates()
                                    .contains(PseudoClass.getPseudoClass("dark"));
                    if (dark != (theme == Theme.DARK)) {
                        theme.apply(stage.getScene(), 13);
                        root.applyCss();
                        root.layout();
                    }
                    return true;
                });
        return settle();
    }

    public Desktop size(int width, int height) {
        fx(
                () -> {
                    stage.setWidth(width);
                    stage.setHeight(height);
                });
        return settle();
    }

    // --- reading --------------------------------------------------------------------------------

    /// Waits until these words stand somewhere in the window.
    public Desktop shows(String words) {
        return until(
                "the window shows '" + words + "'",
                () -> Nodes.texts().stream().anyMatch(text -> text.contains(words)));
    }

    /// Waits until these words stand nowhere.
    public Desktop showsNo(String words) {
        return until(
                "the window no longer shows '" + words + "'",
                () -> Nodes.texts().stream().noneMatch(text -> text.contains(words)));
    }

    public String text(String selector) {
        return Nodes.first(selector) instanceof Labeled labeled
                ? Objects.toString(labeled.getText(), "")
                : "";
    }

    /// Whether the whole text of each label is drawn: with no dots in its place, and within all
    /// that it lies in.
    public boolean isWhole(String selector) {
        settle();
        return call(
                () ->
                        Nodes.labels(selector).stream()
                                .allMatch(
                                        label ->
                                                label.lookup(".text") instanceof Text drawn
                                                        && drawn.getText().equals(label.getText())
                                                        && Nodes.isInSight(label)));
    }

    /// Whether nothing is cut off of the labels and buttons that a selector finds.
    public boolean isInSight(String selector) {
        settle();
        return call(() -> Nodes.labels(selector).stream().allMatch(Nodes::isInSight));
    }

    /// What a screen reader says of the nodes a selector finds.
    public List<String> spoken(String selector) {
        return call(() -> Nodes.spoken(selector));
    }

    public boolean has(String selector) {
        return Nodes.any(selector);
    }

    /// Scrolls the list to the last message that was read.
    public Desktop scrollToEnd() {
        fx(() -> messages().scrollTo(messages().getItems().size() - 1));
        return settle();
    }

    /// Waits until the newest job has dealt with every message. The notice of its start may have
    /// gone by then: nobody has to have seen it.
    public Desktop jobIsDone() {
        await("the job is done")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> desk.engine().jobs().list().getFirst().state() == JobState.DONE);
        return settle();
    }

    /// How many rows of the list are in memory.
    public int heldRows() {
        return call(() -> rows().held().size());
    }

    public boolean rowIsHeld(int index) {
        return call(() -> rows().peek(index) != null);
    }

    private PagedRows rows() {
        return (PagedRows) (Object) messages().getItems();
    }

    public int messageCount() {
        return call(() -> messages().getItems().size());
    }

    public boolean isEnabled(String selector) {
        return call(() -> !Nodes.first(selector).isDisabled());
    }

    public Desktop until(String what, Callable<Boolean> condition) {
        await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> call(condition));
        return this;
    }

    /// Keeps a picture of the window in `target/screenshots`, in the theme it has.
    public Path screenshot(String name) {
        settle();
        return Screenshots.take(stage.getScene(), name);
    }

    /// Keeps pictures in both themes, and comes back to the first.
    public Desktop screenshots(String name) {
        for (var theme : Theme.values()) {
            theme(theme);
            assertThat(screenshot(name + "-" + theme.key())).isNotEmptyFile();
        }
        return theme(Theme.LIGHT);
    }

    // --- beneath --------------------------------------------------------------------------------

    Stage stage() {
        return stage;
    }

    Scene scene() {
        return stage.getScene();
    }

    /// Lets what was asked for be done: events, pulses, results of quick background work.
    Desktop settle() {
        WaitForAsyncUtils.waitForFxEvents(3);
        return this;
    }

    @SuppressWarnings("unchecked")
    private TableView<Object> messages() {
        return (TableView<Object>) Nodes.first("#messages");
    }

    @SuppressWarnings("unchecked")
    private ListView<Object> groups() {
        return (ListView<Object>) Nodes.first("#groups");
    }

    private int indexOfGroup(String type) {
        var items = groups().getItems();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).toString().contains(type)) {
                return i;
            }
        }
        return -1;
    }

    /// Looks at the window on the FX thread.
    static <T> T call(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(
                PATIENCE.toMillis(), () -> FxWatchdog.uncounted(work));
    }

    /// Does what the program does on the FX thread.
    static void fx(Runnable work) {
        WaitForAsyncUtils.waitForAsyncFx(PATIENCE.toMillis(), work);
    }
}
