package org.deadletteroffice.demo.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.LongString;
import com.rabbitmq.client.impl.LongStringHelper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deadletteroffice.fixtures.BrokerFixture;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.PortGate;
import org.deadletteroffice.fixtures.QueueSpec;
import org.deadletteroffice.fixtures.rabbitmq.AmqpClient;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.jspecify.annotations.Nullable;

/// The demo's broker in this process, used as applications use it. Profiles reach it through a
/// [PortGate], as it keeps nothing when it is stopped.
final class QpidFixture implements BrokerFixture {
    /// Nobody lists this broker's queues, so a profile names them, made or not.
    private static final int MOST_QUEUES = 300;

    private static final int PATIENCE_MILLIS = 60_000;

    private final QpidServer server = QpidServer.start();
    private final PortGate gate = new PortGate(server.port());
    private final AmqpClient client = new AmqpClient(server.port());

    @Override
    public String kind() {
        return "rabbitmq";
    }

    @Override
    public QueueKind queueKind() {
        return QueueKind.QUEUE;
    }

    @Override
    public Settings settings() {
        return settings(RabbitBroker.PASSWORD);
    }

    private Settings settings(String password) {
        var pid = ProcessHandle.current().pid();
        return Settings.of(
                        Map.of(
                                "hosts",
                                "127.0.0.1:" + gate.port(),
                                "username",
                                RabbitBroker.ADMIN,
                                "managementUrl",
                                "none",
                                "queues",
                                IntStream.rangeClosed(1, MOST_QUEUES)
                                        .mapToObj(n -> "contract-" + pid + '-' + n + "-dlq")
                                        .collect(Collectors.joining(",")),
                                "timeout",
                                "10s"))
                .withSecret("password", new Secret(password));
    }

    @Override
    public Optional<Settings> settingsWithWrongPassword() {
        return Optional.of(settings("wrong horse"));
    }

    @Override
    public Optional<Settings> settingsWithoutWrite(String queue) {
        return Optional.empty();
    }

    @Override
    public Optional<Settings> settingsWithoutRead(String queue) {
        return Optional.empty();
    }

    @Override
    public void createQueue(QueueSpec spec) {
        var _ =
                client.use(
                        "create " + spec.name(),
                        channel -> channel.queueDeclare(spec.name(), true, false, false, Map.of()));
    }

    @Override
    public void deleteQueue(String queue) {
        var _ = client.use("delete " + queue, channel -> channel.queueDelete(queue));
    }

    @Override
    public void seed(String queue, List<ForeignMessage> messages) {
        var _ =
                client.use(
                        "write to " + queue,
                        channel -> {
                            var _ = channel.confirmSelect();
                            for (var message : messages) {
                                channel.basicPublish(
                                        "",
                                        queue,
                                        properties(message),
                                        Objects.requireNonNull(message.payload()));
                            }
                            channel.waitForConfirmsOrDie(PATIENCE_MILLIS);
                            return queue;
                        });
    }

    private static BasicProperties properties(ForeignMessage message) {
        Map<String, @Nullable Object> headers = new LinkedHashMap<>();
        for (var header : message.headers()) {
            var value = header.value();
            headers.put(header.name(), value == null ? null : LongStringHelper.asLongString(value));
        }
        return new BasicProperties.Builder().deliveryMode(2).headers(headers).build();
    }

    /// Takes all and gives them back together, each to its place.
    @Override
    public List<ForeignMessage> peek(String queue) {
        return client.use(
                "read " + queue,
                channel -> {
                    var found = new ArrayList<ForeignMessage>();
                    for (var got = channel.basicGet(queue, false);
                            got != null;
                            got = channel.basicGet(queue, false)) {
                        found.add(message(got));
                    }
                    if (!found.isEmpty()) {
                        channel.basicNack(0, true, true);
                    }
                    return found;
                });
    }

    private static ForeignMessage message(GetResponse got) {
        var headers = new ArrayList<Header>();
        var all = got.getProps().getHeaders();
        if (all != null) {
            all.forEach(
                    (name, value) ->
                            headers.add(
                                    new Header(
                                            name,
                                            value instanceof LongString text
                                                    ? text.getBytes()
                                                    : null)));
        }
        return new ForeignMessage(null, null, got.getBody(), new Headers(headers), null);
    }

    @Override
    public void consume(String queue, String group, int messages) {
        var _ =
                client.use(
                        "consume " + queue,
                        channel -> {
                            for (var taken = 0; taken < messages; taken++) {
                                var _ = channel.basicGet(queue, true);
                            }
                            return queue;
                        });
    }

    @Override
    public void stop() {
        gate.shut();
    }

    @Override
    public void freeze() {
        gate.freeze();
    }

    @Override
    public void restore() {
        gate.open();
    }

    @Override
    public void close() {
        client.close();
        gate.close();
        server.close();
    }
}
