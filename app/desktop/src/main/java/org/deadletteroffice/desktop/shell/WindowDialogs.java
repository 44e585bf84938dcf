package org.deadletteroffice.desktop.shell;

import atlantafx.base.theme.Styles;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.fx.Problem;
import org.jspecify.annotations.Nullable;

/// Dialogs drawn inside the window, above the screens.
public final class WindowDialogs implements Dialogs {
    private final Overlay overlay;
    private final Toasts toasts;

    WindowDialogs(Overlay overlay, Toasts toasts) {
        this.overlay = overlay;
        this.toasts = toasts;
    }

    @Override
    public void ask(Question question, Consumer<Answer> yes) {
        ask(question, List.of(), yes);
    }

    @Override
    public void ask(Question question, Alternative other, Consumer<Answer> yes) {
        var button =
                Buttons.plain(
                        other.act(),
                        () -> {
                            overlay.close();
                            other.chosen().run();
                        });
        ask(question, List.of(button), yes);
    }

    private void ask(Question question, List<Button> others, Consumer<Answer> yes) {
        var typed = new TextField();
        var reason = new TextField();
        var body = new VBox(10, wrapped(question.text(), "dialog-text"));
        if (!question.mustType().isEmpty()) {
            typed.setPromptText(question.mustType());
            typed.getStyleClass().add("mono");
            body.getChildren().add(labelled("To confirm, type " + question.mustType(), typed));
        }
        if (question.asksReason()) {
            reason.setPromptText("Why, for the audit trail");
            body.getChildren().add(labelled("Reason", reason));
        }
        var act = Buttons.plain(question.act(), () -> {});
        act.getStyleClass().add(question.dangerous() ? Styles.DANGER : Styles.ACCENT);
        act.setDefaultButton(true);
        act.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () ->
                                        !typed.getText().trim().equals(question.mustType())
                                                || (question.asksReason()
                                                        && reason.getText().isBlank()),
                                typed.textProperty(),
                                reason.textProperty()));
        var cancel = Buttons.plain("Cancel", overlay::close);
        var buttons = new ArrayList<>(others);
        buttons.addFirst(cancel);
        buttons.addLast(act);
        var card = card(question.title(), body, buttons.toArray(Button[]::new));
        act.setOnAction(
                _ -> {
                    overlay.close(card);
                    yes.accept(new Answer(typed.getText().trim(), reason.getText().trim()));
                });
        overlay.show(card, Overlay.Position.CENTER, () -> {});
    }

    @Override
    public void say(String sentence) {
        toasts.show(sentence, null, null, Toasts.SHOWN);
    }

    @Override
    public void say(String sentence, String act, Runnable doIt) {
        toasts.show(sentence, act, doIt, Toasts.SHOWN);
    }

    @Override
    public void offer(String sentence, String act, Runnable doIt) {
        toasts.show(sentence, act, doIt, Toasts.OFFERED);
    }

    @Override
    public void tell(Problem problem) {
        if (problem.kind() == Problem.Kind.STOPPED) {
            say(problem.sentence());
            return;
        }
        var close = Buttons.plain("Close", overlay::close);
        close.setDefaultButton(true);
        var card = card("That did not work", new ErrorCard(problem), close);
        overlay.show(card, Overlay.Position.CENTER, () -> {});
    }

    @Override
    public void chooseFile(String title, Consumer<Path> chosen) {
        var chooser = new FileChooser();
        chooser.setTitle(title);
        accept(chooser.showOpenDialog(window()), chosen);
    }

    @Override
    public void chooseTarget(String title, String suggestedName, Consumer<Path> chosen) {
        var chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(suggestedName);
        accept(chooser.showSaveDialog(window()), chosen);
    }

    @Override
    public void copy(String text, String what) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
        say("Copied " + what + ".");
    }

    private static void accept(@Nullable File file, Consumer<Path> chosen) {
        if (file != null) {
            chosen.accept(file.toPath());
        }
    }

    private @Nullable Window window() {
        return overlay.getScene() == null ? null : overlay.getScene().getWindow();
    }

    private static Region card(String title, Region body, javafx.scene.Node... acts) {
        var head = wrapped(title, "dialog-title");
        var row = new HBox(8, acts);
        row.setAlignment(Pos.CENTER_RIGHT);
        row.getStyleClass().add("dialog-acts");
        var card = new VBox(12, head, body, row);
        card.getStyleClass().add("dialog");
        card.setMaxSize(480, Region.USE_PREF_SIZE);
        card.setAccessibleText(title);
        return card;
    }

    private static Label wrapped(String text, String styleClass) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().add(styleClass);
        return label;
    }

    private static VBox labelled(String name, TextField field) {
        var label = wrapped(name, "field-label");
        label.setLabelFor(field);
        field.setAccessibleText(name);
        return new VBox(4, label, field);
    }
}
