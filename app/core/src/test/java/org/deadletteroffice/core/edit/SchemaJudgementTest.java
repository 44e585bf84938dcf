package org.deadletteroffice.core.edit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.deadletteroffice.core.decode.Decoders;
import org.deadletteroffice.core.decode.SchemaJudgement;
import org.deadletteroffice.core.schema.RegistryStandIn;
import org.deadletteroffice.core.schema.SchemaChoice;
import org.deadletteroffice.core.schema.Schemas;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A message held against its own schema, the latest of a subject, and a file.
class SchemaJudgementTest {
    private static final String OWN =
            "{\"title\":\"Old\",\"type\":\"object\",\"properties\":{\"total\":{\"type\":\"number\"}}}";
    private static final String LATEST =
            "{\"title\":\"New\",\"type\":\"object\",\"additionalProperties\":false,"
                    + "\"required\":[\"currency\"],\"properties\":{\"total\":{\"type\":\"string\"},"
                    + "\"currency\":{\"type\":\"string\"}}}";
    private static final String AVRO =
            "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"total\",\"type\":\"long\"}]}";

    @TempDir Path folder;
    private RegistryStandIn registry;
    private Decoders decoders;

    @BeforeEach
    void start() throws IOException {
        registry = new RegistryStandIn();
        registry.has("/schemas/ids/41", schema(OWN))
                .has("/subjects/orders-value/versions/latest", schema(LATEST));
        decoders =
                Decoders.standard()
                        .with(
                                Schemas.of(
                                        new Settings(
                                                Map.of(
                                                        "registry",
                                                        "CONFLUENT",
                                                        "registryUrl",
                                                        registry.url()),
                                                Map.of())));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static String schema(String text) {
        return "{\"schemaType\":\"JSON\",\"schema\":\"%s\"}".formatted(text.replace("\"", "\\\""));
    }

    private SchemaJudgement judge(int id, String text, SchemaChoice choice) {
        var framed = new byte[5 + text.length()];
        framed[4] = (byte) id;
        System.arraycopy(text.getBytes(UTF_8), 0, framed, 5, text.length());
        return decoders.judge(text, framed, Headers.NONE, null, choice);
    }

    @Test
    void what_fits_its_own_schema_may_not_fit_the_latest() {
        var text = "{\"total\":5,\"vat\":1}";
        assertThat(judge(41, text, SchemaChoice.OWN).fits()).isTrue();

        var latest = judge(41, text, SchemaChoice.parse("latest", "orders"));
        assertThat(latest.fits()).isFalse();
        assertThat(latest.misfits()).extracting(Issue::where).contains("$.total", "$.vat");
        assertThat(latest.words(1))
                .startsWith("It does not fit the latest schema of orders-value (New):")
                .endsWith("And 2 more.");
        assertThat(
                        judge(41, "{\"currency\":\"EUR\"}", SchemaChoice.parse("latest", "orders"))
                                .words(3))
                .isEqualTo("It fits the latest schema of orders-value (New).");
    }

    @Test
    void a_bound_is_told_as_the_schema_writes_it() throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("items.json"),
                        "{\"type\":\"object\",\"properties\":{\"items\":{\"minimum\":1}}}");
        assertThat(judge(41, "{\"items\":0}", new SchemaChoice.InFile(file)).words(1))
                .contains("$.items must be at least 1, and is");
    }

    @Test
    void a_wrong_schema_id_is_said_and_is_no_fit() {
        var unknown = judge(99, "{\"total\":5}", SchemaChoice.OWN);
        assertThat(unknown.fits()).isFalse();
        assertThat(unknown.words(3)).contains("schema id 99", "does not know");
    }

    @Test
    void any_message_is_held_against_a_file() throws IOException {
        var file = Files.writeString(folder.resolve("order.avsc"), AVRO);
        var choice = SchemaChoice.parse(file.toString(), "orders");

        assertThat(decoders.judge("{\"total\":5}", bytes("{}"), Headers.NONE, null, choice).fits())
                .isTrue();
        assertThat(
                        decoders.judge("{\"total\":\"x\"}", bytes("{}"), Headers.NONE, null, choice)
                                .words(1))
                .contains("order.avsc (Order)", "total");
        assertThat(decoders.judge("hello", bytes("hello"), Headers.NONE, null, choice).unchecked())
                .isEqualTo("the payload is no tree of fields");
    }

    @Test
    void a_file_that_is_no_schema_is_said() throws IOException {
        var broken = Files.writeString(folder.resolve("broken.avsc"), "{\"type\":\"nothing\"}");
        assertThat(judge(41, "{}", new SchemaChoice.InFile(broken)).unchecked())
                .contains("no Avro schema");
        assertThat(judge(41, "{}", new SchemaChoice.InFile(folder.resolve("order.txt"))).words(1))
                .contains("ends neither in .avsc");
        assertThat(judge(41, "{}", new SchemaChoice.InFile(folder.resolve("gone.json"))).words(1))
                .contains("cannot be read");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
