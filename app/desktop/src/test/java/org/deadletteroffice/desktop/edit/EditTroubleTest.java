package org.deadletteroffice.desktop.edit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;

import java.util.Set;
import javafx.scene.control.Button;
import javafx.stage.Stage;
import org.deadletteroffice.core.browse.BrowseRequest;
import org.deadletteroffice.core.job.Change;
import org.deadletteroffice.desktop.OnWorkbench;
import org.deadletteroffice.desktop.Pictures;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.theme.Theme;
import org.deadletteroffice.memory.MemoryMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What goes wrong with an edit, other than what was typed, is told where the editor tells what is
/// wrong with that, in words.
class EditTroubleTest extends OnWorkbench {
    private static final String SENTENCE = "Something went wrong inside Dead Letter Office.";
    private static final String AGAIN = "Try again";

    private EditModel model(String payload) throws Exception {
        bench.broker().send(ORDERS_DLT, MemoryMessage.of(payload));
        var newest = BrowseRequest.newest(bench.queue(Workbench.PROFILE, ORDERS_DLT), 1);
        return new EditModel(
                bench.desk(), bench.engine().messages().browse(newest).messages().getFirst());
    }

    private static Stage shown(EditModel model, Theme theme) {
        return Pictures.window(Pictures.onFx(() -> new EditView(model)), theme, 860, 560);
    }

    private static void close(Stage stage) {
        Pictures.onFx(
                () -> {
                    stage.close();
                    return true;
                });
    }

    private static void type(EditModel model, String text) {
        Pictures.onFx(
                () -> {
                    model.textProperty().set(text);
                    model.check();
                    return text;
                });
    }

    private static void tryAgain(Stage stage) {
        Pictures.onFx(
                () -> {
                    stage.getScene().getRoot().lookupAll(".edit-findings .button").stream()
                            .map(Button.class::cast)
                            .filter(button -> button.getText().equals(AGAIN))
                            .findFirst()
                            .orElseThrow()
                            .fire();
                    return true;
                });
    }

    private static Set<String> texts(Stage stage) {
        Pictures.frames(2);
        return Pictures.texts(stage);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void a_check_that_fails_is_told_and_tried_again_and_gone_with_the_next_that_does_not(
            Theme theme) throws Exception {
        var model = model("brittle words");
        var stage = shown(model, theme);
        try {
            assertThat(texts(stage)).doesNotContain(SENTENCE);

            type(model, "brittle and broken");
            assertThat(texts(stage))
                    .contains(SENTENCE, AGAIN)
                    .noneMatch(text -> text.contains("NullPointerException"));
            assertThat(Pictures.take(stage, "edit-trouble-" + theme.key())).isNotEmptyFile();
            tryAgain(stage);
            assertThat(texts(stage)).contains(SENTENCE);

            type(model, "brittle and mended");
            assertThat(texts(stage)).doesNotContain(SENTENCE);
        } finally {
            close(stage);
        }
        model.replay();
        assertThat(((Sheet.Redrive) bench.navigation().sheet().get()).request().change())
                .isInstanceOfSatisfying(
                        Change.Payload.class,
                        change -> assertThat(change.bytes()).asString(UTF_8).contains("mended"));
    }

    @Test
    void what_came_is_there_again_when_the_edit_is_reverted() throws Exception {
        var model = model("brittle words");
        type(model, "brittle and mended");
        type(model, "brittle and broken");
        assertThat(model.problemProperty().get()).isNotNull();
        model.replay();
        assertThat(bench.navigation().sheet().get()).isNull();

        model.revert();
        assertThat(model.problemProperty().get()).isNull();
        assertThat(model.textProperty().get()).isEqualTo("brittle words");
    }

    @Test
    void a_payload_that_cannot_be_made_ready_is_told_and_not_sent() throws Exception {
        var model = model("brittle and broken");
        var stage = shown(model, Theme.LIGHT);
        try {
            assertThat(texts(stage)).contains(SENTENCE);
            assertThat(model.readyProperty().get()).isFalse();
            tryAgain(stage);
            assertThat(texts(stage)).contains(SENTENCE);
        } finally {
            close(stage);
        }
    }
}
