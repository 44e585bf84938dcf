package org.deadletteroffice.demo.rabbit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deadletteroffice.core.cause.Causes;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.deadletteroffice.rabbitmq.RabbitConnector;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.rabbit.config.RetryInterceptorBuilder;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.rabbit.retry.MessageRecoverer;
import org.springframework.amqp.rabbit.retry.RejectAndDontRequeueRecoverer;
import org.springframework.amqp.rabbit.retry.RepublishMessageRecoverer;

/// What Spring AMQP itself makes of a message that its listener fails on, read and sent back.
@Timeout(180)
final class SpringAmqpTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String ORDERS = "shop.orders";
    private static final String DEAD = "shop.orders.dead";
    private static final String EXCHANGE = "shop";
    private static final String KEY = "orders.eu";

    /// Why the listener fails.
    private static final class NoSuchCustomer extends RuntimeException {
        NoSuchCustomer() {
            super("no such customer: 7");
        }
    }

    interface Recoverer {
        MessageRecoverer of(RabbitTemplate template);
    }

    /// Lets a listener fail on one message, and waits for that to be dead.
    private static void fail(RabbitFixture rabbit, Recoverer recoverer) {
        rabbit.createQueue(DEAD, Map.of());
        rabbit.createQueue(
                ORDERS, Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", DEAD));
        var factory = new CachingConnectionFactory("127.0.0.1", rabbit.broker().port());
        factory.setUsername(RabbitBroker.ADMIN);
        factory.setPassword(RabbitBroker.PASSWORD);
        var listener = new SimpleMessageListenerContainer(factory);
        try {
            listener.setQueueNames(ORDERS);
            MessageListener fails =
                    _ -> {
                        throw new NoSuchCustomer();
                    };
            listener.setMessageListener(fails);
            listener.setAdviceChain(
                    RetryInterceptorBuilder.stateless()
                            .maxRetries(0)
                            .recoverer(recoverer.of(new RabbitTemplate(factory)))
                            .build());
            listener.afterPropertiesSet();
            listener.start();
            publish(rabbit);
            await().atMost(PATIENCE).until(() -> count(rabbit, DEAD) == 1);
        } finally {
            listener.destroy();
            factory.destroy();
        }
    }

    private static void publish(RabbitFixture rabbit) {
        var _ =
                rabbit.use(
                        "publish",
                        channel -> {
                            var _ = channel.exchangeDeclare(EXCHANGE, "topic");
                            var _ = channel.queueBind(ORDERS, EXCHANGE, "orders.*");
                            channel.basicPublish(
                                    EXCHANGE,
                                    KEY,
                                    new BasicProperties.Builder()
                                            .contentType("application/json")
                                            .headers(Map.of("tenant", "eu"))
                                            .build(),
                                    "{\"customer\":7}".getBytes(UTF_8));
                            return KEY;
                        });
    }

    private static long count(RabbitFixture rabbit, String queue) {
        return rabbit.use("count", channel -> channel.messageCount(queue));
    }

    private static QueueRef dead() {
        return new QueueRef("local", DEAD, QueueKind.QUEUE);
    }

    /// Reads the one dead letter, sends it where it says that it came from, and takes it away.
    private static DeadLetter sentBack(RabbitFixture rabbit, String origin) throws Exception {
        try (var connection = new RabbitConnector().open("local", rabbit.directSettings());
                var browse = connection.browse(dead());
                var transfer = connection.transfer(new TransferPlan("job", dead(), "local"))) {
            var letters = browse.page(Cursor.oldest(), Direction.NEWER, 10).messages();
            assertThat(letters).hasSize(1);
            var letter = letters.getFirst();
            var read = Causes.standard().read(letter).origin().queue();
            assertThat(read).isEqualTo(origin);
            var sent =
                    transfer.send(
                            List.of(
                                    new Outgoing(
                                            0,
                                            letter,
                                            Objects.requireNonNull(read),
                                            null,
                                            null,
                                            letter.payload(),
                                            letter.headers(),
                                            null)));
            assertThat(sent).singleElement().isInstanceOf(TransferEvent.Sent.class);
            assertThat(connection.remove(dead(), List.of(letter.id()))).hasSize(1);
            return letter;
        }
    }

    /// From 4.1 on Spring sends the stack trace only where it is told to, and the type stands in
    /// that alone.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void republished_message_tells_its_exception_and_goes_back_through_its_exchange(
            boolean withTrace) throws Exception {
        try (var rabbit = RabbitFixture.start(RabbitFixture.Type.CLASSIC)) {
            fail(
                    rabbit,
                    template ->
                            new RepublishMessageRecoverer(template, "", DEAD)
                                    .includeStackTrace(withTrace));

            var failure =
                    Causes.standard().read(sentBack(rabbit, "exchange:" + EXCHANGE + '/' + KEY));

            assertThat(failure.reader()).isEqualTo("Spring AMQP");
            assertThat(failure.message()).isEqualTo("no such customer: 7");
            if (withTrace) {
                assertThat(failure.type()).isEqualTo(NoSuchCustomer.class.getName());
                assertThat(failure.stackTrace())
                        .contains(
                                "ListenerExecutionFailedException", SpringAmqpTest.class.getName());
            } else {
                assertThat(failure.type()).isNull();
                assertThat(failure.stackTrace()).isNull();
            }
            assertThat(count(rabbit, ORDERS)).isEqualTo(1);
            assertThat(count(rabbit, DEAD)).isZero();
            var back = rabbit.use("take", channel -> channel.basicGet(ORDERS, true));
            assertThat(back.getEnvelope().getExchange()).isEqualTo(EXCHANGE);
            assertThat(back.getEnvelope().getRoutingKey()).isEqualTo(KEY);
            assertThat(back.getProps().getContentType()).isEqualTo("application/json");
            assertThat(back.getProps().getHeaders())
                    .containsKey("tenant")
                    .containsKeys(RepublishMessageRecoverer.X_EXCEPTION_MESSAGE);
        }
    }

    @Test
    void rejected_message_tells_the_queue_that_rejected_it() throws Exception {
        try (var rabbit = RabbitFixture.start(RabbitFixture.Type.CLASSIC)) {
            fail(rabbit, _ -> new RejectAndDontRequeueRecoverer());

            var failure = Causes.standard().read(sentBack(rabbit, ORDERS));

            assertThat(failure.reader()).isEqualTo("RabbitMQ");
            assertThat(failure.message()).isEqualTo("Rejected by a consumer of " + ORDERS);
            assertThat(failure.tries()).isEqualTo(1);
            assertThat(count(rabbit, ORDERS)).isEqualTo(1);
        }
    }
}
