package org.deadletteroffice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.deadletteroffice.fixtures.BrokerFixture;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.QueueSpec;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// What the rooms of the contract share: one broker and one connection for all tests of a class,
/// and a queue of its own for each test.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
abstract class ContractBase {
    static final String PROFILE = "contract";

    /// When the first of [#numbered] messages was sent; the others follow by the second.
    static final Instant FIRST = Instant.parse("2026-01-30T08:00:00Z");

    private static final AtomicInteger QUEUES = new AtomicInteger();

    BrokerFixture fixture;
    Connector connector;
    BrokerConnection connection;

    /// Starts the broker, or gives the one that runs for this test run already.
    protected abstract BrokerFixture start();

    /// Whether the broker does this; a connector's test denies what it does not.
    protected boolean has(Behavior behavior) {
        return true;
    }

    /// How many messages a long queue holds; fewer where the broker itself is slow.
    protected int longQueue() {
        return 100_000;
    }

    @BeforeAll
    final void connect() {
        fixture = start();
        connector =
                ServiceLoader.load(Connector.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(found -> found.kind().equals(fixture.kind()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no service " + fixture.kind()));
        connection = open(fixture.settings());
    }

    @AfterAll
    final void disconnect() {
        connection.close();
        fixture.close();
    }

    final BrokerConnection open(Settings settings) {
        return connector.open(PROFILE, settings);
    }

    final int mostPartitions() {
        return has(Behavior.PARTITIONS) ? 3 : 1;
    }

    /// Makes a queue for one test.
    final QueueRef newQueue(int partitions) {
        return newQueue(QueueSpec.of(newName(), partitions));
    }

    final QueueRef newQueue() {
        return newQueue(1);
    }

    final QueueRef newQueue(QueueSpec spec) {
        fixture.createQueue(spec);
        return ref(spec.name());
    }

    final String newName() {
        return "contract-"
                + ProcessHandle.current().pid()
                + "-"
                + QUEUES.incrementAndGet()
                + "-dlq"
                + nameEnding();
    }

    /// Where the end of a queue's name says what kind of queue it is.
    protected String nameEnding() {
        return "";
    }

    /// Whether a whole queue is read in the order in which it was written; else only that nothing
    /// is missing and nothing comes twice is promised.
    final boolean inOrder() {
        return has(Behavior.ORDERED) && has(Behavior.WHOLE_KEYS);
    }

    /// Exactly these, in this order where the broker keeps one.
    final <T> void assertHolds(List<T> found, List<T> expected) {
        if (inOrder()) {
            assertThat(found).isEqualTo(expected);
        } else {
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /// As [#assertHolds], for waiting.
    final boolean holds(List<String> found, List<String> expected) {
        return inOrder() ? found.equals(expected) : holdsAnyhow(found, expected);
    }

    /// Exactly these, in any order.
    static boolean holdsAnyhow(List<String> found, List<String> expected) {
        return found.stream().sorted().toList().equals(expected.stream().sorted().toList());
    }

    final QueueRef ref(String name) {
        return new QueueRef(PROFILE, name, fixture.queueKind());
    }

    /// A queue with `count` numbered messages spread over `partitions`.
    final QueueRef filled(int count, int partitions) {
        var queue = newQueue(partitions);
        fixture.seed(queue.name(), numbered(0, count, partitions));
        return queue;
    }

    /// `m-00000`, `m-00001`, … in turn over the partitions, a second apart, one key for each
    /// partition.
    final List<ForeignMessage> numbered(int from, int until, int partitions) {
        return IntStream.range(from, until)
                .mapToObj(
                        number -> {
                            var key = has(Behavior.WHOLE_KEYS) ? number % partitions : number;
                            var message =
                                    has(Behavior.KEYS)
                                            ? ForeignMessage.of("key-" + key, text(number))
                                            : ForeignMessage.of(text(number));
                            if (has(Behavior.PARTITIONS)) {
                                message = message.in(number % partitions);
                            }
                            return has(Behavior.TIMESTAMPS)
                                    ? message.at(FIRST.plusSeconds(number))
                                    : message;
                        })
                .toList();
    }

    static String text(int number) {
        return "m-%05d".formatted(number);
    }

    static List<String> texts(int from, int until) {
        return IntStream.range(from, until).mapToObj(ContractBase::text).toList();
    }

    static List<String> texts(List<DeadLetter> letters) {
        return letters.stream().map(letter -> content(letter).text()).toList();
    }

    static List<MessageId> ids(List<DeadLetter> letters) {
        return letters.stream().map(DeadLetter::id).toList();
    }

    static ForeignMessage content(DeadLetter letter) {
        return new ForeignMessage(
                null, letter.key(), letter.payload(), letter.headers(), letter.timestamp());
    }

    /// Fails at the first message whose bytes are not what was sent.
    final void assertSameContent(List<ForeignMessage> found, List<ForeignMessage> sent) {
        assertThat(found).hasSameSizeAs(sent);
        var these = inOrder() ? found : found.stream().sorted(BY_CONTENT).toList();
        var those = inOrder() ? sent : sent.stream().sorted(BY_CONTENT).toList();
        for (var index = 0; index < those.size(); index++) {
            var one = those.get(index);
            var other = these.get(index);
            if (one.key() != null || has(Behavior.OPTIONAL_KEYS)) {
                assertThat(other.key()).as("key of %d", index).isEqualTo(one.key());
            }
            assertThat(other.payload()).as("payload of %d", index).isEqualTo(one.payload());
            var headers = assertThat(other.headers()).as("headers of %d", index);
            if (has(Behavior.HEADER_ORDER)) {
                headers.isEqualTo(one.headers());
            } else {
                headers.containsExactlyInAnyOrderElementsOf(one.headers());
            }
        }
    }

    private static final Comparator<ForeignMessage> BY_CONTENT =
            Comparator.comparing((ForeignMessage message) -> message.payload(), Arrays::compare)
                    .thenComparing(message -> message.headers().toString())
                    .thenComparing((ForeignMessage message) -> message.key(), Arrays::compare);

    /// What lies in the queue as a foreign client sees it, as text.
    final List<String> peekTexts(QueueRef queue) {
        return fixture.peek(queue.name()).stream().map(ForeignMessage::text).toList();
    }

    /// Everything between two places, as one list.
    final List<DeadLetter> scan(QueueRef queue, Cursor from, Cursor until) throws BrokerException {
        var found = new ArrayList<DeadLetter>();
        try (var scan = connection.scan(queue, from, until)) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                assertThat(batch.get().messages()).isNotEmpty();
                found.addAll(batch.get().messages());
            }
        }
        return found;
    }

    final List<DeadLetter> all(QueueRef queue) throws BrokerException {
        return scan(queue, Cursor.oldest(), Cursor.newest());
    }

    /// What happens between two pages.
    interface Meanwhile {
        void happens(int page);
    }

    /// Pages until the end is reached.
    static List<DeadLetter> page(
            Browse browse, Cursor from, Direction direction, int limit, Meanwhile meanwhile)
            throws BrokerException {
        var found = new ArrayList<DeadLetter>();
        var cursor = from;
        for (var number = 1; ; number++) {
            var page = browse.page(cursor, direction, limit);
            assertThat(page.messages()).hasSizeLessThanOrEqualTo(limit);
            found.addAll(page.messages());
            if (page.atEnd()) {
                return found;
            }
            cursor =
                    switch (direction) {
                        case OLDER -> page.older();
                        case NEWER -> page.newer();
                    };
            meanwhile.happens(number);
        }
    }

    final List<DeadLetter> page(QueueRef queue, Cursor from, Direction direction, int limit)
            throws BrokerException {
        try (var browse = connection.browse(queue)) {
            return page(browse, from, direction, limit, _ -> {});
        }
    }
}
