package org.deadletteroffice.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;
import static org.deadletteroffice.ui.DesktopExtension.PROFILE;

import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.input.KeyCode;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.memory.DeathHeaders;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How jobs went, and what to do about them.
@ExtendWith(DesktopExtension.class)
class JobsTest {
    /// On which the sample messages died.
    private static final String READER = "orders-service";

    @Test
    void what_was_sent_is_followed_to_its_fate(Desktop desk, MemoryBroker broker) {
        broker.consume(ORDERS, READER, 0);
        desk.openQueue(PROFILE, ORDERS_DLT).group("SocketTimeoutException");
        desk.press(KeyCode.SHIFT, KeyCode.R).press(KeyCode.CONTROL, KeyCode.ENTER);
        desk.shows("would be sent").shows("· failed").screenshots("redrive-readers");
        desk.press(KeyCode.CONTROL, KeyCode.ENTER).jobIsDone();
        desk.go(new Place.Jobs(null)).shows("Where they are now").shows("Asked: " + READER);
        broker.consume(ORDERS, READER, 40).stream().limit(7).forEach(it -> dieAgain(broker, it));
        desk.press(KeyCode.C);
        desk.until("seven came back", () -> figures(desk).contains("7 came back"));
        assertThat(figures(desk)).contains("33 consumed", "20 waiting", "0 unknown");
        desk.screenshots("jobs-fates");
    }

    @Test
    void a_canary_stops_a_job_whose_reader_still_fails(Desktop desk, MemoryBroker broker) {
        broker.consume(ORDERS, READER, 0);
        desk.openQueue(PROFILE, ORDERS_DLT).group("SocketTimeoutException");
        desk.press(KeyCode.SHIFT, KeyCode.R);
        desk.fill("#canary", "10").fill("#watch", "25").fill("#share", "10");
        desk.press(KeyCode.CONTROL, KeyCode.ENTER).shows("would be sent");
        desk.press(KeyCode.CONTROL, KeyCode.ENTER);
        desk.until("the canaries are sent", () -> broker.messages(ORDERS).size() == 10);
        broker.consume(ORDERS, READER, 10).forEach(letter -> dieAgain(broker, letter));
        desk.go(new Place.Jobs(null)).shows("The canary stopped this job");
        desk.shows("10 of the first 10 came back").shows("read why the first ones came back");
        assertThat(broker.messages(ORDERS)).as("no other was sent").hasSize(10);
        desk.shows("Redrive the rest");
        desk.screenshots("jobs-canary");
        desk.press(KeyCode.D).shows("the rest of job");
        desk.fill("#refusals", "20").fill("#refusals-of", "1000");
        desk.press(KeyCode.CONTROL, KeyCode.ENTER).shows("would be sent");
        desk.shows("Include overtaken").shows("Export the rehearsal");
        desk.screenshots("redrive-rest");
    }

    @Test
    void an_interrupted_job_is_resumed(Desktop desk, MemoryBroker broker) throws Exception {
        var jobs = desk.engine().jobs();
        var job = jobs.start(slowly(desk, 8), null);
        desk.until("something is sent", () -> !broker.messages(ORDERS).isEmpty());
        jobs.interrupt(job);
        desk.go(new Place.Jobs(job)).shows("Interrupted").shows("Nothing is lost in between");
        desk.screenshots("jobs-interrupted");
        desk.press(KeyCode.P).jobIsDone().shows("Sent 8 messages");
        assertThat(broker.messages(ORDERS)).hasSize(8);
    }

    private static RedriveRequest slowly(Desktop desk, int count) {
        var ids = IntStream.range(0, count).mapToObj(i -> new MessageId(i % 3 + "-" + i)).toList();
        var plain = RedriveRequest.toOrigin(desk.queue(PROFILE, ORDERS_DLT), new Scope.Ids(ids));
        return plain.copy().pace(new Pace(4.0, null)).build();
    }

    /// `7 came back`, as a screen reader says it.
    private static List<String> figures(Desktop desk) {
        return desk.spoken("#fates *");
    }

    /// A reader that still fails.
    private static void dieAgain(MemoryBroker broker, DeadLetter letter) {
        var death = DeathHeaders.of(ORDERS, "java.net.SocketTimeoutException", "again");
        broker.send(
                ORDERS_DLT,
                new MemoryMessage(
                        null,
                        letter.key(),
                        letter.payload(),
                        DeathHeaders.after(letter.headers(), death.spring()),
                        null,
                        Failure.NONE));
    }
}
