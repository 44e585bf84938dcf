package org.deadletteroffice.demo.rabbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueRole;
import org.deadletteroffice.spi.profile.Check;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo where no RabbitMQ is installed: see, understand, act and prove on another AMQP broker.
class InProcessDemoTest {
    private static final String PROFILE = "demo";
    private static final String QUEUE = "error.loyalty.points";

    @Test
    void another_broker_is_walked_without_what_it_does_not_have(@TempDir Path home)
            throws Exception {
        try (var demo = RabbitDemo.start(QpidServer.start(), Clock.systemUTC());
                var engine = Engine.open(EngineOptions.at(home))) {
            engine.profiles()
                    .save(
                            Profile.of(
                                    PROFILE, "rabbitmq", Environment.DEVELOPMENT, demo.settings()),
                            Map.of());
            var connection = engine.brokers().connection(PROFILE);
            var checks = new ArrayList<Check>();
            connection.checks(checks::add);
            assertThat(checks).noneMatch(check -> check.state() == Check.State.FAILED);

            assertThat(connection.queues())
                    .filteredOn(queue -> queue.role() == QueueRole.DEAD_LETTER)
                    .extracting(queue -> queue.ref().name())
                    .containsExactlyInAnyOrderElementsOf(demo.deadLetterQueues());
            var queue = engine.brokers().queue(PROFILE, QUEUE);
            assertThat(queue.depth().value()).isEqualTo(260);
            var claims = connection.capabilities(queue.ref());
            assertThat(claims.moveOnServer()).isFalse();
            assertThat(claims.observerEffect()).isInstanceOf(ObserverEffect.MarksRedelivered.class);
            try (var browse = connection.browse(queue.ref())) {
                var page = browse.page(Cursor.oldest(), Direction.NEWER, 50).messages();
                assertThat(page).hasSize(50);
                assertThat(page.getFirst().headers().lastText("x-exception-message"))
                        .contains("Points must be positive");
            }

            var job =
                    engine.jobs()
                            .await(
                                    engine.jobs()
                                            .start(
                                                    RedriveRequest.toOrigin(
                                                            queue.ref(), new Scope.All()),
                                                    null));

            assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.DONE);
            assertThat(job.sent()).isEqualTo(260);
            // Its consumer works on, and cannot handle them still.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> connection.queue(queue.ref()).depth().value() == 260);
            var invoices = engine.brokers().queue(PROFILE, "error.invoices").ref();
            assertThat(connection.purge(invoices, Cursor.newest()).count().value()).isEqualTo(900);
        }
    }
}
