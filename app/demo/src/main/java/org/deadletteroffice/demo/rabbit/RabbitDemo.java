package org.deadletteroffice.demo.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;

/// A private node with the shop's RabbitMQ side: two queues whose consumers reject what they cannot
/// handle, so that the broker lets it die, and one whose consumer republishes as Spring AMQP does.
/// The consumers go on working: what is redriven unrepaired is back at once.
public final class RabbitDemo implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DEAD = "shop.dead";
    private static final String INVOICES = "invoices";
    private static final String STOCK = "stock.updates";
    private static final String LOYALTY = "loyalty.points";
    private static final int INVOICE_COUNT = 900;
    private static final int STOCK_COUNT = 400;
    private static final int LOYALTY_COUNT = 260;

    private final RabbitBroker broker;
    private final Connection connection;

    private RabbitDemo(RabbitBroker broker, Connection connection) {
        this.broker = broker;
        this.connection = connection;
    }

    /// Whether a RabbitMQ server is installed on this machine.
    public static boolean isPossible() {
        return RabbitBroker.isInstalled();
    }

    /// Returns when all dead letters lie in their queues; some ten seconds.
    ///
    /// @throws IllegalStateException when the node does not come up
    public static RabbitDemo start(Clock clock) {
        var broker = RabbitBroker.start();
        Connection connection = null;
        try {
            connection = connect(broker);
            var demo = new RabbitDemo(broker, connection);
            demo.fill(clock);
            return demo;
        } catch (IOException | TimeoutException | RuntimeException failed) {
            if (connection != null) {
                connection.abort(500);
            }
            broker.close();
            throw new IllegalStateException("The RabbitMQ node could not be filled.", failed);
        }
    }

    private static Connection connect(RabbitBroker broker) throws IOException, TimeoutException {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(broker.port());
        factory.setUsername(RabbitBroker.ADMIN);
        factory.setPassword(RabbitBroker.PASSWORD);
        factory.setThreadFactory(Thread.ofPlatform().daemon().name("rabbit demo", 0).factory());
        return factory.newConnection("shop");
    }

    private void fill(Clock clock) throws IOException {
        var channel = connection.createChannel();
        declare(channel);
        reject(INVOICES, "\"currency\":null");
        reject(STOCK, "\"sku\":\"\"");
        republish();
        var now = clock.instant();
        for (var n = 0; n < INVOICE_COUNT; n++) {
            var body =
                    "{\"invoice\":\"R-%06d\",\"total\":%d.%02d,\"currency\":null}"
                            .formatted(n, 10 + n % 300, n % 100);
            publish(channel, INVOICES, "invoice.created", body, Date.from(now));
        }
        for (var n = 0; n < STOCK_COUNT; n++) {
            publish(
                    channel,
                    STOCK,
                    "stock.changed",
                    "{\"sku\":\"\",\"delta\":%d}".formatted(n % 9 - 4),
                    Date.from(now));
        }
        for (var n = 0; n < LOYALTY_COUNT; n++) {
            publish(
                    channel,
                    LOYALTY,
                    "points.earned",
                    "{\"customer\":%d,\"points\":-%d}".formatted(10_000 + n % 40, 1 + n % 5),
                    Date.from(now));
        }
        awaitDead(channel, "invoices.dlq", INVOICE_COUNT);
        awaitDead(channel, "stock.updates.dlq", STOCK_COUNT);
        awaitDead(channel, "error.loyalty.points", LOYALTY_COUNT);
    }

    private static void declare(Channel channel) throws IOException {
        var _ = channel.exchangeDeclare("shop", "topic", true);
        var _ = channel.exchangeDeclare(DEAD, "direct", true);
        queue(channel, "invoices.dlq", "quorum", Map.of());
        queue(channel, "stock.updates.dlq", "classic", Map.of());
        queue(channel, "error.loyalty.points", "classic", Map.of());
        var _ = channel.queueBind("invoices.dlq", DEAD, "invoices");
        var _ = channel.queueBind("stock.updates.dlq", DEAD, "stock");
        queue(channel, INVOICES, "quorum", dying("invoices"));
        queue(channel, STOCK, "classic", dying("stock"));
        queue(channel, LOYALTY, "classic", Map.of());
        var _ = channel.queueBind(INVOICES, "shop", "invoice.#");
        var _ = channel.queueBind(STOCK, "shop", "stock.#");
        var _ = channel.queueBind(LOYALTY, "shop", "points.#");
    }

    private static Map<String, Object> dying(String key) {
        return Map.of("x-dead-letter-exchange", DEAD, "x-dead-letter-routing-key", key);
    }

    private static void queue(
            Channel channel, String name, String type, Map<String, Object> arguments)
            throws IOException {
        var all = new HashMap<>(arguments);
        all.put("x-queue-type", type);
        var _ = channel.queueDeclare(name, true, false, false, all);
    }

    private static void publish(Channel channel, String queue, String key, String body, Date time)
            throws IOException {
        channel.basicPublish(
                "shop",
                key,
                new BasicProperties.Builder()
                        .contentType("application/json")
                        .deliveryMode(2)
                        .messageId(UUID.randomUUID().toString())
                        .appId("shop")
                        .timestamp(time)
                        .headers(Map.of("x-source", queue))
                        .build(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /// A consumer that lets die what it cannot handle.
    private void reject(String queue, String poison) throws IOException {
        consume(
                queue,
                (channel, tag, body, _) -> {
                    if (body.contains(poison)) {
                        channel.basicReject(tag, false);
                    } else {
                        channel.basicAck(tag, false);
                    }
                });
    }

    /// A consumer with Spring AMQP's `RepublishMessageRecoverer`: the exception goes along.
    private void republish() throws IOException {
        consume(
                LOYALTY,
                (channel, tag, body, properties) -> {
                    if (body.contains("\"points\":-")) {
                        channel.basicPublish(
                                "",
                                "error.loyalty.points",
                                failed(properties),
                                body.getBytes(StandardCharsets.UTF_8));
                    }
                    channel.basicAck(tag, false);
                });
    }

    private static BasicProperties failed(BasicProperties properties) {
        var thrown = new IllegalArgumentException("Points must be positive");
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        Map<String, Object> headers =
                new HashMap<>(properties.getHeaders() == null ? Map.of() : properties.getHeaders());
        headers.put("x-exception-message", thrown.getMessage());
        headers.put("x-exception-stacktrace", trace.toString());
        headers.put("x-original-exchange", "shop");
        headers.put("x-original-routingKey", "points.earned");
        return properties.builder().headers(headers).build();
    }

    private interface Handler {
        void handle(Channel channel, long tag, String body, BasicProperties properties)
                throws IOException;
    }

    private void consume(String queue, Handler handler) throws IOException {
        var channel = connection.createChannel();
        channel.basicQos(50);
        DeliverCallback deliver =
                (_, message) ->
                        handler.handle(
                                channel,
                                message.getEnvelope().getDeliveryTag(),
                                new String(message.getBody(), StandardCharsets.UTF_8),
                                message.getProperties());
        CancelCallback cancel = _ -> {};
        var _ = channel.basicConsume(queue, false, deliver, cancel);
    }

    private static void awaitDead(Channel channel, String queue, int count) throws IOException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (channel.messageCount(queue) < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the queue " + queue + " did not fill");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /// The profile's settings but for the password.
    public Map<String, String> settings() {
        return Map.of(
                "hosts", "127.0.0.1:" + broker.port(),
                "username", RabbitBroker.ADMIN,
                "managementUrl", "http://127.0.0.1:" + broker.managementPort());
    }

    /// Names of the dead-letter queues.
    public List<String> deadLetterQueues() {
        return List.of("invoices.dlq", "stock.updates.dlq", "error.loyalty.points");
    }

    /// How many dead letters there were at the start.
    public int deadLetterCount() {
        return INVOICE_COUNT + STOCK_COUNT + LOYALTY_COUNT;
    }

    @Override
    public void close() {
        connection.abort(500);
        broker.close();
    }
}
