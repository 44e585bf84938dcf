package org.deadletteroffice.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;
import static org.deadletteroffice.ui.DesktopExtension.PROFILE;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javafx.scene.input.KeyCode;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.memory.MemoryBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The main path: from a queue that nobody knows to a repaired message, and the proof of it.
@ExtendWith(DesktopExtension.class)
class FirstMinuteTest {
    @Test
    void repairs_one_message_and_proves_it(Desktop desk, MemoryBroker broker) {
        desk.openQueue(PROFILE, ORDERS_DLT).group("OutOfStockException").select(0);
        desk.press(KeyCode.E).shows("Edit and replay");
        var edited =
                desk.editorText()
                        .replace("\"quantity\":", "\"backordered\": true,\n  \"quantity\":");
        desk.screenshots("edit");
        desk.rewrite(edited).shows("Difference 1");
        desk.click("Difference 1")
                .shows("+   \"backordered\": true,")
                .screenshots("edit-difference");
        desk.click("Key and headers").screenshots("edit-headers");
        desk.press(KeyCode.CONTROL, KeyCode.ENTER).shows("Replay edited message");
        desk.shows("would be sent").fill("#reason", "Stock was booked by hand");
        desk.screenshots("redrive");
        int before = broker.messages(ORDERS).size();
        desk.press(KeyCode.CONTROL, KeyCode.ENTER);

        desk.jobIsDone();
        var arrived = broker.messages(ORDERS);
        assertThat(arrived).hasSize(before + 1);
        var payload = arrived.getLast().payload();
        assertThat(payload).isNotNull();
        assertThat(new String(payload, StandardCharsets.UTF_8))
                .contains("\"backordered\"")
                .as("only what was edited differs, and the style is kept")
                .doesNotContain("\n");
        assertThat(arrived.stream().filter(letter -> Arrays.equals(letter.payload(), payload)))
                .hasSize(1);

        desk.go(new Place.Jobs(null)).shows("Replay").shows("done").screenshots("jobs");
        desk.go(new Place.Audit("")).shows("Stock was booked by hand").screenshots("audit");
    }

    @Test
    void redrives_a_group_and_hides_what_is_resolved(Desktop desk, MemoryBroker broker) {
        desk.openQueue(PROFILE, ORDERS_DLT).group("SocketTimeoutException");
        desk.press(KeyCode.SHIFT, KeyCode.R).shows("Redrive 60 messages");
        desk.press(KeyCode.CONTROL, KeyCode.ENTER).shows("would be sent");
        desk.screenshots("redrive-group");
        desk.press(KeyCode.CONTROL, KeyCode.ENTER);
        desk.jobIsDone();
        desk.shows("180 messages");
        assertThat(broker.messages(ORDERS)).hasSizeGreaterThanOrEqualTo(60);
    }
}
