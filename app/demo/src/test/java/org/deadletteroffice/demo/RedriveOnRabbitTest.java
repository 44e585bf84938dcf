package org.deadletteroffice.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Redrives of many batches from queues that count each look and give a message no number: a run
/// takes each message once.
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class RedriveOnRabbitTest {
    private static final String PROFILE = "rabbit";
    private static final int MESSAGES = 3_000;
    private static final Map<String, Object> SIX_LOOKS =
            Map.of("x-queue-type", "quorum", "x-delivery-limit", 6);

    private RabbitFixture rabbit;

    @BeforeAll
    void start() {
        rabbit = RabbitFixture.start(RabbitFixture.Type.CLASSIC);
    }

    @AfterAll
    void stop() {
        rabbit.close();
    }

    @Test
    void resumed_job_removes_batch_after_batch_within_the_delivery_limit(@TempDir Path home)
            throws Exception {
        fill("limited", IntStream.range(0, MESSAGES).mapToObj(n -> "m-" + n).toList());
        String id;
        try (var engine = engine(home)) {
            id = engine.jobs().start(redrive(engine, "limited"), null);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> engine.jobs().find(id).orElseThrow().sent() > 0);
        }
        try (var engine = engine(home)) {
            engine.jobs().resume(id);
            var job = engine.jobs().await(id);

            assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.DONE);
        }
        assertMoved("limited");
    }

    @Test
    void messages_that_are_alike_byte_for_byte_are_all_removed(@TempDir Path home)
            throws Exception {
        fill("twins", Collections.nCopies(MESSAGES, "same"));
        try (var engine = engine(home)) {
            var job = engine.jobs().await(engine.jobs().start(redrive(engine, "twins"), null));

            assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.DONE);
        }
        assertMoved("twins");
    }

    private Engine engine(Path home) throws Exception {
        var engine = Engine.open(EngineOptions.at(home));
        engine.profiles()
                .save(
                        Profile.of(
                                PROFILE,
                                "rabbitmq",
                                Environment.DEVELOPMENT,
                                rabbit.directSettings().values()),
                        Map.of());
        return engine;
    }

    private void fill(String queue, List<String> texts) {
        rabbit.createQueue(queue, SIX_LOOKS);
        rabbit.createQueue(home(queue), Map.of());
        rabbit.seed(queue, texts.stream().map(ForeignMessage::of).toList());
    }

    private static String home(String queue) {
        return queue + "-home";
    }

    /// In many batches, most of which are removed when all is planned.
    private static RedriveRequest redrive(Engine engine, String queue) throws Exception {
        return RedriveRequest.of(engine.brokers().queue(PROFILE, queue).ref(), new Scope.All())
                .to(home(queue))
                .pace(new Pace(1_000.0, null))
                .reason("a reason")
                .build();
    }

    private void assertMoved(String queue) {
        assertThat(ready(queue)).isZero();
        assertThat(ready(home(queue))).isBetween((long) MESSAGES, MESSAGES + 500L);
    }

    private long ready(String queue) {
        return rabbit.use("count " + queue, channel -> channel.messageCount(queue));
    }
}
