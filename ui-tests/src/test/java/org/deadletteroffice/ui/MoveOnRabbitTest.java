package org.deadletteroffice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javafx.scene.input.KeyCode;
import org.awaitility.Awaitility;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// From a queue of dead letters on a real RabbitMQ node to a shovel that has moved it, and to one
/// that is called off. What arrived is counted by RabbitMQ's own client.
@Tag("soak")
@ExtendWith(DesktopExtension.class)
class MoveOnRabbitTest {
    private static final String PROFILE = "rabbit-dev";
    private static final int COUNT = 500;

    private static RabbitFixture rabbit;

    @BeforeAll
    static void start() {
        rabbit = RabbitFixture.start(RabbitFixture.Type.QUORUM);
    }

    @AfterAll
    static void stop() {
        rabbit.close();
    }

    /// A queue with dead letters, and the one that they come from.
    private static String filled(Desktop desk, String origin) throws Exception {
        var queue = origin + ".dlq";
        rabbit.createQueue(queue, Map.of());
        rabbit.createQueue(
                origin, Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", queue));
        List<ForeignMessage> letters =
                IntStream.range(0, COUNT).mapToObj(i -> ForeignMessage.of("m" + i)).toList();
        rabbit.seed(queue, letters);
        Awaitility.await().until(() -> ready(queue) == COUNT);
        desk.engine()
                .profiles()
                .save(
                        Profile.of(
                                PROFILE,
                                "rabbitmq",
                                Environment.DEVELOPMENT,
                                rabbit.settings().values()),
                        Map.of());
        desk.approachQueue(PROFILE, queue).until("it is offered", () -> desk.has("#move")).settle();
        return queue;
    }

    private static long ready(String queue) {
        return rabbit.use("count " + queue, channel -> channel.messageCount(queue));
    }

    private static JobInfo newest(Desktop desk) {
        return desk.engine().jobs().list().getFirst();
    }

    @Test
    void a_whole_queue_goes_home_by_a_shovel_and_nobody_looked_at_it(Desktop desk)
            throws Exception {
        var queue = filled(desk, "orders");
        desk.clickOn("#move").shows(COUNT + "").shows("Nobody is known to read orders");
        desk.shows("would be moved").screenshots("move-rabbitmq");
        assertThat(ready(queue)).as("a rehearsal moves nothing").isEqualTo(COUNT);

        desk.press(KeyCode.CONTROL, KeyCode.ENTER).jobIsDone();

        assertThat(ready(queue)).isZero();
        assertThat(ready("orders")).isEqualTo(COUNT);
        assertThat(rabbit.peek("orders")).hasSize(COUNT);
        desk.go(new Place.Jobs(newest(desk).id())).shows("Moved 500 messages.");
        desk.screenshots("move-rabbitmq-done");
    }

    @Test
    void one_with_a_pace_is_followed_and_called_off_and_no_message_is_lost_or_twice(Desktop desk)
            throws Exception {
        var queue = filled(desk, "parcels");
        desk.clickOn("#move").shows("would be moved");
        desk.fill("#rate", "4").click("Rehearse").shows("would be moved");
        desk.press(KeyCode.CONTROL, KeyCode.ENTER);
        desk.until("it is under way", () -> newest(desk).sent() > 0);
        desk.go(new Place.Jobs(newest(desk).id())).shows("The broker moves them by itself.");
        desk.showsNo("Pause").shows("500").screenshots("move-rabbitmq-running");

        desk.click("Stop").shows("The broker is called off.").screenshots("move-rabbitmq-stop");
        desk.click("Call it off");
        desk.until("it is stopped", () -> newest(desk).state() == JobState.STOPPED);

        assertThat(newest(desk).sent()).isBetween(1L, COUNT - 1L);
        assertThat(ready("parcels")).isEqualTo(newest(desk).sent());
        assertThat(ready(queue)).isEqualTo(COUNT - newest(desk).sent());
        desk.shows("Stopped by the operator").screenshots("move-rabbitmq-stopped");
    }
}
