package org.deadletteroffice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.sqs.SqsFixture;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The main path against ElasticMQ, with dead letters that it made itself when a consumer had
/// received them too often. What arrived is read by a plain client of the SDK.
@Tag("soak")
@ExtendWith(DesktopExtension.class)
class FirstMinuteOnSqsTest {
    private static final String PROFILE = "sqs-dev";
    private static final String ORIGIN = "orders";
    private static final String QUEUE = "orders-dlq";
    private static final int COUNT = 20;
    private static final int TRIES = 3;
    private static final String ORIGINAL =
            "{\"orderId\":\"A-7\",\"total\":55.90,\"currency\":null}";
    private static final String EDITED =
            "{\"orderId\":\"A-7\",\"total\":55.90,\"currency\":\"EUR\"}";

    private static SqsFixture sqs;

    @BeforeAll
    static void start() {
        sqs = SqsFixture.start();
        sqs.createQueue(QUEUE, Map.of());
        sqs.createSource(ORIGIN, QUEUE, TRIES);
        sqs.seed(ORIGIN, IntStream.range(0, COUNT).mapToObj(FirstMinuteOnSqsTest::order).toList());
        var url = sqs.client().getQueueUrl(request -> request.queueName(ORIGIN)).queueUrl();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> {
                            sqs.client()
                                    .receiveMessage(
                                            request ->
                                                    request.queueUrl(url)
                                                            .maxNumberOfMessages(10)
                                                            .visibilityTimeout(0));
                            return sqs.depth(QUEUE) == COUNT;
                        });
    }

    private static ForeignMessage order(int i) {
        return ForeignMessage.of(i == 7 ? ORIGINAL : text(i))
                .with(Headers.of(Header.of("trace", "t-" + i)));
    }

    private static String text(int i) {
        return "{\"orderId\":\"A-%d\"}".formatted(i);
    }

    @AfterAll
    static void stop() {
        sqs.close();
    }

    @Test
    void the_origin_receives_exactly_the_edited_bytes_once_and_the_rest_stays(Desktop desk)
            throws Exception {
        // ElasticMQ asks for no key.
        desk.engine()
                .profiles()
                .save(
                        Profile.of(
                                PROFILE, "sqs", Environment.DEVELOPMENT, sqs.settings().values()),
                        Map.of());
        desk.approachQueue(PROFILE, QUEUE)
                .shows("Looking costs something here")
                .shows(
                        "Each look hides a message from consumers for up to 45 s and counts as a delivery")
                .screenshots("look-sqs");
        assertThat(sqs.depth(QUEUE)).as("nothing is looked at before").isEqualTo(COUNT);
        desk.look().shows("In the broker's order").showsNo("Newest first");
        new RepairWalk(
                        "payload.orderId == \"A-7\"",
                        ORIGIN,
                        "{\n  \"orderId\": \"A-7\",\n  \"total\": 55.90,\n  \"currency\": \"EUR\"\n}",
                        "the currency was missing",
                        "sqs")
                .walk(desk);

        var arrived = sqs.peek(ORIGIN);
        assertThat(arrived).extracting(ForeignMessage::text).containsExactly(EDITED);
        assertThat(arrived.getFirst().headers().lastText("trace")).contains("t-7");
        assertThat(arrived.getFirst().headers().lastText("x-redrive-id")).isPresent();
        // A page that was on its way when its screen was left is held for half a minute more.
        Awaitility.await()
                .atMost(Duration.ofSeconds(45))
                .until(() -> sqs.peek(QUEUE).size() == COUNT - 1);
        assertThat(sqs.peek(QUEUE))
                .extracting(ForeignMessage::text)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, COUNT)
                                .filter(i -> i != 7)
                                .mapToObj(FirstMinuteOnSqsTest::text)
                                .toList());
    }
}
