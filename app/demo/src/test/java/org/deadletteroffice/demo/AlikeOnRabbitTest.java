package org.deadletteroffice.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.ForwardingConnector;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Cursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Of two messages that are alike byte for byte the second takes the first one's name. A removal of
/// which nobody heard what became must not take it as well.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class AlikeOnRabbitTest {
    private static final String PROFILE = "rabbit";

    private RabbitFixture rabbit;

    @BeforeAll
    void start() {
        rabbit = RabbitFixture.start(RabbitFixture.Type.CLASSIC);
    }

    @AfterAll
    void stop() {
        rabbit.close();
    }

    /// What becomes of a removal.
    private interface Fate {
        @Nullable Object of(ForwardingConnector.Call removal) throws Throwable;
    }

    /// RabbitMQ's connector, whose removals meet with something.
    private static final class Watched extends ForwardingConnector {
        private final Fate fate;

        Watched(Fate fate) {
            super(
                    ServiceLoader.load(Connector.class).stream()
                            .map(ServiceLoader.Provider::get)
                            .filter(connector -> connector.kind().equals("rabbitmq"))
                            .findFirst()
                            .orElseThrow());
            this.fate = fate;
        }

        @Override
        public String kind() {
            return "watched";
        }

        @Override
        protected @Nullable Object on(Call call) throws Throwable {
            return call.name().equals("remove") ? fate.of(call) : call.make();
        }
    }

    @Test
    void program_that_dies_before_it_writes_down_a_removal_takes_no_other_message_later(
            @TempDir Path home) throws Exception {
        fill("killed");
        String id;
        try (var engine =
                engine(
                        home,
                        removal -> {
                            var _ = removal.make();
                            throw new BrokerException.Cancelled("The program died.", null);
                        })) {
            var job = redriveFirst(engine, "killed");
            assertThat(job.state()).isEqualTo(JobState.INTERRUPTED);
            id = job.id();
        }
        assertOneWasMoved("killed");

        try (var engine = engine(home, ForwardingConnector.Call::make)) {
            engine.jobs().resume(id);
            var job = engine.jobs().await(id);
            assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.DONE);
        }
        assertOneWasMoved("killed");
    }

    @Test
    void removal_whose_answer_is_lost_with_the_connection_takes_no_other_message(@TempDir Path home)
            throws Exception {
        fill("unanswered");
        var answers = new int[1];
        try (var engine =
                engine(
                        home,
                        removal -> {
                            if (answers[0]++ > 0) {
                                return removal.make();
                            }
                            awaitBroken("unanswered");
                            // The broker made it, and this connection never heard of it.
                            rabbit.consume("unanswered", "", 1);
                            throw new BrokerException.Unreachable(
                                    "The answer was lost.", new Remedy.Advice("Wait."), null);
                        })) {
            var job = redriveFirst(engine, "unanswered");
            assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.DONE);
        }
        assertOneWasMoved("unanswered");
    }

    /// All goes back that connections held.
    private void awaitBroken(String queue) {
        await().ignoreExceptions()
                .until(
                        () -> {
                            rabbit.breakConnections();
                            return ready(queue) == 2;
                        });
    }

    private Engine engine(Path home, Fate fate) throws Exception {
        var connector = new Watched(fate);
        var engine = Engine.open(new EngineOptions(home, Clock.systemUTC(), List.of(connector)));
        engine.profiles()
                .save(
                        Profile.of(
                                PROFILE,
                                connector.kind(),
                                Environment.DEVELOPMENT,
                                rabbit.directSettings().values()),
                        Map.of());
        return engine;
    }

    private void fill(String queue) {
        rabbit.createQueue(queue, Map.of());
        rabbit.createQueue(home(queue), Map.of());
        rabbit.seed(queue, List.of(ForeignMessage.of("same"), ForeignMessage.of("same")));
    }

    private static String home(String queue) {
        return queue + "-home";
    }

    private JobInfo redriveFirst(Engine engine, String name) throws Exception {
        var queue = engine.brokers().queue(PROFILE, name).ref();
        try (var browse = engine.brokers().connection(PROFILE).browse(queue)) {
            var letter = browse.page(Cursor.oldest(), Direction.NEWER, 10).messages().getFirst();
            return engine.jobs()
                    .await(
                            engine.jobs()
                                    .start(
                                            RedriveRequest.of(
                                                            queue,
                                                            new Scope.Ids(List.of(letter.id())))
                                                    .to(home(name))
                                                    .reason("a reason")
                                                    .build(),
                                            null));
        }
    }

    private void assertOneWasMoved(String queue) {
        await().untilAsserted(() -> assertThat(ready(queue)).isOne());
        assertThat(ready(home(queue))).isOne();
    }

    private long ready(String queue) {
        return rabbit.use("count " + queue, channel -> channel.messageCount(queue));
    }
}
