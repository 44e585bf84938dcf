package org.deadletteroffice.core.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.memory.SampleDeadLetters;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.junit.jupiter.api.Test;

/// Failure groups and counts.
class GroupsTest extends QueueReading {
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
    void an_interrupted_caller_gets_no_half_result_and_the_next_goes_on() throws Exception {
        broker.createLog("dlq").send("dlq", numbered(5_000));

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> groups("dlq")).isInstanceOf(BrokerException.Cancelled.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(groups("dlq").groups().getFirst().count()).isEqualTo(5_000);
    }

    @Test
    void the_order_of_messages_changes_no_group() throws Exception {
        var letters = new ArrayList<MemoryMessage>();
        for (int n = 0; n < 300; n++) {
            letters.add(
                    MemoryMessage.of("{\"n\": %d}".formatted(n))
                            .plus("x-error-type", "com.shop.Failure" + (char) ('A' + n % 7))
                            .plus("x-error-message", "order %d is late".formatted(n))
                            .plus("x-original-topic", "orders-" + (char) ('a' + n % 3))
                            .at(START.plus(Duration.ofMinutes(n * n % 997))));
        }
        var groups = new ArrayList<Set<Object>>();
        for (int order = 0; order < 6; order++) {
            Collections.shuffle(letters, new Random(order));
            broker.createLog("dlq-" + order).send("dlq-" + order, letters);
            groups.add(
                    groups("dlq-" + order).groups().stream()
                            .<Object>map(
                                    group ->
                                            List.of(
                                                    group.fingerprint(),
                                                    group.count(),
                                                    String.valueOf(group.first()),
                                                    String.valueOf(group.last()),
                                                    Set.copyOf(group.origins()),
                                                    group.trend()))
                            .collect(Collectors.toSet()));
        }

        assertThat(groups.getFirst()).hasSize(7);
        assertThat(new HashSet<>(groups)).hasSize(1);
    }

    @Test
    void what_nobody_can_read_ends_no_scan() throws Exception {
        var gzip = new byte[] {0x1F, (byte) 0x8B, 8, 0, 1, 2, 3, 4};
        var broken =
                List.of(
                        MemoryMessage.of((byte[]) null),
                        MemoryMessage.of(gzip),
                        MemoryMessage.of(new byte[] {0, 0, 0, 0, 41, 2}),
                        MemoryMessage.of("[".repeat(20_000)),
                        MemoryMessage.of("<a><b>"),
                        MemoryMessage.of("{\"n\": 1")
                                .plus("content-type", "application/json; charset=klingon"),
                        MemoryMessage.of("{}")
                                .plus("x-error-stacktrace", "\tat (((\nCaused by: ".repeat(3_000)),
                        MemoryMessage.of("{}").plus("x\u0000\u202E", "\u0000").plus("", ""));
        broker.createLog("dlq");
        for (int n = 0; n < 80; n++) {
            broker.send("dlq", numbered(n + 1).getLast(), broken.get(n % broken.size()));
        }

        var groups = groups("dlq");
        assertThat(groups.completeness().complete()).isTrue();
        assertThat(groups.groups().stream().mapToLong(FailureGroup::count).sum()).isEqualTo(160);
        for (var filter : List.of("payload.n < 10", "has(payload.n) && payload.n <= 9")) {
            var count = messages.count(ref("dlq"), Filter.parse(filter), null, false, _ -> {});
            assertThat(count.complete()).isTrue();
            assertThat(count.read()).isEqualTo(160);
            assertThat(count.matched()).isEqualTo(10);
        }
        var words = messages.count(ref("dlq"), Filter.parse("klingon"), null, false, _ -> {});
        assertThat(words.matched()).isEqualTo(10);
        var page = messages.browse(BrowseRequest.newest(ref("dlq"), 1_000));
        assertThat(page.messages()).hasSize(160);
        assertThat(page.atEnd()).isTrue();
    }

    private long count(String queue, String fingerprint) throws Exception {
        return messages.count(ref(queue), Filter.all(), fingerprint, false, _ -> {}).matched();
    }
}
