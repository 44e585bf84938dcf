package org.deadletteroffice.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.QueueSpec;
import org.deadletteroffice.fixtures.sqs.SqsFixture;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Settings;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// Tests of one connection to ElasticMQ, which runs for all of a class.
abstract class OnElasticMq {
    private static final AtomicInteger QUEUES = new AtomicInteger();
    static SqsFixture fixture;
    BrokerConnection connection;

    @BeforeAll
    static void startElasticMq() {
        fixture = SqsFixture.start();
    }

    @AfterAll
    static void stopElasticMq() {
        fixture.close();
    }

    @BeforeEach
    final void connect() {
        connection = open(fixture.settings().values());
    }

    @AfterEach
    final void disconnect() {
        connection.close();
    }

    static BrokerConnection open(Map<String, String> values) {
        return new SqsConnector()
                .open("quirks", new Settings(values, fixture.settings().secrets()));
    }

    static QueueRef queue(String ending) {
        var name = "quirk-" + QUEUES.incrementAndGet() + ending;
        fixture.createQueue(QueueSpec.of(name));
        return ref(name);
    }

    static QueueRef ref(String name) {
        return new QueueRef("quirks", name, QueueKind.QUEUE);
    }

    static String url(QueueRef queue) {
        return fixture.client().getQueueUrl(r -> r.queueName(queue.name())).queueUrl();
    }

    final List<DeadLetter> all(QueueRef queue) throws BrokerException {
        var letters = new ArrayList<DeadLetter>();
        try (var scan = connection.scan(queue, Cursor.oldest(), Cursor.newest())) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                letters.addAll(batch.get().messages());
            }
        }
        return letters;
    }

    static Outgoing outgoing(long sequence, DeadLetter letter, QueueRef to) {
        return new Outgoing(
                sequence,
                letter,
                to.name(),
                null,
                letter.key(),
                letter.payload(),
                letter.headers(),
                null);
    }

    final List<TransferEvent> send(List<Outgoing> batch, QueueRef source) throws BrokerException {
        try (var transfer =
                connection.transfer(
                        new TransferPlan("job-" + QUEUES.incrementAndGet(), source, "quirks"))) {
            return transfer.send(batch);
        }
    }

    static String text(DeadLetter letter) {
        return new String(letter.payload(), UTF_8);
    }

    static QueueRef source(QueueRef deadLetters, int maxReceives) {
        var name = "quirk-" + QUEUES.incrementAndGet();
        fixture.createSource(name, deadLetters.name(), maxReceives);
        return ref(name);
    }

    static void die(QueueRef source, QueueRef deadLetters, String... texts) {
        fixture.seed(source.name(), Arrays.stream(texts).map(ForeignMessage::of).toList());
        var url = url(source);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            fixture.client()
                                    .receiveMessage(
                                            r ->
                                                    r.queueUrl(url)
                                                            .maxNumberOfMessages(10)
                                                            .visibilityTimeout(0));
                            return fixture.peek(deadLetters.name()).size() == texts.length;
                        });
    }
}
