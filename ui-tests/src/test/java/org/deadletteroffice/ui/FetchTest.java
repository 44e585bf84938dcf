package org.deadletteroffice.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;
import static org.deadletteroffice.ui.DesktopExtension.PROFILE;

import java.nio.charset.StandardCharsets;
import javafx.scene.input.KeyCode;
import org.deadletteroffice.memory.DeathHeaders;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A message whose payload lies elsewhere.
@ExtendWith(DesktopExtension.class)
class FetchTest {
    private static MemoryMessage pointingTo(String payload) {
        var death = DeathHeaders.of("orders", "java.io.IOException", "scan not readable");
        return MemoryMessage.of("scan-17", payload)
                .with(DeathHeaders.after(Headers.NONE, death.spring()));
    }

    @Test
    void a_payload_is_fetched_when_asked_for_and_told_when_missing(
            Desktop desk, MemoryBroker broker) {
        broker.send(
                ORDERS_DLT,
                pointingTo(
                                "[\"software.amazon.payloadoffloading.PayloadS3Pointer\",{\"s3BucketName\":\"scans-of-orders\",\"s3Key\":\"2026/11/scan-17.json\"}]")
                        .plus("ExtendedPayloadSize", "31"));
        desk.openQueue(PROFILE, ORDERS_DLT).select(0).shows("Its payload lies elsewhere");
        desk.shows("s3://scans-of-orders/2026/11/scan-17.json").screenshots("fetch-pointer");

        broker.faults().silent();
        desk.clickOn("#fetch").shows("Asking…").screenshots("fetch-running");
        desk.clickOn("#cancel-fetch").showsNo("Asking…");
        assertThat(desk.has("#fetch")).isTrue();
        broker.faults().heal();

        desk.clickOn("#fetch").shows("There is no object").screenshots("fetch-missing");
        desk.click("Replay to orders").shows("payloads missing");
        desk.screenshots("fetch-rehearsed").press(KeyCode.ESCAPE);

        broker.put(
                "scans-of-orders",
                "2026/11/scan-17.json",
                "{\"scan\": 17, \"pages\": [1, 2, 3] }".getBytes(StandardCharsets.UTF_8));
        desk.clickOn("#fetch").shows("\"pages\"").shows("fetched. A replay sends the pointer");
        desk.screenshots("fetch-done");
        desk.click("Pointer").shows("PayloadS3Pointer").click("Payload").shows("\"pages\"");
        desk.select(1).showsNo("Its payload lies elsewhere");
    }

    @Test
    void a_host_that_the_profile_does_not_name_is_asked_on_the_operators_word(
            Desktop desk, MemoryBroker broker) {
        broker.send(ORDERS_DLT, pointingTo("{\"dataref\":\"http://127.0.0.1:1/scan-17\"}"));
        desk.openQueue(PROFILE, ORDERS_DLT).select(0).shows("http://127.0.0.1:1/scan-17");

        desk.clickOn("#fetch").shows("Ask a host that the message names").screenshots("fetch-ask");
        desk.click("Ask it").shows("is not encrypted, and the profile does not name");
    }
}
