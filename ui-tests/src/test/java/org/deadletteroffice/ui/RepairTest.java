package org.deadletteroffice.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;
import static org.deadletteroffice.ui.DesktopExtension.PROFILE;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.input.KeyCode;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.memory.DeathHeaders;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What is wrong with messages is found, compared and mended.
@ExtendWith(DesktopExtension.class)
class RepairTest {
    private static final String SCHEMA =
            """
            {"title": "Order", "type": "object", "additionalProperties": false,
             "properties": {"total": {"type": "number"}, "sku": {"type": "string"}},
             "required": ["total"]}""";

    @Test
    void many_are_repaired_with_before_and_after_shown(Desktop desk, MemoryBroker broker) {
        desk.openQueue(PROFILE, ORDERS_DLT).group("SocketTimeoutException");
        desk.press(KeyCode.SHIFT, KeyCode.R).click("See and change ›").shows("traceparent");
        desk.fill("#header-name", "tenant").fill("#header-value", "eu").clickOn("#header-set");
        desk.shows("+ tenant").screenshots("redrive-headers").click("Close");
        desk.click("Find and replace").fill("#replace-find", "S-").fill("#replace-by", "SKU-");
        desk.press(KeyCode.CONTROL, KeyCode.ENTER).shows("would be sent");
        desk.shows("SKU-").screenshots("redrive-repair");
        desk.press(KeyCode.CONTROL, KeyCode.ENTER).jobIsDone();
        assertThat(broker.messages(ORDERS))
                .hasSize(60)
                .allSatisfy(
                        letter -> {
                            assertThat(new String(letter.payload(), UTF_8)).contains("\"SKU-");
                            assertThat(letter.headers().toString()).contains("tenant");
                        });
    }

    @Test
    void two_messages_are_compared_and_one_is_found_by_its_id(Desktop desk) {
        desk.go(new Place.Settings()).click("Compact");
        desk.openQueue(PROFILE, ORDERS_DLT).select(0).press(KeyCode.SPACE);
        desk.press(KeyCode.J).press(KeyCode.SPACE).screenshots("triage-compact");
        desk.press(KeyCode.D).shows("Compare two messages").shows("lines differ");
        desk.screenshots("compare").press(KeyCode.ESCAPE);
        desk.press(KeyCode.CONTROL, KeyCode.K).type("2-200");
        desk.shows("Message 2-200 in orders-dlt").screenshots("palette-message");
        desk.press(KeyCode.ENTER).shows("order-200");
    }

    @Test
    void an_edit_is_held_against_its_schema(Desktop desk, MemoryBroker broker, Path home)
            throws Exception {
        Files.writeString(home.resolve("41.json"), SCHEMA);
        var settings = new HashMap<>(broker.settings().values());
        settings.put("schemaFolder", home.toString());
        var profile = Profile.of("schemas", "memory", Environment.STAGING, settings);
        desk.engine().profiles().save(profile, Map.of());
        broker.createLog("framed-dlt")
                .send("framed-dlt", MemoryMessage.of(framed("{\"total\":5}")));
        desk.openQueue("schemas", "framed-dlt").select(0).press(KeyCode.E);
        desk.shows("Fits its schema").rewrite("{\n  \"total\": \"five\",\n  \"skew\": \"S-1\"\n}");
        desk.shows("2 places do not fit").shows("Go to line 2, column 3");
        desk.screenshots("edit-schema").click("Go to line 3, column 3");
    }

    @Test
    void the_ids_of_a_message_are_followed(Desktop desk) {
        desk.openQueue(PROFILE, ORDERS_DLT).select(0).clickOn("#more").click("Trace its ids…");
        desk.shows("trace id").shows("All of that time");
        desk.until("the message itself is a step", () -> desk.has(".trace-step"));
        desk.screenshots("trace");
    }

    @Test
    void a_trace_is_stopped_and_keeps_what_it_has(Desktop desk, MemoryBroker broker) {
        desk.openQueue(PROFILE, ORDERS_DLT).select(0);
        broker.faults().silent();
        desk.clickOn("#more").click("Trace its ids…").click("Stop looking");
        desk.shows("Stopped: there may be more.").screenshots("trace-stopped");
        desk.showsNo("Looking through the queues");
        broker.faults().heal();
    }

    @Test
    void a_dead_letter_stands_beside_what_succeeded_before_and_after_it(
            Desktop desk, MemoryBroker broker) {
        for (var country : List.of("DE", "XX", "FR")) {
            broker.send(
                    ORDERS,
                    MemoryMessage.of("customer-7", "{\"country\":\"%s\"}".formatted(country))
                            .in(0));
        }
        broker.consume(ORDERS, "orders-service", 3);
        var dead = broker.messages(ORDERS).get(1);
        var death =
                DeathHeaders.of(ORDERS, "java.lang.IllegalArgumentException", "no country XX")
                        .from(0, Long.parseLong(dead.id().text().split("-", 2)[1]));
        broker.send(
                ORDERS_DLT,
                MemoryMessage.of("customer-7", "{\"country\":\"XX\"}")
                        .with(DeathHeaders.after(Headers.NONE, death.spring())));

        desk.openQueue(PROFILE, ORDERS_DLT).select(0).shows("no country XX");
        desk.clickOn("#more").click("Compare with one that succeeded…");
        desk.shows("Compare two messages")
                .shows("\"country\": \"DE\"")
                .screenshots("compare-before");
        desk.click("After it").shows("\"country\": \"FR\"").screenshots("compare-after");
        desk.press(KeyCode.ESCAPE).showsNo("Compare two messages");
    }

    @Test
    void without_one_that_succeeded_that_is_said(Desktop desk) {
        desk.openQueue(PROFILE, ORDERS_DLT).select(0).clickOn("#more");
        desk.click("Compare with one that succeeded…").shows("that succeeded lies within");
    }

    @Test
    void the_title_of_a_cloud_event_is_read_whole(Desktop desk, MemoryBroker broker) {
        broker.send(
                ORDERS_DLT,
                MemoryMessage.of("shipment-2026-11-000471", "{\"weight\":17}")
                        .plus("ce_specversion", "1.0")
                        .plus("ce_id", "17")
                        .plus("ce_source", "/shipments")
                        .plus("ce_type", "org.example.shipment.weighed"));
        desk.openQueue(PROFILE, ORDERS_DLT).select(0).shows("CloudEvent 1.0");
        assertThat(desk.isWhole(".inspect-title")).isTrue();
        desk.screenshots("inspect-cloud-event").size(1280, 720);
        assertThat(desk.isWhole(".inspect-title")).isTrue();
    }

    @Test
    void a_rehearsal_holds_each_message_against_a_schema(Desktop desk) {
        desk.openQueue(PROFILE, ORDERS_DLT).group("SocketTimeoutException");
        desk.press(KeyCode.SHIFT, KeyCode.R).clickOn("#schema-rule").click("Each message's own");
        desk.press(KeyCode.CONTROL, KeyCode.ENTER).shows("have no schema");
        desk.screenshots("redrive-schema");
    }

    /// As serializers of schema registries frame it: 0, then the schema's id.
    private static byte[] framed(String json) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 0, 0, 0, 41});
        bytes.writeBytes(json.getBytes(UTF_8));
        return bytes.toByteArray();
    }
}
