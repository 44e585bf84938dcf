package org.deadletteroffice.demo.sqs;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.deadletteroffice.fixtures.sqs.ElasticMq;
import software.amazon.awssdk.services.sqs.SqsClient;

/// A private ElasticMQ with the shop's side in AWS: a standard and a FIFO queue whose consumers let
/// die what they cannot handle, and the dead-letter queues of an SNS subscription, a Lambda
/// function and an EventBridge rule. The consumers go on working: what is redriven unrepaired is
/// back after three tries.
public final class SqsDemo implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PARCELS = "parcels";
    private static final String DEAD_PARCELS = "parcels-dlq";
    private static final String REFUNDS = "refunds.fifo";
    private static final String DEAD_REFUNDS = "refunds-dlq.fifo";
    private static final int PARCEL_COUNT = 240;
    private static final int REFUND_COUNT = 60;
    private static final int CUSTOMERS = 12;
    private static final int TRIES = 3;

    private final ElasticMq server;
    private final SqsClient client;
    private final ExecutorService consumers;

    private SqsDemo(ElasticMq server) {
        this.server = server;
        this.client = server.client();
        this.consumers =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("shop", 0).factory());
    }

    /// Returns when all dead letters lie in their queues; some five seconds.
    ///
    /// @throws IllegalStateException when the server does not come up or is not filled
    public static SqsDemo start(Clock clock) {
        var demo = new SqsDemo(ElasticMq.start());
        try {
            demo.fill(clock);
            return demo;
        } catch (RuntimeException failed) {
            demo.close();
            throw failed;
        }
    }

    private void fill(Clock clock) {
        var queues = new ShopQueues(client);
        for (var events : UndeliveredEvents.ALL) {
            queues.create(events.queue(), Map.of());
            queues.send(events.queue(), events.count(), n -> events.message(n, clock.instant()));
        }
        queues.createDying(PARCELS, DEAD_PARCELS, TRIES);
        queues.createDying(REFUNDS, DEAD_REFUNDS, TRIES);
        for (var consumer :
                List.of(
                        new ShopConsumer(client, queues.url(PARCELS), "\"weight\":null"),
                        new ShopConsumer(client, queues.url(REFUNDS), "\"amount\":-"))) {
            consumers.execute(consumer);
        }
        queues.send(
                PARCELS,
                PARCEL_COUNT,
                n ->
                        ShopMessage.of(
                                String.format(
                                        Locale.ROOT,
                                        "{\"parcel\":\"P-%06d\",\"weight\":null,\"country\":\"%s\"}",
                                        n,
                                        n % 3 == 0 ? "CH" : "NO")));
        queues.send(
                REFUNDS,
                REFUND_COUNT,
                n ->
                        ShopMessage.of(
                                        "{\"refund\":%s,\"customer\":%s,\"amount\":-%s.00}"
                                                .formatted(n, n % CUSTOMERS, 5 + n % 40))
                                .inGroup("customer-" + n % CUSTOMERS));
        awaitDead(queues, DEAD_PARCELS, PARCEL_COUNT);
        awaitDead(queues, DEAD_REFUNDS, REFUND_COUNT);
    }

    private static void awaitDead(ShopQueues queues, String queue, int count) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (queues.visible(queue) < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the queue " + queue + " did not fill");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /// The profile's settings. ElasticMQ asks for no key, has neither CloudWatch nor SNS, and its
    /// polls are exact.
    public Map<String, String> settings() {
        return Map.of(
                "endpoint", server.endpoint().toString(),
                "region", ElasticMq.REGION,
                "signIn", "KEYS",
                "accessKeyId", "demo",
                "poll", "0s",
                "metrics", "false",
                "topics", "false");
    }

    /// Names of the dead-letter queues.
    public List<String> deadLetterQueues() {
        return Stream.concat(
                        Stream.of(DEAD_PARCELS, DEAD_REFUNDS),
                        UndeliveredEvents.ALL.stream().map(UndeliveredEvents::queue))
                .toList();
    }

    /// How many dead letters there were at the start.
    public int deadLetterCount() {
        return PARCEL_COUNT
                + REFUND_COUNT
                + UndeliveredEvents.ALL.stream().mapToInt(UndeliveredEvents::count).sum();
    }

    @Override
    public void close() {
        consumers.shutdownNow();
        client.close();
        server.close();
    }
}
