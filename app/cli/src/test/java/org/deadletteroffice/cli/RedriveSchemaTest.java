package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `dlo redrive --schema` counts who fits before anything is sent.
class RedriveSchemaTest {
    @TempDir Path home;
    private MemoryHome memory;
    private Path schema;

    @BeforeEach
    void start() throws IOException {
        memory = new MemoryHome(home.resolve("home")).withDeadOrders(3);
        schema =
                Files.writeString(
                        home.resolve("order.json"),
                        "{\"title\":\"Order\",\"type\":\"object\",\"properties\":{\"price\":{\"type\":\"number\"}}}");
    }

    @AfterEach
    void stop() {
        memory.close();
    }

    private CommandLineDriver.Outcome redrive(String program, String end) {
        return memory.dlo.run(
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
    void a_rehearsal_counts_the_verdicts() {
        var told = redrive(".price = \"three\"", "--dry-run");
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.out()).contains("\"misfit\": 3", "\"fit\": 0", "$.price");
    }

    @Test
    void what_does_not_fit_is_not_sent_unseen_and_what_fits_is() {
        var refused = redrive(".price = \"three\"", "--yes");
        assertThat(refused.exit()).isEqualTo(6);
        assertThat(refused.err()).contains("3 of 3 messages", "nothing was sent", "--dry-run");

        var sent = redrive(".price = 3", "--yes");
        assertThat(sent.exit()).as(sent.err()).isZero();
        assertThat(sent.out()).contains("\"sent\": 3");
    }
}
