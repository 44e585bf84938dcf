package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--schema` of `dlo edit` and `dlo redrive` tells what would not fit, before anything is sent.
class SchemaCheckTest extends OnMemory {
    @TempDir Path files;
    private Path schema;

    @BeforeEach
    void start() throws IOException {
        memory.withDeadOrders(3);
        schema =
                Files.writeString(
                        files.resolve("order.json"),
                        "{\"title\":\"Order\",\"type\":\"object\",\"properties\":{\"price\":{\"type\":\"number\"}}}");
    }

    private CommandLineDriver.Outcome edit(String program, String against) {
        return dlo.run(
                "edit", "orders.DLT", "0-0", "--jq", program, "--schema", against, "--dry-run");
    }

    private CommandLineDriver.Outcome redrive(String program, String end) {
        return dlo.run(
                "redrive",
                "orders.DLT",
                "--all",
                "--jq",
                program,
                "--schema",
                schema.toString(),
                end);
    }

    @Test
    void an_edit_that_fits_goes_on_and_one_that_does_not_is_refused_in_words() {
        var fits = edit(".price = 3", schema.toString());
        assertThat(fits.exit()).as(fits.err()).isZero();
        assertThat(fits.err()).contains("It fits the file", "(Order)");

        var refused = edit(".price = \"three\"", schema.toString());
        assertThat(refused.exit()).isEqualTo(6);
        assertThat(refused.err()).contains("$.price", "--schema");
    }

    @Test
    void an_edit_that_cannot_be_checked_is_refused_with_the_reason() {
        assertThat(edit(".price = 3", "latest").err())
                .contains("the latest schema of orders-value", "No schema registry is set");
        assertThat(edit(".price = 3", "own").exit()).isEqualTo(6);
    }

    @Test
    void a_rehearsal_counts_the_verdicts() {
        var told = redrive(".price = \"three\"", "--dry-run");
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.out()).contains("\"misfit\": 3", "\"fit\": 0", "$.price");
    }

    @Test
    void a_redrive_that_does_not_fit_is_not_sent_unseen_and_one_that_fits_is() {
        var refused = redrive(".price = \"three\"", "--yes");
        assertThat(refused.exit()).isEqualTo(6);
        assertThat(refused.err()).contains("3 of 3 messages", "nothing was sent", "--dry-run");

        var sent = redrive(".price = 3", "--yes");
        assertThat(sent.exit()).as(sent.err()).isZero();
        assertThat(sent.out()).contains("\"sent\": 3");
    }
}
