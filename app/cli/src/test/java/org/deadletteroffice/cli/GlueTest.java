package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;
import org.deadletteroffice.fixtures.sqs.GlueStandIn;
import org.deadletteroffice.memory.MemoryMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Payloads in Glue's frame, by a profile of another kind of broker than Amazon's.
class GlueTest {
    private static final UUID ID = UUID.fromString("b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63");

    @TempDir Path home;
    private MemoryHome memory;
    private GlueStandIn glue;

    @BeforeEach
    void start() throws IOException {
        // Nothing but the id is given: an endpoint of one's own is signed for with that.
        glue = new GlueStandIn("eu-west-1", "operator", "operator");
        memory = new MemoryHome(home.resolve("home"));
        // Glue's header without compression, and Avro's zigzag of 17.
        var payload = ByteBuffer.allocate(19).put((byte) 3).put((byte) 0);
        payload.putLong(ID.getMostSignificantBits()).putLong(ID.getLeastSignificantBits());
        memory.broker.send(
                MemoryHome.DEAD_LETTERS, MemoryMessage.of(payload.put((byte) 34).array()));
        var added =
                memory.dlo.run(
                        "profiles",
                        "add",
                        "memory",
                        "dev",
                        "--replace",
                        "--set",
                        "broker=" + memory.broker.name(),
                        "--set",
                        "registry=GLUE",
                        "--set",
                        "glueRegion=eu-west-1",
                        "--set",
                        "glueSignIn=KEYS",
                        "--set",
                        "glueAccessKeyId=operator",
                        "--set",
                        "glueEndpoint=" + glue.endpoint());
        assertThat(added.exit()).as(added.err()).isZero();
    }

    @AfterEach
    void stop() {
        memory.close();
        glue.close();
    }

    private CommandLineDriver.Outcome show() {
        return memory.dlo.run("show", "orders.DLT", "0-0");
    }

    @Test
    void the_schema_is_fetched_once_and_the_payload_read_by_it() {
        glue.has(
                ID.toString(),
                "AVRO",
                "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"number\",\"type\":\"long\"}]}");

        var shown = show();

        assertThat(shown.exit()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("\"number\": 17", "schema version " + ID);
        assertThat(glue.asked()).containsExactly(ID.toString());
    }

    @Test
    void without_its_schema_the_payload_is_shown_as_bytes_with_the_reason() {
        var shown = memory.dlo.run("show", "orders.DLT", "0-0", "-o", "json");

        assertThat(shown.exit()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("Glue", ID.toString());
        assertThat(shown.out()).doesNotContain("\"number\"");
    }
}
