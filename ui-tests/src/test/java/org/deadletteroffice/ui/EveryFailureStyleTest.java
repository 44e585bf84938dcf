package org.deadletteroffice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.demo.Demo;
import org.deadletteroffice.demo.rabbit.RabbitDemo;
import org.deadletteroffice.demo.sqs.SqsDemo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Walks the demo's dead-letter queues, whose messages died in as many ways, and keeps a picture of
/// each failure in both themes. The ways of other frameworks are in [EveryFormatTest]'s topic.
@Tag("soak")
@ExtendWith(DesktopExtension.class)
class EveryFailureStyleTest {
    @Test
    void those_of_kafka(Desktop desk) throws Exception {
        try (var demo = Demo.start(Clock.systemUTC())) {
            var settings = Map.of("bootstrap", demo.bootstrap());
            walk(desk, "kafka", settings, demo.deadLetterTopics());
        }
    }

    @Test
    void those_of_rabbitmq(Desktop desk) throws Exception {
        try (var demo = RabbitDemo.start(Clock.systemUTC())) {
            walk(desk, "rabbitmq", demo.settings(), demo.deadLetterQueues());
        }
    }

    @Test
    void those_of_sqs(Desktop desk) throws Exception {
        try (var demo = SqsDemo.start(Clock.systemUTC())) {
            walk(desk, "sqs", demo.settings(), demo.deadLetterQueues());
        }
    }

    private static void walk(
            Desktop desk, String broker, Map<String, String> settings, List<String> queues)
            throws Exception {
        var profile = "demo-" + broker;
        desk.engine()
                .profiles()
                .save(Profile.of(profile, broker, Environment.DEVELOPMENT, settings), Map.of());
        for (var queue : queues) {
            desk.openQueue(profile, queue).select(0);
            desk.until("the cause is told", () -> desk.has(".cause-card"));
            desk.screenshots("failure-" + broker + "-" + fileName(queue));
            assertThat(desk.has(".error-card")).as(queue).isFalse();
        }
    }

    private static String fileName(String queue) {
        return queue.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
