package org.deadletteroffice.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.deadletteroffice.memory.SampleDeadLetters.INVOICES_DLQ;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;
import static org.deadletteroffice.ui.DesktopExtension.PROFILE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javafx.scene.input.KeyCode;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.memory.Flavour;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.memory.Right;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// When things go wrong there is a sentence on screen, and the window stays usable.
@ExtendWith(DesktopExtension.class)
class FailureTest {
    @Test
    void a_broker_that_is_down_is_said_and_tried_again(Desktop desk, MemoryBroker broker) {
        var queue = desk.queue(PROFILE, ORDERS_DLT);
        broker.faults().unreachable();
        desk.go(new Place.Triage(queue, null));
        desk.until("the error shows", () -> desk.has(".messages .error-card"));
        desk.screenshots("triage-broker-down");
        broker.faults().heal();
        desk.click("Try again").until("messages are listed", () -> desk.messageCount() > 0);
    }

    @Test
    void where_nobody_says_what_looking_costs_it_is_asked_and_nothing_is_looked_at(
            Desktop desk, MemoryBroker broker) {
        broker.create("returns.dlq", Flavour.COUNTING_QUEUE, 1, Integer.MAX_VALUE)
                .send("returns.dlq", MemoryMessage.of("one"), MemoryMessage.of("two"));
        broker.faults().unreachable();
        desk.go(new Place.Triage(broker.ref(PROFILE, "returns.dlq"), null))
                .shows("Looking may cost something here")
                .shows("What it does to the messages could not be found out.")
                .screenshots("look-unknown");
        broker.faults().heal();
        desk.click("Ask the broker again")
                .shows("Looking costs something here")
                .shows("Each look counts as a delivery.")
                .screenshots("look-known");
        assertThat(broker.messages("returns.dlq"))
                .as("nobody looked")
                .allMatch(letter -> Integer.valueOf(0).equals(letter.deliveries()));
        desk.look();
        assertThat(desk.messageCount()).isEqualTo(2);
    }

    @Test
    void a_plan_whose_profile_is_pointed_at_another_broker_goes_no_further(
            Desktop desk, MemoryBroker broker) throws Exception {
        desk.openQueue(PROFILE, ORDERS_DLT).group("SocketTimeoutException");
        desk.press(KeyCode.SHIFT, KeyCode.R).press(KeyCode.CONTROL, KeyCode.ENTER);
        desk.shows("would be sent").until("it may start", () -> desk.isEnabled("#go"));
        var profiles = desk.engine().profiles();
        var before = profiles.get(PROFILE);
        try (var elsewhere = MemoryBroker.named(broker.name() + " elsewhere")) {
            var values = elsewhere.settings().values();
            profiles.save(
                    Profile.of(PROFILE, before.kind(), before.environment(), values), Map.of());
            desk.shows("The profile " + PROFILE + " reaches another broker by now");
            desk.showsNo("Rehearse again").screenshots("redrive-moved");
            assertThat(desk.isEnabled("#go")).isFalse();
        } finally {
            profiles.save(before, Map.of());
        }
    }

    @Test
    void a_broker_that_goes_away_keeps_what_was_read(Desktop desk, MemoryBroker broker) {
        desk.openQueue(PROFILE, ORDERS_DLT);
        int before = desk.messageCount();
        broker.faults().unreachable();
        desk.scrollToEnd();
        desk.until("the error shows", () -> desk.has(".messages .error-card"));
        assertThat(desk.messageCount()).isEqualTo(before);
        desk.screenshots("triage-page-failed");
        broker.faults().heal();
        desk.click("Try again").until("more is listed", () -> desk.messageCount() > before);
    }

    @Test
    void no_right_to_write_is_found_before_anything_is_sent(Desktop desk, MemoryBroker broker) {
        broker.faults().forbid(Right.WRITE, ORDERS);
        int before = broker.messages(ORDERS).size();
        desk.openQueue(PROFILE, ORDERS_DLT).select(0).press(KeyCode.R);
        desk.shows("0 will be sent").screenshots("redrive-no-write");
        assertThat(desk.isEnabled("#go")).isFalse();
        assertThat(broker.messages(ORDERS)).hasSize(before);
        desk.press(KeyCode.ESCAPE).press(KeyCode.J).shows("Replay to orders");
    }

    @Test
    void what_would_go_further_than_asked_for_is_said_before_anything_is_sent(
            Desktop desk, MemoryBroker broker) {
        broker.faults()
                .warn(
                        ORDERS,
                        "RabbitMQ sends it to the queues audit, billing as well, which its header CC"
                                + " or BCC names. Drop that header where they must not get it.");
        int before = broker.messages(ORDERS).size();
        desk.openQueue(PROFILE, ORDERS_DLT).select(0).press(KeyCode.R);
        desk.shows("would go further").shows("audit, billing").screenshots("redrive-warned");
        assertThat(broker.messages(ORDERS)).hasSize(before);
        assertThat(desk.isEnabled("#go")).isTrue();
    }

    @Test
    void a_broker_that_dies_during_a_redrive_leaves_a_job_to_resume(
            Desktop desk, MemoryBroker broker) {
        desk.openQueue(PROFILE, ORDERS_DLT).group("OutOfStockException");
        desk.press(KeyCode.SHIFT, KeyCode.R).press(KeyCode.CONTROL, KeyCode.ENTER);
        desk.shows("would be sent");
        broker.faults().failAfter(10);
        desk.press(KeyCode.CONTROL, KeyCode.ENTER);
        desk.go(new Place.Jobs(null)).screenshots("jobs-broker-died");
        desk.go(new Place.Overview());
        broker.faults().heal();
        await().atMost(Desktop.PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> {
                            var job = desk.engine().jobs().list().getFirst();
                            if (job.state() == JobState.INTERRUPTED) {
                                desk.engine().jobs().resume(job.id());
                            }
                            return job.state() == JobState.DONE;
                        });
        assertThat(desk.engine().jobs().list().getFirst().sent()).isEqualTo(180);
    }

    @Test
    void a_profile_that_cannot_be_read_hides_no_other(Desktop desk, Path home) throws IOException {
        Files.writeString(home.resolve("profiles").resolve("broken.json"), "{ no profile at all");
        desk.openQueue(PROFILE, INVOICES_DLQ);
        desk.go(new Place.Settings()).screenshots("settings-unreadable-profile");
        desk.go(new Place.Overview()).shows(PROFILE);
    }
}
