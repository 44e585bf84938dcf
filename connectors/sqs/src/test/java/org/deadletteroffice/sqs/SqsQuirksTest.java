package org.deadletteroffice.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.QueueSpec;
import org.deadletteroffice.fixtures.sqs.AwsFaults;
import org.deadletteroffice.fixtures.sqs.SqsFixture;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus.State;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.message.QueueRole;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One test for each oddity of SQS, against ElasticMQ.
class SqsQuirksTest {
    private static final AtomicInteger QUEUES = new AtomicInteger();
    private static SqsFixture fixture;
    private BrokerConnection connection;

    @BeforeAll
    static void start() {
        fixture = SqsFixture.start();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void open() {
        connection = open(fixture.settings().values());
    }

    @AfterEach
    void close() {
        connection.close();
    }

    private static BrokerConnection open(Map<String, String> values) {
        return new SqsConnector()
                .open(
                        "quirks",
                        new org.deadletteroffice.spi.profile.Settings(
                                values, fixture.settings().secrets()));
    }

    private static QueueRef queue(String ending) {
        var name = "quirk-" + QUEUES.incrementAndGet() + ending;
        fixture.createQueue(QueueSpec.of(name));
        return ref(name);
    }

    private static QueueRef ref(String name) {
        return new QueueRef("quirks", name, QueueKind.QUEUE);
    }

    private List<DeadLetter> all(QueueRef queue) throws BrokerException {
        var letters = new ArrayList<DeadLetter>();
        try (var scan = connection.scan(queue, Cursor.oldest(), Cursor.newest())) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                letters.addAll(batch.get().messages());
            }
        }
        return letters;
    }

    private static Outgoing outgoing(long sequence, DeadLetter letter, QueueRef to) {
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

    private static String text(DeadLetter letter) {
        return new String(letter.payload(), UTF_8);
    }

    private static QueueRef source(QueueRef deadLetters, int maxReceives) {
        var name = "quirk-" + QUEUES.incrementAndGet();
        fixture.createSource(name, deadLetters.name(), maxReceives);
        return ref(name);
    }

    private void die(QueueRef source, QueueRef deadLetters, String... texts) {
        fixture.seed(
                source.name(),
                IntStream.range(0, texts.length)
                        .mapToObj(i -> ForeignMessage.of(texts[i]))
                        .toList());
        var url = fixture.client().getQueueUrl(r -> r.queueName(source.name())).queueUrl();
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

    @Test
    void redrive_policies_tell_what_feeds_a_queue_and_messages_where_they_died() throws Exception {
        var deadLetters = queue("-dead");
        var source = source(deadLetters, 1);
        die(source, deadLetters, "a", "b");

        var info = connection.queue(deadLetters);
        var listed =
                connection.queues().stream()
                        .filter(one -> one.ref().equals(deadLetters))
                        .findFirst()
                        .orElseThrow();

        assertThat(info.role()).isEqualTo(QueueRole.DEAD_LETTER);
        assertThat(info.feeds()).containsExactly(source.name());
        assertThat(listed.feeds()).containsExactly(source.name());
        assertThat(listed.role()).isEqualTo(QueueRole.DEAD_LETTER);
        assertThat(connection.queue(source).role()).isEqualTo(QueueRole.SOURCE);
        assertThat(all(deadLetters))
                .hasSize(2)
                .allSatisfy(
                        letter -> {
                            assertThat(letter.failure().origin().queue()).isEqualTo(source.name());
                            assertThat(letter.failure().reader()).isEqualTo("Amazon SQS");
                        });
    }

    @Test
    void data_types_of_attributes_survive_a_redrive() throws Exception {
        var source = queue("");
        var target = queue("");
        var url = fixture.client().getQueueUrl(r -> r.queueName(source.name())).queueUrl();
        fixture.client()
                .sendMessage(
                        r ->
                                r.queueUrl(url)
                                        .messageBody("typed")
                                        .messageAttributes(
                                                Map.of(
                                                        "price",
                                                        value("Number", "12.50"),
                                                        "kind",
                                                        value("String.order", "x"),
                                                        "plain",
                                                        value("String", "y"))));
        var letter = all(source).getFirst();

        assertThat(letter.headers().all())
                .containsExactly(
                        Header.of("kind:String.order", "x"),
                        Header.of("plain", "y"),
                        Header.of("price:Number", "12.50"));

        send(List.of(outgoing(0, letter, target)), source);
        assertThat(all(target).getFirst().headers()).isEqualTo(letter.headers());
    }

    private static software.amazon.awssdk.services.sqs.model.MessageAttributeValue value(
            String type, String text) {
        return software.amazon.awssdk.services.sqs.model.MessageAttributeValue.builder()
                .dataType(type)
                .stringValue(text)
                .build();
    }

    private List<TransferEvent> send(List<Outgoing> batch, QueueRef source) throws BrokerException {
        try (var transfer =
                connection.transfer(
                        new TransferPlan("job-" + QUEUES.incrementAndGet(), source, "quirks"))) {
            return transfer.send(batch);
        }
    }

    @Test
    void marks_of_the_redrive_give_way_to_ten_attributes_of_the_original() throws Exception {
        var source = queue("");
        var target = queue("");
        var own = IntStream.range(0, 9).mapToObj(i -> Header.of("a" + i, "v")).toList();
        fixture.seed(source.name(), List.of(ForeignMessage.of("full").with(new Headers(own))));
        var letter = all(source).getFirst();
        var marks =
                List.of(
                        Header.of("x-redrive-id", "j-1"),
                        Header.of("x-redrive-job", "j"),
                        Header.of("x-redrive-count", "1"));
        var full =
                new Outgoing(
                        0,
                        letter,
                        target.name(),
                        null,
                        null,
                        letter.payload(),
                        letter.headers().plus(marks),
                        null);

        assertThat(send(List.of(full), source).getFirst()).isInstanceOf(TransferEvent.Sent.class);
        assertThat(all(target).getFirst().headers())
                .isEqualTo(new Headers(own).plus(List.of(marks.getFirst())));
    }

    @Test
    void what_is_looked_at_is_hidden_and_given_back_at_once_when_the_view_is_left()
            throws Exception {
        var queue = queue("");
        fixture.seed(queue.name(), List.of(ForeignMessage.of("1"), ForeignMessage.of("2")));
        try (var browse = connection.browse(queue)) {
            assertThat(browse.page(Cursor.oldest(), Direction.NEWER, 10).messages()).hasSize(2);
            assertThat(fixture.peek(queue.name())).isEmpty();
        }
        assertThat(fixture.peek(queue.name())).hasSize(2);
    }

    @Test
    void what_is_held_longer_than_the_visibility_timeout_is_extended() throws Exception {
        var queue = queue("");
        fixture.seed(queue.name(), List.of(ForeignMessage.of("held")));
        var values = new java.util.HashMap<>(fixture.settings().values());
        values.put("visibility", "10s");
        try (var patient = open(values);
                var browse = patient.browse(queue)) {
            browse.page(Cursor.oldest(), Direction.NEWER, 10);
            Awaitility.await()
                    .during(Duration.ofSeconds(13))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> fixture.peek(queue.name()).isEmpty());
        }
        assertThat(fixture.peek(queue.name())).hasSize(1);
    }

    @Test
    void two_visits_share_what_is_held() throws Exception {
        var queue = queue("");
        fixture.seed(queue.name(), List.of(ForeignMessage.of("1"), ForeignMessage.of("2")));
        try (var one = connection.browse(queue);
                var other = connection.browse(queue)) {
            var first = one.page(Cursor.oldest(), Direction.NEWER, 10).messages();
            var second = other.page(Cursor.oldest(), Direction.NEWER, 10).messages();

            assertThat(second).isEqualTo(first);
            assertThat(second).allMatch(letter -> Integer.valueOf(1).equals(letter.deliveries()));
            assertThat(connection.fetch(queue, List.of(first.getFirst().id()))).hasSize(1);
        }
    }

    @Test
    void dead_letter_queue_with_a_redrive_policy_is_not_opened_past_its_limit() throws Exception {
        var behind = queue("-behind");
        var queue = source(behind, 2);
        fixture.seed(queue.name(), List.of(ForeignMessage.of("fragile")));

        assertThat(connection.capabilities(queue).observerEffect())
                .isEqualTo(new ObserverEffect.HidesAndCounts(Duration.ofSeconds(45), 2));
        all(queue);
        all(queue);

        assertThatThrownBy(() -> connection.browse(queue))
                .isInstanceOf(BrokerException.Unsupported.class)
                .hasMessageContaining(behind.name());
        assertThatThrownBy(() -> all(queue)).isInstanceOf(BrokerException.Unsupported.class);
        assertThat(fixture.peek(behind.name())).isEmpty();
    }

    @Test
    void second_send_of_the_same_redrive_is_dropped_by_a_fifo_queue() throws Exception {
        var source = queue("");
        var target = queue(".fifo");
        fixture.seed(source.name(), List.of(ForeignMessage.of("once")));
        var letter = all(source).getFirst();
        var outgoing =
                new Outgoing(
                        0,
                        letter,
                        target.name(),
                        null,
                        null,
                        letter.payload(),
                        Headers.of(Header.of("x-redrive-id", "job-7")),
                        null);
        send(List.of(outgoing), source);
        send(List.of(outgoing), source);

        assertThat(fixture.peek(target.name())).hasSize(1);
        assertThat(all(target).getFirst().key()).isNotNull();
    }

    @Test
    void a_group_goes_from_a_fifo_queue_to_a_standard_one_and_back() throws Exception {
        var fifo = queue(".fifo");
        var standard = queue("");
        var back = queue(".fifo");
        fixture.seed(
                fifo.name(),
                List.of(
                        ForeignMessage.of("customer-7", "1"),
                        ForeignMessage.of("customer-7", "2")));

        pass(fifo, standard);
        assertThat(fixture.peek(standard.name()))
                .allMatch(message -> "customer-7".equals(new String(message.key(), UTF_8)));
        pass(standard, back);

        assertThat(fixture.peek(back.name()))
                .extracting(message -> new String(message.key(), UTF_8) + " " + message.text())
                .containsExactly("customer-7 1", "customer-7 2");
    }

    private void pass(QueueRef from, QueueRef to) throws BrokerException {
        var letters = all(from);
        letters.sort(Comparator.comparing(SqsQuirksTest::text));
        send(
                IntStream.range(0, letters.size())
                        .mapToObj(i -> outgoing(i, letters.get(i), to))
                        .toList(),
                from);
    }

    @Test
    void a_group_that_is_longer_than_a_look_is_read_to_its_end_while_it_is_removed()
            throws Exception {
        var source = queue(".fifo");
        var target = queue(".fifo");
        var texts = IntStream.range(0, 45).mapToObj("%02d"::formatted).toList();
        fixture.seed(
                source.name(), texts.stream().map(t -> ForeignMessage.of("group", t)).toList());
        var sequence = 0L;
        try (var transfer = connection.transfer(new TransferPlan("group-job", source, "quirks"));
                var scan = connection.scan(source, Cursor.oldest(), Cursor.newest())) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                var outgoing = new ArrayList<Outgoing>();
                for (var letter : batch.get().messages()) {
                    outgoing.add(outgoing(sequence++, letter, target));
                }
                assertThat(transfer.send(outgoing))
                        .allMatch(event -> event instanceof TransferEvent.Sent);
                connection.remove(
                        source, batch.get().messages().stream().map(DeadLetter::id).toList());
            }
        }
        assertThat(fixture.peek(source.name())).isEmpty();
        var arrived = new ArrayList<String>();
        for (var taken = 0; taken < 5; taken++) {
            fixture.peek(target.name()).forEach(message -> arrived.add(message.text()));
            fixture.consume(target.name(), "reader", 10);
        }
        assertThat(arrived).isEqualTo(texts);
    }

    @Test
    void sqs_moves_a_dead_letter_queue_by_itself_and_back_to_its_source() throws Exception {
        var deadLetters = queue("-dead");
        var source = source(deadLetters, 1);
        die(source, deadLetters, "a", "b", "c");
        var mover = connection.serverSideMover().orElseThrow();

        assertThat(connection.capabilities(deadLetters).moveOnServer()).isTrue();
        var handle = mover.start(deadLetters, null, null);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> mover.status(handle).state() == State.DONE);

        assertThat(mover.status(handle).moved()).isEqualTo(3);
        assertThat(fixture.peek(deadLetters.name())).isEmpty();
        assertThat(fixture.peek(source.name())).hasSize(3);
    }

    @Test
    void move_that_is_cancelled_leaves_the_rest() throws Exception {
        var deadLetters = queue("-dead");
        var source = source(deadLetters, 1);
        fixture.seed(
                deadLetters.name(),
                IntStream.range(0, 40).mapToObj(i -> ForeignMessage.of("m" + i)).toList());
        var mover = connection.serverSideMover().orElseThrow();

        var handle = mover.start(deadLetters, source, 10);
        Awaitility.await().until(() -> mover.status(handle).moved() > 0);
        mover.cancel(handle);
        Awaitility.await().until(() -> mover.status(handle).state() == State.CANCELLED);

        var moved = fixture.peek(source.name()).size();
        assertThat(moved).isPositive().isLessThan(40);
        assertThat(fixture.peek(deadLetters.name())).hasSize(40 - moved);
    }

    @Test
    void place_of_another_process_is_refused_for_a_page_and_taken_for_the_start_by_a_scan()
            throws Exception {
        var queue = queue("");
        fixture.seed(queue.name(), List.of(ForeignMessage.of("1"), ForeignMessage.of("2")));
        Cursor place;
        try (var browse = connection.browse(queue)) {
            place = browse.page(Cursor.oldest(), Direction.NEWER, 1).newer();
        }
        try (var other = open(fixture.settings().values())) {
            try (var browse = other.browse(queue)) {
                assertThatThrownBy(() -> browse.page(place, Direction.NEWER, 1))
                        .isInstanceOf(BrokerException.Gone.class);
            }
            try (var scan = other.scan(queue, place, Cursor.newest())) {
                assertThat(scan.next().orElseThrow().messages())
                        .extracting(SqsQuirksTest::text)
                        .containsExactlyInAnyOrder("1", "2");
            }
        }
    }

    @Test
    void what_another_reader_hides_is_not_taken_for_removed() throws Exception {
        var queue = queue("");
        fixture.seed(queue.name(), List.of(ForeignMessage.of("shared")));
        var id = all(queue).getFirst().id();
        var url = fixture.client().getQueueUrl(r -> r.queueName(queue.name())).queueUrl();
        fixture.client().receiveMessage(r -> r.queueUrl(url).visibilityTimeout(60));

        assertThatThrownBy(() -> connection.remove(queue, List.of(id)))
                .isInstanceOf(BrokerException.Throttled.class)
                .hasMessageContaining("another reader");
    }

    @Test
    void what_a_rehearsal_held_is_not_taken_for_another_readers_while_counts_are_late()
            throws Exception {
        var queue = queue("");
        fixture.seed(
                queue.name(),
                IntStream.range(0, 20).mapToObj(i -> ForeignMessage.of("m" + i)).toList());
        try (var aws = new AwsFaults(fixture.endpoint())) {
            aws.countLate(Duration.ofSeconds(3));
            var values = new java.util.HashMap<>(fixture.settings().values());
            values.put("endpoint", aws.endpoint().toString());
            try (var late = open(values)) {
                try (var rehearsal = late.browse(queue)) {
                    assertThat(rehearsal.page(Cursor.oldest(), Direction.NEWER, 50).messages())
                            .hasSize(20);
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(30))
                            .until(() -> hidden(late, queue) == 20);
                }
                assertThat(hidden(late, queue)).as("told late").isEqualTo(20);
                try (var job = late.transfer(new TransferPlan("late-job", queue, "quirks"));
                        var scan = late.scan(queue, Cursor.oldest(), Cursor.newest())) {
                    for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                        late.remove(
                                queue,
                                batch.get().messages().stream().map(DeadLetter::id).toList());
                    }
                    assertThat(hidden(late, queue)).as("told late").isEqualTo(20);
                    assertThat(job.guarantee().name()).isEqualTo("AT_LEAST_ONCE");
                }
            }
        }
        assertThat(fixture.depth(queue.name())).isZero();
    }

    private static long hidden(BrokerConnection connection, QueueRef queue) throws BrokerException {
        return Objects.requireNonNull(connection.queue(queue).shares()).held();
    }

    @Test
    void everything_is_purged_by_sqs_itself() throws Exception {
        var queue = queue("");
        fixture.seed(queue.name(), List.of(ForeignMessage.of("1"), ForeignMessage.of("2")));

        connection.purge(queue, Cursor.newest());

        assertThat(fixture.peek(queue.name())).isEmpty();
    }
}
