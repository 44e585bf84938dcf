package org.deadletteroffice.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.core.ledger.Entry.State;
import org.deadletteroffice.core.ledger.Ledger.Confirmed;
import org.deadletteroffice.core.store.DataFolder;
import org.deadletteroffice.core.store.Store;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ledger beside a map of what was written to it.
class LedgerTest {
    private static final QueueRef QUEUE = new QueueRef("here", "orders.dlq", QueueKind.TOPIC);

    @TempDir Path home;
    private Store store;
    private Ledger ledger;
    private LedgerFates fates;
    private JobRow job;
    private final TreeMap<Long, Entry> expected = new TreeMap<>();
    private long sequence;

    @BeforeEach
    void open() throws Exception {
        store = new Store(DataFolder.at(home));
        ledger = new Ledger(store);
        fates = new LedgerFates(store);
        job = job("first", true);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private JobRow job(String id, boolean keeps) {
        return new JobTable(store, Clock.systemUTC())
                .create(
                        new NewJob(
                                id,
                                JobKind.REDRIVE,
                                "{}",
                                QUEUE,
                                "identity",
                                keeps,
                                "until",
                                "from",
                                Guarantee.EXACTLY_ONCE,
                                "orders",
                                "all",
                                "operator",
                                "reason"));
    }

    @Test
    void whatever_is_written_in_whatever_order_is_read_as_it_was_written() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var returned = new HashSet<Long>();
        for (var step = 0; step < 60; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> plan(random, 1 + random.nextInt(step == 5 ? 9_000 : 300));
                case 2 -> advance(random, random.nextBoolean() ? State.SENT : State.DONE);
                case 3 -> fail(random);
                default -> comeBack(random, returned);
            }
        }

        assertThat(ledger.entries(number(), null, 0, Integer.MAX_VALUE))
                .as("seed %d", seed)
                .containsExactlyElementsOf(expected.values());
        for (var state : State.values()) {
            var from = random.nextInt(expected.size());
            assertThat(ledger.entries(number(), state, from, 70))
                    .as("%s from %d, seed %d", state, from, seed)
                    .containsExactlyElementsOf(
                            expected.tailMap((long) from).values().stream()
                                    .filter(entry -> entry.state() == state)
                                    .limit(70)
                                    .toList());
        }
        assertThat(ledger.sent(number(), 0, Integer.MAX_VALUE))
                .as("seed %d", seed)
                .containsExactlyElementsOf(
                        expected.values().stream()
                                .filter(LedgerTest::isSent)
                                .map(
                                        entry ->
                                                new Ledger.Sent(
                                                        entry, returned.contains(entry.number())))
                                .toList());
        assertKnown(seed);
    }

    private long number() {
        return job.lease().number();
    }

    private static boolean isSent(Entry entry) {
        return entry.state() == State.SENT || entry.state() == State.DONE;
    }

    private void plan(Random random, int count) {
        var entries = new ArrayList<Entry>();
        for (var i = 0; i < count; i++) {
            var at = (long) expected.size() + i;
            var id =
                    new MessageId(random.nextInt(4) == 0 ? "uuid-" + at + "-x" : at % 3 + "-" + at);
            entries.add(
                    random.nextInt(10) == 0
                            ? Entry.excluded(at, id, "reason " + random.nextInt(3))
                            : Entry.planned(
                                    at,
                                    id,
                                    sequence++,
                                    "orders" + random.nextInt(2),
                                    "1:" + at / 100,
                                    random.nextInt(10) == 0 ? null : (long) random.nextInt(40)));
        }
        var again = random.nextInt(4) == 0 ? 2 : 1;
        for (var tries = 0; tries < again; tries++) {
            ledger.planned(
                    job.lease(), job.queue(), entries, "place", false, Counts.NONE, Map.of());
        }
        entries.forEach(entry -> expected.put(entry.number(), entry));
    }

    private List<Entry> some(Random random, State... states) {
        return expected.values().stream()
                .filter(entry -> List.of(states).contains(entry.state()))
                .filter(_ -> random.nextInt(3) == 0)
                .toList();
    }

    private void advance(Random random, State to) {
        var chosen = some(random, State.PLANNED, State.SENT);
        var confirmed = new ArrayList<Confirmed>();
        for (var entry : chosen) {
            var position = random.nextInt(5) == 0 ? null : "orders 0-" + random.nextInt(1_000_000);
            confirmed.add(new Confirmed(entry.number(), entry.message(), position));
            expected.put(
                    entry.number(), as(entry, to, position == null ? entry.position() : position));
        }
        if (to == State.SENT) {
            ledger.sent(job.lease(), confirmed, Counts.NONE);
        } else {
            ledger.done(job.lease(), confirmed, Counts.NONE);
        }
    }

    private static Entry as(Entry entry, State state, @Nullable String position) {
        return new Entry(
                entry.number(),
                entry.message(),
                state,
                entry.sequence(),
                entry.destination(),
                entry.block(),
                position,
                entry.reason(),
                entry.content());
    }

    private void fail(Random random) {
        var reasons = new HashMap<Long, String>();
        for (var entry : some(random, State.PLANNED)) {
            if (random.nextInt(4) == 0) {
                reasons.put(entry.number(), "too large");
                expected.put(
                        entry.number(),
                        new Entry(
                                entry.number(),
                                entry.message(),
                                State.FAILED,
                                entry.sequence(),
                                entry.destination(),
                                entry.block(),
                                entry.position(),
                                "too large",
                                entry.content()));
            }
        }
        ledger.failed(job.lease(), reasons, Counts.NONE, Map.of());
    }

    private void comeBack(Random random, Set<Long> returned) {
        var numbers = some(random, State.SENT).stream().map(Entry::number).limit(5).toList();
        var content = (long) random.nextInt(40);
        returned.addAll(numbers);
        expected.values().stream()
                .filter(LedgerTest::isSent)
                .filter(entry -> entry.content() != null && entry.content() == content)
                .filter(entry -> !returned.contains(entry.number()))
                .limit(2)
                .map(Entry::number)
                .toList()
                .forEach(returned::add);
        var from = new JobTable(store, Clock.systemUTC()).find(job.id()).orElseThrow();
        assertThat(
                        ledger.returned(
                                job.id(),
                                number(),
                                numbers,
                                Map.of(content, 2),
                                from.watchPosition(),
                                from.watchPosition() + "'"))
                .hasValue((long) returned.size());
    }

    private void assertKnown(long seed) {
        var letters =
                Stream.concat(
                                expected.values().stream().map(Entry::message),
                                Stream.of(new MessageId("0-99999999"), new MessageId("other")))
                        .map(LedgerTest::letter)
                        .toList();
        var known = fates.known(job.queue(), -1, letters);
        assertThat(known).as("seed %d", seed).hasSize(expected.size());
        for (var entry : expected.values()) {
            var of = known.getOrDefault(entry.message(), LedgerFates.Known.NOTHING);
            var open = entry.state() == State.PLANNED || entry.state() == State.SENT;
            assertThat(of.claimedBy()).isEqualTo(open ? job.id() : null);
            assertThat(of.resolvedBy()).isEqualTo(isSent(entry) ? job.id() : null);
        }
        assertThat(fates.known(job.queue(), number(), letters).values())
                .allSatisfy(
                        of -> {
                            assertThat(of.mine()).isTrue();
                            assertThat(of.claimedBy()).isNull();
                        });
    }

    private static DeadLetter letter(MessageId id) {
        return new DeadLetter(QUEUE, id, null, null, Headers.NONE, null, null, Failure.NONE, null);
    }

    @Test
    void whoever_lost_the_job_writes_nothing_more() {
        plan(new Random(1), 10);
        store.change(handle -> handle.execute("UPDATE job SET epoch = epoch + 1"));

        var late = List.of(new Confirmed(3, new MessageId("0-3"), null));
        assertThatThrownBy(() -> ledger.done(job.lease(), late, Counts.NONE))
                .isInstanceOf(LeaseLost.class);
        assertThat(ledger.entries(number(), State.DONE, 0, 10)).isEmpty();
    }

    @Test
    void a_message_of_two_jobs_counts_for_both() {
        var queue = job("second", false);
        for (var each : List.of(job, queue)) {
            var entry = Entry.planned(0, new MessageId("0-7"), 0, "orders", "", 1L);
            ledger.planned(
                    each.lease(), each.queue(), List.of(entry), "p", true, Counts.NONE, Map.of());
            ledger.done(
                    each.lease(),
                    List.of(new Confirmed(0, entry.message(), "orders 0-1")),
                    Counts.NONE);
        }

        var known = fates.known(job.queue(), -1, List.of(letter(new MessageId("0-7"))));
        assertThat(known)
                .containsExactly(
                        Map.entry(
                                new MessageId("0-7"),
                                new LedgerFates.Known(false, "first", null, 1)));
    }
}
