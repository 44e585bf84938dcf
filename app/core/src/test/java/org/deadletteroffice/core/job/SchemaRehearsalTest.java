package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.schema.RegistryStandIn;
import org.deadletteroffice.core.schema.SchemaRule;
import org.deadletteroffice.memory.MemoryMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether what a redrive would send fits a schema, asked of every message and before any is sent.
class SchemaRehearsalTest {
    private static final String NUMBER =
            "{\"title\":\"Order\",\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"number\"}}}";

    @TempDir Path home;

    private SchemaVerdicts rehearsed(Office office, RedriveRequest request, String rule)
            throws Exception {
        var preview = office.jobs().rehearse(request, SchemaRule.of(rule));
        return java.util.Objects.requireNonNull(preview.schema());
    }

    @Test
    void each_message_is_held_against_a_file_as_it_would_be_sent() throws Exception {
        var file = Files.writeString(home.resolve("order.json"), NUMBER).toString();
        try (var office = new Office(home.resolve("office"), true)) {
            office.die(0, 20);
            office.broker.send(
                    Office.DLQ,
                    Office.letter("{\"n\": \"many\"}"),
                    Office.letter("{\"n\": \"more\"}"),
                    Office.letter("no fields at all"));

            var verdicts = rehearsed(office, office.all(), file);
            assertThat(verdicts.fit()).isEqualTo(20);
            assertThat(verdicts.misfit()).isEqualTo(3);
            assertThat(verdicts.none() + verdicts.unreachable()).isZero();
            assertThat(verdicts.allFit()).isFalse();
            assertThat(verdicts.findings())
                    .extracting(Preview.Exclusion::count)
                    .containsExactly(2L, 1L);
            assertThat(verdicts.findings().getFirst().reason()).contains("order.json", "$.n");
            assertThat(verdicts.findings().getFirst().examples()).hasSize(2);

            var repaired = Office.to(office.all(), "elsewhere", new Change.Jq(".n = 1"), List.of());
            assertThat(rehearsed(office, repaired, file).allFit()).isTrue();
        }
    }

    @Test
    void the_latest_is_that_of_each_destination_and_a_registry_that_is_gone_is_told()
            throws Exception {
        try (var office = new Office(home.resolve("office"), true);
                var registry = new RegistryStandIn()) {
            registry.has("/subjects/orders-value/versions/latest", schema());
            useRegistry(office, registry);
            office.die(0, 2);
            office.broker.send(Office.DLQ, Office.letter("{\"n\": \"many\"}"));

            var toOrigin = rehearsed(office, office.all(), "latest");
            assertThat(toOrigin.fit()).isEqualTo(2);
            assertThat(toOrigin.misfit()).isEqualTo(1);

            var elsewhere = Office.to(office.all(), "elsewhere", new Change.None(), List.of());
            var unknown = rehearsed(office, elsewhere, "latest");
            assertThat(unknown.none()).isEqualTo(3);
            assertThat(unknown.findings().getFirst().reason()).contains("elsewhere-value");

            var own = rehearsed(office, office.all(), "own");
            assertThat(own.none()).isEqualTo(3);

            registry.close();
            assertThat(rehearsed(office, office.all(), "latest:other").unreachable()).isEqualTo(3);
        }
    }

    @Test
    void each_message_is_held_against_its_own_schema_as_it_would_be_sent() throws Exception {
        try (var office = new Office(home.resolve("office"), true);
                var registry = new RegistryStandIn()) {
            registry.has("/schemas/ids/41", schema());
            useRegistry(office, registry);
            for (var payload : List.of("{\"n\": 5}", "{\"n\": 6}", "{\"n\": \"many\"}")) {
                office.broker.send(Office.DLQ, framed(41, payload));
            }
            office.broker.send(Office.DLQ, framed(42, "{\"n\": 7}"));

            var own = rehearsed(office, office.all(), "own");
            assertThat(own.fit()).isEqualTo(2);
            assertThat(own.misfit()).isEqualTo(1);
            assertThat(own.allFit()).isFalse();
            assertThat(own.findings())
                    .extracting(Preview.Exclusion::reason)
                    .anyMatch(reason -> reason.contains("$.n must be number"))
                    .anyMatch(reason -> reason.contains("schema id 42"));
        }
    }

    private static MemoryMessage framed(int id, String payload) {
        var text = payload.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(5 + text.length).put((byte) 0).putInt(id).put(text);
        return MemoryMessage.of(bytes.array()).with(Office.letter("{}").headers());
    }

    private static String schema() {
        return "{\"schemaType\":\"JSON\",\"schema\":\"%s\"}"
                .formatted(NUMBER.replace("\"", "\\\""));
    }

    private static void useRegistry(Office office, RegistryStandIn registry) throws Exception {
        var settings = new HashMap<>(office.broker.settings().values());
        settings.put("registry", "CONFLUENT");
        settings.put("registryUrl", registry.url());
        office.engine()
                .profiles()
                .save(
                        Profile.of(Office.PROFILE, "memory", Environment.DEVELOPMENT, settings),
                        Map.of());
    }

    @Test
    void a_tombstone_has_nothing_to_check() throws Exception {
        var file = Files.writeString(home.resolve("order.json"), NUMBER).toString();
        try (var office = new Office(home.resolve("office"), true)) {
            var letter = Office.letter("{}");
            office.broker.send(Office.DLQ, MemoryMessage.of((byte[]) null).with(letter.headers()));
            assertThat(rehearsed(office, office.all(), file).none()).isEqualTo(1);
        }
    }

    @Test
    void a_file_that_is_not_there_is_said_at_once() {
        assertThatThrownBy(() -> SchemaRule.of(home.resolve("nowhere.avsc").toString()))
                .isInstanceOfSatisfying(
                        OperatorException.class,
                        wrong ->
                                assertThat(wrong.kind())
                                        .isEqualTo(OperatorException.Kind.WRONG_USE));
    }
}
