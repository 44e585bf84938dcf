package org.deadletteroffice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void a_note_stands_on_a_line_of_its_own_and_once() {
        var err = new ByteArrayOutputStream();
        try (var progress = new Progress(new PrintStream(err, true, UTF_8), false)) {
            progress.note("");
            progress.note("SQS asks to slow down. Waiting 800 ms, then try 3 of 12.");
            progress.note("SQS asks to slow down. Waiting 800 ms, then try 3 of 12.");
            progress.note("SQS asks to slow down. Waiting 1.2 s, then try 4 of 12.");
        }

        assertThat(err.toString(UTF_8))
                .as("neither nothing, nor twice the same, nor one right after another")
                .isEqualTo(
                        "SQS asks to slow down. Waiting 800 ms, then try 3 of 12."
                                + System.lineSeparator());
    }
}
