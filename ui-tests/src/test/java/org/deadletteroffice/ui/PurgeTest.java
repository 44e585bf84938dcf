package org.deadletteroffice.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.MAILS_DLQ;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;
import static org.deadletteroffice.ui.DesktopExtension.PRODUCTION;
import static org.deadletteroffice.ui.DesktopExtension.PROFILE;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javafx.scene.input.KeyCode;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.memory.Flavour;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Messages are taken away, and come back.
@ExtendWith(DesktopExtension.class)
class PurgeTest {
    private static final String RETURNS = "returns.dlq";

    @Test
    void a_purge_is_undone_and_the_queue_holds_the_same_bytes(Desktop desk, MemoryBroker broker) {
        var before = contents(broker);
        desk.openQueue(PROFILE, MAILS_DLQ).group("SMTPRecipientsRefused");
        desk.press(KeyCode.DELETE).shows("Purge 180 messages").shows("would be taken away");
        assertThat(broker.messages(MAILS_DLQ)).as("a rehearsal takes nothing").hasSize(240);
        desk.fill("#reason", "The mailboxes are gone for good").screenshots("purge");
        desk.press(KeyCode.CONTROL, KeyCode.ENTER).shows("Took away 180 messages");
        assertThat(broker.messages(MAILS_DLQ)).hasSize(60);
        desk.shows("60 messages").screenshots("purge-done");

        desk.click("Undo").shows("Put 180 messages back into").screenshots("purge-undo");
        desk.click("Put back").shows("Put back 180 messages");
        assertThat(contents(broker)).isEqualTo(before);
        desk.go(new Place.Jobs(null)).shows("Restore").shows("Purge");
        desk.screenshots("jobs-purge-undone");
    }

    @Test
    void production_asks_for_the_name_and_a_reason(Desktop desk) {
        desk.openQueue(PRODUCTION, ORDERS_DLT).select(0).press(KeyCode.SPACE);
        desk.click("Purge…").shows("Purge 1 message").shows("would be taken away");
        desk.fill("#reason", "A test message").click("Unlock");
        assertThat(desk.isEnabled("#go")).isFalse();
        desk.fill("#typed-name", ORDERS_DLT).until("it may start", () -> desk.isEnabled("#go"));
        desk.screenshots("purge-production");
        desk.clickOn("#archived").shows("gone for good").screenshots("purge-no-copies");
    }

    @Test
    void a_purge_from_the_tree_says_what_its_rehearsal_costs_before_it_looks(
            Desktop desk, MemoryBroker broker) {
        broker.create(RETURNS, Flavour.COUNTING_QUEUE, 1, Integer.MAX_VALUE)
                .send(RETURNS, MemoryMessage.of("one"), MemoryMessage.of("two"));
        desk.engine().metrics().refresh();
        desk.treeMenu(RETURNS).click("Purge…").shows("Looking costs something here");
        desk.shows("Each look counts as a delivery.");
        desk.shows("A rehearsal looks at all that is meant.");
        desk.screenshots("purge-look");
        assertThat(broker.messages(RETURNS))
                .as("nobody looked")
                .allMatch(letter -> Integer.valueOf(0).equals(letter.deliveries()));
        desk.click("Look").shows("Purge 2 messages").shows("would be taken away");
    }

    /// All that has to come back; the id is a new one.
    private static List<String> contents(MemoryBroker broker) {
        return broker.messages(MAILS_DLQ).stream()
                .map(
                        letter ->
                                List.of(
                                                Arrays.toString(letter.key()),
                                                Arrays.toString(letter.payload()),
                                                letter.headers().toString(),
                                                Objects.requireNonNull(letter.timestamp())
                                                        .toEpochMilli())
                                        .toString())
                .sorted()
                .toList();
    }
}
