package org.deadletteroffice.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.connector.ObserverEffect.Order;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.profile.Settings;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// A connection to the node for all tests of a class.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
abstract class OneNode {
    static final String PROFILE = "rabbit";
    static final Map<String, Object> QUORUM = Map.of("x-queue-type", "quorum");

    /// Of a queue without rules of its own.
    static final QueueRules.Taking TAKING =
            new QueueRules.Taking(null, false, false, true, false, null);

    private static final AtomicInteger QUEUES = new AtomicInteger();

    RabbitFixture rabbit;
    BrokerConnection connection;

    @BeforeAll
    final void start() {
        rabbit = Node.with(RabbitFixture.Type.CLASSIC);
        connection = open(rabbit.settings());
    }

    @AfterAll
    final void stop() {
        connection.close();
        rabbit.close();
    }

    /// Past the connection, to what it is made of.
    final Link link() {
        return link(rabbit.settings());
    }

    static Link link(Settings settings) {
        var profile = new RabbitProfile(settings);
        return new Link(profile, new RabbitErrors(profile), new SignIn(profile), "test");
    }

    static HeldQueue held(Link link, QueueRef queue) {
        return new HeldQueue(link, queue, (_, _) -> TAKING, _ -> Optional.empty());
    }

    static BrokerConnection open(Settings settings) {
        return new RabbitConnector().open(PROFILE, settings);
    }

    static QueueRef ref(String name) {
        return new QueueRef(PROFILE, name, QueueKind.QUEUE);
    }

    static String newName(String word) {
        return word + '-' + QUEUES.incrementAndGet();
    }

    /// What a test of the connection says at this step.
    static Check step(BrokerConnection over, String name) throws BrokerException {
        var steps = new LinkedHashMap<String, Check>();
        over.checks(check -> steps.put(check.name(), check));
        return Objects.requireNonNull(steps.get(name));
    }

    /// Declares a queue.
    final QueueRef queue(String word, Map<String, Object> arguments) {
        var name = newName(word);
        rabbit.createQueue(name, arguments);
        return ref(name);
    }

    /// A queue of `count` messages `m-0`, `m-1`, …
    final QueueRef filled(String word, int count, Map<String, Object> arguments) {
        var queue = queue(word, arguments);
        rabbit.seed(
                queue.name(),
                IntStream.range(0, count).mapToObj(n -> ForeignMessage.of("m-" + n)).toList());
        return queue;
    }

    static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(n -> "m-" + n).toList();
    }

    static String text(DeadLetter letter) {
        return new String(Objects.requireNonNull(letter.payload()), UTF_8);
    }

    final List<String> peeked(QueueRef queue) {
        return rabbit.peek(queue.name()).stream().map(ForeignMessage::text).toList();
    }

    /// Closing waits for a busy broker no longer than a second.
    final void awaitReady(QueueRef queue, long count) {
        Awaitility.await()
                .until(
                        () -> rabbit.<Long>use("count", c -> c.messageCount(queue.name())),
                        ready -> ready == count);
    }

    final void limitByPolicy(QueueRef queue, int limit) {
        rabbit.manage(
                "PUT",
                "/policies/%2F/" + queue.name(),
                "{\"pattern\":\"^%s$\",\"definition\":{\"delivery-limit\":%d},\"apply-to\":\"queues\"}"
                        .formatted(queue.name(), limit));
    }

    static ObserverEffect counted(@Nullable Integer limit) {
        return new ObserverEffect.CountsDelivery(limit, new Order(5_000));
    }

    /// A quorum queue tells the management API of its policy with its statistics, now and then.
    final void awaitLimit(QueueRef queue, int limit) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () ->
                                assertThat(connection.capabilities(queue).observerEffect())
                                        .isEqualTo(counted(limit)));
    }

    /// Fills a queue of three deliveries with two messages that have none left.
    final void useUp(QueueRef queue) {
        rabbit.seed(queue.name(), List.of(ForeignMessage.of("m-0"), ForeignMessage.of("m-1")));
        for (var look = 0; look < 3; look++) {
            peeked(queue);
            awaitReady(queue, 2);
        }
    }

    final List<DeadLetter> all(QueueRef queue) throws BrokerException {
        return all(connection, queue);
    }

    static List<DeadLetter> all(BrokerConnection over, QueueRef queue) throws BrokerException {
        var found = new ArrayList<DeadLetter>();
        try (var browse = over.browse(queue)) {
            var from = Cursor.oldest();
            while (true) {
                var page = browse.page(from, Direction.NEWER, 500);
                found.addAll(page.messages());
                if (page.atEnd()) {
                    return found;
                }
                from = page.newer();
            }
        }
    }

    static List<Outgoing> outgoing(List<DeadLetter> letters, String destination) {
        return IntStream.range(0, letters.size())
                .mapToObj(
                        n ->
                                new Outgoing(
                                        n,
                                        letters.get(n),
                                        destination,
                                        null,
                                        null,
                                        letters.get(n).payload(),
                                        letters.get(n).headers(),
                                        letters.get(n).timestamp()))
                .toList();
    }

    /// The message with another payload.
    static Outgoing of(Outgoing message, byte @Nullable [] payload) {
        return new Outgoing(
                message.sequence(),
                message.original(),
                message.destination(),
                null,
                null,
                payload,
                message.headers(),
                null);
    }

    /// As a job is told: where nothing is known of any, that is thrown.
    static List<TransferEvent> eventsOf(Transfer.Sending sending, List<Outgoing> batch) {
        try {
            return sending.events();
        } catch (BrokerException lost) {
            return batch.stream()
                    .<TransferEvent>map(each -> new TransferEvent.Unknown(each.sequence(), lost))
                    .toList();
        }
    }

    final Transfer transfer(QueueRef source) throws BrokerException {
        return connection.transfer(new TransferPlan("job", source, PROFILE));
    }

    final GetResponse taken(QueueRef queue) {
        return rabbit.use("take", channel -> channel.basicGet(queue.name(), true));
    }

    final void send(String exchange, String key, BasicProperties properties) {
        var _ =
                rabbit.use(
                        "send",
                        channel -> {
                            var _ = channel.confirmSelect();
                            channel.basicPublish(exchange, key, properties, new byte[] {1, 2});
                            channel.waitForConfirmsOrDie(10_000);
                            return key;
                        });
    }

    /// Sends all messages of a queue on and takes them away, as a job does.
    final List<TransferEvent> move(QueueRef source, String destination) throws Exception {
        var letters = all(source);
        try (var transfer = transfer(source)) {
            var events = transfer.send(outgoing(letters, destination));
            connection.remove(
                    source,
                    letters.stream()
                            .filter(
                                    letter ->
                                            events.stream()
                                                    .allMatch(TransferEvent.Sent.class::isInstance))
                            .map(DeadLetter::id)
                            .toList());
            return events;
        }
    }
}
