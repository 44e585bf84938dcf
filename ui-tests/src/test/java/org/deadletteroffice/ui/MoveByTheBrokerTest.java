package org.deadletteroffice.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.MAILS;
import static org.deadletteroffice.memory.SampleDeadLetters.MAILS_DLQ;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;
import static org.deadletteroffice.ui.DesktopExtension.PRODUCTION;
import static org.deadletteroffice.ui.DesktopExtension.PROFILE;

import javafx.scene.input.KeyCode;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.memory.MemoryBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A whole queue is moved by the broker, where it can.
@ExtendWith(DesktopExtension.class)
class MoveByTheBrokerTest {
    private static final String ACT = "Move by the broker…";

    @Test
    void it_is_offered_where_the_broker_can_and_nowhere_else(Desktop desk, MemoryBroker broker) {
        desk.openQueue(PROFILE, ORDERS_DLT);
        assertThat(desk.has("#move")).as("a log is not moved").isFalse();
        desk.treeMenu(ORDERS_DLT).shows("Purge…").showsNo(ACT).press(KeyCode.ESCAPE);

        desk.treeMenu(MAILS_DLQ).click(ACT);
        desk.shows("Move " + MAILS_DLQ + " by the broker").shows("would be moved");
        desk.press(KeyCode.ESCAPE).showsNo("would be moved");
        desk.openQueue(PROFILE, MAILS_DLQ).until("it is offered", () -> desk.has("#move")).settle();
        desk.screenshots("move-offered");
        desk.clickOn("#move").shows("would be moved").screenshots("move");
        assertThat(broker.messages(MAILS)).as("a rehearsal moves nothing").isEmpty();
        desk.press(KeyCode.CONTROL, KeyCode.ENTER).jobIsDone();
        assertThat(broker.messages(MAILS)).hasSize(240);
        assertThat(broker.messages(MAILS_DLQ)).isEmpty();
        desk.go(new Place.Jobs(null)).shows("The broker names no messages");
        desk.showsNo("No message of this kind.").screenshots("move-done");
    }

    @Test
    void production_asks_for_the_name_and_a_reason(Desktop desk) {
        desk.openQueue(PRODUCTION, MAILS_DLQ)
                .until("it is offered", () -> desk.has("#move"))
                .settle();
        desk.clickOn("#move").shows("would be moved");
        desk.fill("#reason", "The mailboxes are back").click("Unlock");
        assertThat(desk.isEnabled("#go")).isFalse();
        desk.fill("#typed-name", MAILS_DLQ).until("it may start", () -> desk.isEnabled("#go"));
        desk.screenshots("move-production");
    }
}
