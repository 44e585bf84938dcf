package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `dlo edit --schema` tells what would not fit, and sends nothing of it.
class EditSchemaTest {
    @TempDir Path home;
    private MemoryHome memory;
    private Path schema;

    @BeforeEach
    void start() throws IOException {
        memory = new MemoryHome(home.resolve("home")).withDeadOrders(1);
        schema =
                Files.writeString(
                        home.resolve("order.json"),
                        "{\"title\":\"Order\",\"type\":\"object\",\"properties\":{\"price\":{\"type\":\"number\"}}}");
    }

    @AfterEach
    void stop() {
        memory.close();
    }

    private CommandLineDriver.Outcome edit(String program, String against) {
        return memory.dlo.run(
                "edit", "orders.DLT", "0-0", "--jq", program, "--schema", against, "--dry-run");
    }

    @Test
    void what_fits_goes_on_and_what_does_not_is_refused_in_words() {
        var fits = edit(".price = 3", schema.toString());
        assertThat(fits.exit()).as(fits.err()).isZero();
        assertThat(fits.err()).contains("It fits the file", "(Order)");

        var refused = edit(".price = \"three\"", schema.toString());
        assertThat(refused.exit()).isEqualTo(6);
        assertThat(refused.err()).contains("$.price", "--schema");
    }

    @Test
    void what_cannot_be_checked_is_refused_with_the_reason() {
        assertThat(edit(".price = 3", "latest").err())
                .contains("the latest schema of orders-value", "No schema registry is set");
        assertThat(edit(".price = 3", "own").exit()).isEqualTo(6);
    }
}
