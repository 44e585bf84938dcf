package org.deadletteroffice.demo.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// The shop's RabbitMQ side: two queues whose consumers reject what they cannot handle, so that the
/// broker lets it die, and one whose consumer republishes as Spring AMQP does. Where there is no
/// RabbitMQ, all three do that on another broker. The consumers go on working: what is redriven
/// unrepaired is back at once.
public final class RabbitDemo implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DEAD = "shop.dead";
    private static final String INVOICES = "invoices";
    private static final String STOCK = "stock.updates";
    private static final String LOYALTY = "loyalty.points";
    private static final int INVOICE_COUNT = 900;
    private static final int STOCK_COUNT = 400;
    private static final int LOYALTY_COUNT = 260;

    /// Those that a profile must name where nobody lists them.
    static final List<String> QUEUES =
            List.of(INVOICES, STOCK, LOYALTY, errors(INVOICES), errors(STOCK), errors(LOYALTY));

    private final AmqpServer server;
    private final Connection connection;

    private RabbitDemo(AmqpServer server, Connection connection) {
        this.server = server;
        this.connection = connection;
    }

    /// On a private node of the RabbitMQ that is installed. Returns when all dead letters lie in
    /// their queues; some ten seconds.
    ///
    /// @throws IllegalStateException when the node does not come up
    public static RabbitDemo start(Clock clock) {
        return start(new RabbitServer(), clock);
    }

    /// On whichever server there is.
    ///
    /// @throws IllegalStateException when none comes up
    public static RabbitDemo start(AmqpServers servers, Clock clock) {
        return start(servers.start(), clock);
    }

    static RabbitDemo start(AmqpServer server, Clock clock) {
        Connection connection = null;
        try {
            connection = connect(server);
            var demo = new RabbitDemo(server, connection);
            demo.fill(clock);
            return demo;
        } catch (IOException | TimeoutException | RuntimeException failed) {
            if (connection != null) {
                connection.abort(500);
            }
            server.close();
            throw new IllegalStateException("The broker could not be filled.", failed);
        }
    }

    private static Connection connect(AmqpServer server) throws IOException, TimeoutException {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(server.port());
        factory.setUsername(AmqpServer.USER);
        factory.setPassword(AmqpServer.PASSWORD);
        factory.setThreadFactory(Thread.ofPlatform().daemon().name("rabbit demo", 0).factory());
        return factory.newConnection("shop");
    }

    private void fill(Clock clock) throws IOException {
        var channel = connection.createChannel();
        var _ = channel.exchangeDeclare("shop", "topic", true);
        consumer(channel, INVOICES, "quorum", "invoice.#", "\"currency\":null", "No currency");
        consumer(channel, STOCK, "classic", "stock.#", "\"sku\":\"\"", "No article");
        republisher(channel, LOYALTY, "points.#", "\"points\":-", "Points must be positive");
        var now = clock.instant();
        for (var n = 0; n < INVOICE_COUNT; n++) {
            var body =
                    String.format(
                            Locale.ROOT,
                            "{\"invoice\":\"R-%06d\",\"total\":%d.%02d,\"currency\":null}",
                            n,
                            10 + n % 300,
                            n % 100);
            publish(channel, INVOICES, "invoice.created", body, Date.from(now));
        }
        for (var n = 0; n < STOCK_COUNT; n++) {
            publish(
                    channel,
                    STOCK,
                    "stock.changed",
                    "{\"sku\":\"\",\"delta\":%s}".formatted(n % 9 - 4),
                    Date.from(now));
        }
        for (var n = 0; n < LOYALTY_COUNT; n++) {
            publish(
                    channel,
                    LOYALTY,
                    "points.earned",
                    "{\"customer\":%s,\"points\":-%s}".formatted(10_000 + n % 40, 1 + n % 5),
                    Date.from(now));
        }
        awaitDead(channel, dead(INVOICES), INVOICE_COUNT);
        awaitDead(channel, dead(STOCK), STOCK_COUNT);
        awaitDead(channel, errors(LOYALTY), LOYALTY_COUNT);
    }

    /// Where a queue's dead letters lie.
    private String dead(String queue) {
        return server.isRabbit() ? queue + ".dlq" : errors(queue);
    }

    private static String errors(String queue) {
        return "error." + queue;
    }

    /// A queue whose consumer lets die what it cannot handle, where the broker can.
    private void consumer(
            Channel channel, String queue, String type, String keys, String poison, String problem)
            throws IOException {
        if (!server.isRabbit()) {
            republisher(channel, queue, keys, poison, problem);
            return;
        }
        var _ = channel.exchangeDeclare(DEAD, "direct", true);
        var _ = declare(channel, dead(queue), Map.of("x-queue-type", type));
        var _ = channel.queueBind(dead(queue), DEAD, queue);
        var _ =
                declare(
                        channel,
                        queue,
                        Map.of(
                                "x-queue-type", type,
                                "x-dead-letter-exchange", DEAD,
                                "x-dead-letter-routing-key", queue));
        var _ = channel.queueBind(queue, "shop", keys);
        consume(
                queue,
                (own, message) -> {
                    var tag = message.getEnvelope().getDeliveryTag();
                    if (text(message).contains(poison)) {
                        own.basicReject(tag, false);
                    } else {
                        own.basicAck(tag, false);
                    }
                });
    }

    /// A queue whose consumer has Spring AMQP's `RepublishMessageRecoverer`: the exception goes
    /// along.
    private void republisher(
            Channel channel, String queue, String keys, String poison, String problem)
            throws IOException {
        var _ = declare(channel, errors(queue), Map.of());
        var _ = declare(channel, queue, Map.of());
        var _ = channel.queueBind(queue, "shop", keys);
        consume(
                queue,
                (own, message) -> {
                    if (text(message).contains(poison)) {
                        own.basicPublish(
                                "", errors(queue), failed(message, problem), message.getBody());
                    }
                    own.basicAck(message.getEnvelope().getDeliveryTag(), false);
                });
    }

    private static String declare(Channel channel, String name, Map<String, Object> arguments)
            throws IOException {
        return channel.queueDeclare(name, true, false, false, arguments).getQueue();
    }

    private static String text(Delivery message) {
        return new String(message.getBody(), StandardCharsets.UTF_8);
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

    private static BasicProperties failed(Delivery message, String problem) {
        var properties = message.getProperties();
        var thrown = new IllegalArgumentException(problem);
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        Map<String, Object> headers =
                new HashMap<>(properties.getHeaders() == null ? Map.of() : properties.getHeaders());
        headers.put("x-exception-message", thrown.getMessage());
        headers.put("x-exception-stacktrace", trace.toString());
        headers.put("x-original-exchange", message.getEnvelope().getExchange());
        headers.put("x-original-routingKey", message.getEnvelope().getRoutingKey());
        return properties.builder().headers(headers).build();
    }

    private interface Handler {
        void handle(Channel channel, Delivery message) throws IOException;
    }

    private void consume(String queue, Handler handler) throws IOException {
        var channel = connection.createChannel();
        channel.basicQos(50);
        DeliverCallback deliver = (_, message) -> handler.handle(channel, message);
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

    /// What its broker is, for people.
    public String broker() {
        return server.name();
    }

    /// The profile's settings but for the password.
    public Map<String, String> settings() {
        var all = new HashMap<>(server.settings());
        all.put("hosts", "127.0.0.1:" + server.port());
        all.put("username", AmqpServer.USER);
        return all;
    }

    /// Names of the dead-letter queues.
    public List<String> deadLetterQueues() {
        return List.of(dead(INVOICES), dead(STOCK), errors(LOYALTY));
    }

    /// How many dead letters there were at the start.
    public int deadLetterCount() {
        return INVOICE_COUNT + STOCK_COUNT + LOYALTY_COUNT;
    }

    @Override
    public void close() {
        connection.abort(500);
        server.close();
    }
}
