package org.deadletteroffice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A window that is to open where none can be seen, in a process of its own.
class NoDisplayTest {
    /// As a login over SSH leaves it whose forwarding ended.
    private static final String NOBODY_ANSWERS = ":4711";

    @TempDir private Path home;

    @Test
    void a_display_that_does_not_answer_is_named_in_a_sentence() throws Exception {
        var command =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.deadletteroffice.desktop.Main",
                        "--home",
                        home.toString());
        command.environment().put("DISPLAY", NOBODY_ANSWERS);
        command.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        var process = command.start();
        process.getOutputStream().close();
        var said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said)
                .contains("The window cannot open on the display '" + NOBODY_ANSWERS + "'")
                .contains("org.deadletteroffice.core.OperatorException");
    }
}
