package org.deadletteroffice.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.ui.DesktopExtension.PROFILE;

import java.util.stream.IntStream;
import javafx.scene.input.KeyCode;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A list is read a page at a time, however long the queue is.
@ExtendWith(DesktopExtension.class)
class LongListTest {
    private static final int MESSAGES = 20_000;

    @Test
    void scrolls_by_pages_and_holds_a_few(Desktop desk, MemoryBroker broker) {
        broker.createLog("long-dlt", 3);
        broker.send(
                "long-dlt",
                IntStream.range(0, MESSAGES)
                        .mapToObj(i -> MemoryMessage.of("k" + i, "{\"number\":" + i + "}"))
                        .toList());
        desk.openQueue(PROFILE, "long-dlt");
        int pages = 30;
        for (int page = 1; page < pages; page++) {
            int shown = page * 100;
            desk.scrollToEnd().until("page " + page, () -> desk.messageCount() > shown);
        }
        assertThat(desk.heldRows()).isLessThanOrEqualTo(1_300);
        desk.press(KeyCode.HOME).until("the first row again", () -> desk.rowIsHeld(0));
    }
}
