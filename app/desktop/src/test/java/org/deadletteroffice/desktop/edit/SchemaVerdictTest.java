package org.deadletteroffice.desktop.edit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.deadletteroffice.core.browse.BrowseRequest;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.schema.SchemaChoice;
import org.deadletteroffice.desktop.ModelTest;
import org.deadletteroffice.memory.MemoryMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// While a message is edited it is held against its schema.
class SchemaVerdictTest extends ModelTest {
    private static final String SCHEMA =
            """
            {"title": "Order", "type": "object", "additionalProperties": false,
             "properties": {"total": {"type": "number"}, "lines": {"type": "array", "items":
               {"type": "object", "properties": {"sku": {"type": "string"}}}}},
             "required": ["total"]}""";

    @TempDir Path schemas;
    private EditModel model;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(schemas.resolve("41.json"), SCHEMA);
        var settings = new HashMap<>(broker.settings().values());
        settings.put("schemaFolder", schemas.toString());
        engine.profiles()
                .save(Profile.of("dev", "memory", Environment.DEVELOPMENT, settings), Map.of());
        broker.send("orders-dlt", MemoryMessage.of(framed("{\"total\": 5, \"lines\": []}")));
        model = new EditModel(desk, newest());
    }

    private MessageView newest() throws Exception {
        return engine.messages()
                .browse(BrowseRequest.newest(broker.ref("dev", "orders-dlt"), 1))
                .messages()
                .getFirst();
    }

    /// As serializers of schema registries frame it: 0, then the schema's id.
    private static byte[] framed(String json) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 0, 0, 0, 41});
        bytes.writeBytes(json.getBytes(UTF_8));
        return bytes.toByteArray();
    }

    private SchemaVerdict after(String text) {
        model.textProperty().set(text);
        model.check();
        return model.verdictProperty().get();
    }

    @Test
    void what_fits_is_said_with_the_schema_it_fits() {
        assertThat(model.verdictProperty().get().sentence()).startsWith("Fits its schema");
        assertThat(after("{\"total\": 6, \"lines\": []}").misfits()).isEmpty();
    }

    @Test
    void what_does_not_fit_is_said_in_words_with_its_place_and_can_be_sent_all_the_same() {
        var verdict = after("{\n  \"total\": \"six\",\n  \"lines\": [\n    {\"sku\": 7}\n  ]\n}");
        assertThat(verdict.sentence()).startsWith("2 places do not fit");
        assertThat(verdict.misfits())
                .extracting(Fault::place)
                .containsExactlyInAnyOrder("line 2, column 3", "line 4, column 6");
        assertThat(verdict.misfits())
                .allSatisfy(fault -> assertThat(fault.sentence()).isNotBlank());
        assertThat(model.readyProperty().get()).isTrue();
    }

    @Test
    void what_is_missing_is_placed_where_it_is_missing() {
        assertThat(after("{\n  \"lines\": []\n}").misfits())
                .singleElement()
                .satisfies(
                        fault -> {
                            assertThat(fault.sentence()).contains("total", "missing");
                            assertThat(fault.line()).isEqualTo(1);
                        });
    }

    @Test
    void another_schema_is_chosen_beside_the_verdict() throws Exception {
        var file =
                Files.writeString(
                        schemas.resolve("v2.json"),
                        "{\"title\":\"OrderV2\",\"type\":\"object\",\"required\":[\"currency\"]}");
        model.schemaProperty().set(new SchemaChoice.InFile(file));
        var verdict = model.verdictProperty().get();
        assertThat(verdict.fits()).isFalse();
        assertThat(verdict.sentence())
                .startsWith("1 place does not fit the file")
                .contains("OrderV2");

        model.schemaProperty().set(model.latestSchema());
        assertThat(model.verdictProperty().get().sentence()).contains("orders-dlt-value");
        assertThat(model.verdictProperty().get().fits()).isFalse();

        model.schemaProperty().set(SchemaChoice.OWN);
        assertThat(model.verdictProperty().get().sentence()).startsWith("Fits its schema");
    }

    @Test
    void a_message_without_a_schema_is_judged_by_none() throws Exception {
        broker.send("orders-dlt", MemoryMessage.of("{\"total\":\"six\"}"));
        assertThat(new EditModel(desk, newest()).verdictProperty().get())
                .isEqualTo(SchemaVerdict.NONE);
    }
}
