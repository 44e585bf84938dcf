package org.deadletteroffice.core.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.deadletteroffice.core.browse.MessageView.Fate;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryConnector;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.memory.SampleDeadLetters;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final MemoryBroker broker = MemoryBroker.named("messages-" + UUID.randomUUID());
    private final BrokerConnection connection =
            new MemoryConnector().open("test", broker.settings());
    private final KnownFates fates = new KnownFates();
    private final Messages messages = new Messages(_ -> connection, fates);

    @AfterEach
    void stop() {
        connection.close();
        broker.close();
    }

    /// A ledger of what a test says.
    private static class KnownFates implements Fates {
        final Map<MessageId, Fate> known = new HashMap<>();
        final AtomicInteger pages = new AtomicInteger();

        @Override
        public Map<MessageId, Fate> of(QueueRef queue, String identity, List<DeadLetter> letters) {
            pages.incrementAndGet();
            var found = new HashMap<MessageId, Fate>();
            for (var letter : letters) {
                var fate = known.get(letter.id());
                if (fate != null) {
                    found.put(letter.id(), fate);
                }
            }
            return found;
        }
    }

    @Test
    void pages_back_from_the_newest_without_gap_or_repeat() throws Exception {
        broker.createLog("dlq", 3).send("dlq", numbered(100));

        assertThat(walk("dlq", Direction.OLDER, Cursor.newest(), Filter.all(), 7))
                .isEqualTo(IntStream.iterate(99, n -> n >= 0, n -> n - 1).boxed().toList());
    }

    @Test
    void a_queue_of_which_nearly_all_is_resolved_is_passed_in_few_pages() throws Exception {
        broker.createLog("dlq", 1).send("dlq", numbered(5_000));
        broker.messages("dlq").stream()
                .skip(2)
                .forEach(letter -> fates.known.put(letter.id(), new Fate(true, "job-1", 0)));

        var page = messages.browse(BrowseRequest.newest(ref("dlq"), 50));

        assertThat(numbers(page)).containsExactly(1, 0);
        assertThat(page.atEnd()).isTrue();
        assertThat(page.completeness().read()).isEqualTo(5_000);
        assertThat(fates.pages).as("a hundred pages of fifty before").hasValueLessThan(12);
    }

    @Test
    void a_filtered_page_stops_at_its_limit_and_the_next_goes_on_there() throws Exception {
        broker.createLog("dlq", 3).send("dlq", numbered(1_000));
        var third = Filter.parse("payload.n % 3 == 0");

        assertThat(walk("dlq", Direction.NEWER, Cursor.oldest(), third, 10))
                .isEqualTo(IntStream.range(0, 1_000).filter(n -> n % 3 == 0).boxed().toList());
        assertThat(walk("dlq", Direction.OLDER, Cursor.newest(), third, 10))
                .isEqualTo(IntStream.iterate(999, n -> n >= 0, n -> n - 3).boxed().toList());
    }

    @Property(tries = 60)
    void any_filter_and_limit_pages_through_everything(
            @ForAll @IntRange(max = 600) int size,
            @ForAll @IntRange(min = 1, max = 40) int step,
            @ForAll @IntRange(min = 1, max = 300) int limit,
            @ForAll Direction direction)
            throws Exception {
        var queue = "dlq-" + UUID.randomUUID();
        broker.createLog(queue, 2).send(queue, numbered(size));
        var expected =
                new ArrayList<>(
                        IntStream.range(0, size).filter(n -> n % step == 0).boxed().toList());
        var older = direction == Direction.OLDER;

        var seen =
                walk(
                        queue,
                        direction,
                        older ? Cursor.newest() : Cursor.oldest(),
                        Filter.parse("payload.n % " + step + " == 0"),
                        limit);

        assertThat(seen).isEqualTo(older ? expected.reversed() : expected);
        broker.delete(queue);
    }

    @Test
    void says_that_it_stopped_before_the_end_and_why() throws Exception {
        broker.createLog("dlq").send("dlq", numbered(500));

        var limited = messages.browse(BrowseRequest.newest(ref("dlq"), 50));
        var rare =
                messages.browse(
                        request(
                                "dlq",
                                Cursor.newest(),
                                Direction.OLDER,
                                50,
                                Filter.parse("payload.n == 3"),
                                400));
        var whole = messages.browse(BrowseRequest.newest(ref("dlq"), 500));

        assertThat(limited.completeness().complete()).isFalse();
        assertThat(limited.completeness().sentence()).contains("50 messages that match");
        assertThat(limited.completeness().total()).isEqualTo(Count.exact(500));
        assertThat(limited.atEnd()).isFalse();
        assertThat(rare.messages()).isEmpty();
        assertThat(rare.completeness().read()).isEqualTo(400);
        assertThat(rare.completeness().sentence()).contains("after reading 400");
        assertThat(whole.completeness().complete()).isTrue();
        assertThat(whole.completeness().sentence()).isEmpty();
        assertThat(whole.completeness().matched()).isEqualTo(500);
    }

    @Test
    void hides_what_was_redriven_unless_asked_for() throws Exception {
        broker.createLog("dlq").send("dlq", numbered(10));
        resolve("dlq", 4);

        var page = messages.browse(BrowseRequest.newest(ref("dlq"), 8));
        var all = messages.browse(withResolved("dlq", 10));

        assertThat(numbers(page)).containsExactly(9, 8, 7, 6, 5, 4);
        assertThat(all.messages()).hasSize(10);
        assertThat(all.messages().getLast().fate().resolved()).isTrue();
    }

    @Test
    void finds_by_id_what_still_exists() throws Exception {
        broker.createLog("dlq").send("dlq", numbered(5));
        var ids = new ArrayList<>(broker.messages("dlq").stream().map(DeadLetter::id).toList());
        ids.add(new MessageId("0-999"));

        assertThat(messages.find(ref("dlq"), ids)).hasSize(5);
        assertThat(messages.find(ref("dlq"), new MessageId("0-999"))).isEmpty();
        assertThat(messages.find(ref("dlq"), ids.getFirst()).orElseThrow().decoded().format())
                .isEqualTo("json");
    }

    @Test
    void groups_by_cause_with_counts_origins_and_trend() throws Exception {
        SampleDeadLetters.fill(broker, 400);

        var groups = groups(SampleDeadLetters.ORDERS_DLT);

        assertThat(groups.completeness().complete()).isTrue();
        assertThat(groups.completeness().read()).isEqualTo(400);
        assertThat(groups.groups()).hasSize(2);
        var largest = groups.groups().getFirst();
        assertThat(largest.type()).isEqualTo("com.example.shop.OutOfStockException");
        assertThat(largest.count()).isEqualTo(300);
        assertThat(largest.origins()).containsExactly("orders");
        assertThat(largest.trend()).hasSize(24);
        assertThat(largest.trend().stream().mapToLong(Long::longValue).sum()).isEqualTo(300);
        assertThat(largest.returnedShare()).isNull();
        var sample =
                messages.find(ref(SampleDeadLetters.ORDERS_DLT), largest.sample()).orElseThrow();
        assertThat(sample.fingerprint()).isEqualTo(largest.fingerprint());
        assertThat(sample.failure().message()).isEqualTo(largest.message());
    }

    @Test
    void lists_the_messages_of_a_group() throws Exception {
        SampleDeadLetters.fill(broker, 40);
        var group = groups(SampleDeadLetters.ORDERS_DLT).groups().getLast();

        var page =
                messages.browse(
                        new BrowseRequest(
                                ref(SampleDeadLetters.ORDERS_DLT),
                                Cursor.newest(),
                                Direction.OLDER,
                                1_000,
                                Filter.all(),
                                group.fingerprint(),
                                false,
                                1_000_000));

        assertThat(page.messages()).hasSize((int) group.count());
        assertThat(page.messages())
                .allMatch(view -> view.fingerprint().equals(group.fingerprint()));
        assertThat(count(SampleDeadLetters.ORDERS_DLT, group.fingerprint()))
                .isEqualTo(group.count());
    }

    @Test
    void the_second_look_reads_only_what_is_new() throws Exception {
        broker.createLog("dlq").send("dlq", numbered(300));
        groups("dlq");
        broker.send("dlq", numbered(20));
        broker.faults().answerTwice();

        var again = groups("dlq");

        assertThat(again.groups().getFirst().count()).isEqualTo(320);
        assertThat(again.completeness().read()).isEqualTo(320);
    }

    @Test
    void forgets_what_was_removed_or_made_anew() throws Exception {
        broker.createQueue("dlq").send("dlq", numbered(30));
        assertThat(groups("dlq").groups().getFirst().count()).isEqualTo(30);

        connection.remove(
                ref("dlq"), broker.messages("dlq").stream().limit(10).map(DeadLetter::id).toList());
        assertThat(groups("dlq").groups().getFirst().count()).isEqualTo(20);

        broker.delete("dlq");
        broker.createQueue("dlq").send("dlq", numbered(3));
        assertThat(groups("dlq").groups().getFirst().count()).isEqualTo(3);
    }

    @Test
    void groups_follow_the_ledger_without_reading_the_queue_again() throws Exception {
        broker.createLog("dlq").send("dlq", numbered(10));
        assertThat(groups("dlq").groups().getFirst().count()).isEqualTo(10);

        resolve("dlq", 4);

        var group = groups("dlq").groups().getFirst();
        assertThat(group.count()).isEqualTo(6);
        assertThat(group.returnedShare()).isZero();
        assertThat(
                        messages.groups(ref("dlq"), Filter.all(), true, _ -> {})
                                .groups()
                                .getFirst()
                                .count())
                .isEqualTo(10);
    }

    @Test
    void counts_what_came_back_and_what_is_poison() throws Exception {
        broker.createLog("dlq");
        broker.send("dlq", numbered(4));
        resolve("dlq", 4);
        broker.send(
                "dlq",
                MemoryMessage.of("{\"n\": 1}")
                        .plus("x-redrive-id", "a")
                        .plus("x-redrive-count", "3"),
                MemoryMessage.of("{\"n\": 2}")
                        .plus("x-redrive-id", "b")
                        .plus("x-redrive-count", "1"));

        var group = groups("dlq").groups().getFirst();

        assertThat(group.count()).isEqualTo(2);
        assertThat(group.poison()).isEqualTo(1);
        assertThat(group.returnedShare()).isEqualTo(0.5);
    }

    @Test
    void counts_by_filter() throws Exception {
        broker.createLog("dlq").send("dlq", numbered(1_000));
        var told = new AtomicInteger();

        var count =
                messages.count(
                        ref("dlq"),
                        Filter.parse("payload.n < 10"),
                        null,
                        false,
                        _ -> told.incrementAndGet());

        assertThat(count.matched()).isEqualTo(10);
        assertThat(count.read()).isEqualTo(1_000);
        assertThat(count.complete()).isTrue();
        assertThat(told).hasPositiveValue();
    }

    @Test
    void an_empty_queue_has_no_groups_and_one_page() throws Exception {
        broker.createLog("dlq");

        assertThat(groups("dlq").groups()).isEmpty();
        assertThat(groups("dlq").completeness().complete()).isTrue();
        var page = messages.browse(BrowseRequest.newest(ref("dlq"), 10));
        assertThat(page.messages()).isEmpty();
        assertThat(page.atEnd()).isTrue();
    }

    @Test
    void an_unknown_queue_is_not_found() {
        var nothing = new QueueRef("test", "nothing", QueueKind.TOPIC);

        assertThatThrownBy(() -> messages.browse(BrowseRequest.newest(nothing, 10)))
                .isInstanceOf(BrokerException.NotFound.class);
        assertThatThrownBy(() -> messages.groups(nothing, Filter.all(), false, _ -> {}))
                .isInstanceOf(BrokerException.NotFound.class);
    }

    @Test
    void an_interrupted_caller_gets_no_half_result_and_the_next_goes_on() throws Exception {
        broker.createLog("dlq").send("dlq", numbered(5_000));

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> groups("dlq")).isInstanceOf(BrokerException.Cancelled.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(groups("dlq").groups().getFirst().count()).isEqualTo(5_000);
    }

    private Groups groups(String queue) throws Exception {
        Consumer<Groups> unheard = _ -> {};
        return messages.groups(ref(queue), Filter.all(), false, unheard);
    }

    private long count(String queue, String fingerprint) throws Exception {
        return messages.count(ref(queue), Filter.all(), fingerprint, false, _ -> {}).matched();
    }

    private void resolve(String queue, int first) {
        broker.messages(queue).stream()
                .limit(first)
                .forEach(letter -> fates.known.put(letter.id(), new Fate(true, "job-1", 0)));
    }

    private QueueRef ref(String queue) {
        return broker.ref("test", queue);
    }

    private BrowseRequest withResolved(String queue, int limit) {
        return new BrowseRequest(
                ref(queue),
                Cursor.newest(),
                Direction.OLDER,
                limit,
                Filter.all(),
                null,
                true,
                1_000_000);
    }

    private BrowseRequest request(
            String queue,
            Cursor from,
            Direction direction,
            int limit,
            Filter filter,
            long maxRead) {
        return new BrowseRequest(ref(queue), from, direction, limit, filter, null, false, maxRead);
    }

    private List<Integer> walk(
            String queue, Direction direction, Cursor from, Filter filter, int limit)
            throws Exception {
        var seen = new ArrayList<Integer>();
        Set<MessageId> ids = new HashSet<>();
        var cursor = from;
        while (true) {
            var page = messages.browse(request(queue, cursor, direction, limit, filter, 1_000_000));
            assertThat(page.messages()).hasSizeLessThanOrEqualTo(limit);
            page.messages().forEach(view -> assertThat(ids.add(view.letter().id())).isTrue());
            seen.addAll(numbers(page));
            if (page.atEnd()) {
                return seen;
            }
            cursor = direction == Direction.OLDER ? page.older() : page.newer();
        }
    }

    private static List<Integer> numbers(ViewPage page) {
        return page.messages().stream()
                .map(
                        view ->
                                new String(
                                        view.letter().payload(),
                                        java.nio.charset.StandardCharsets.UTF_8))
                .map(text -> Integer.parseInt(text.replaceAll("\\D", "")))
                .toList();
    }

    private static List<MemoryMessage> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        n ->
                                MemoryMessage.of("{\"n\": %d}".formatted(n))
                                        .at(START.plus(Duration.ofSeconds(n))))
                .toList();
    }
}
