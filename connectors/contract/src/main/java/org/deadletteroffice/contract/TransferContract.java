package org.deadletteroffice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.QueueSpec;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.Test;

/// Sending messages on: bytes, refusals, proofs.
abstract class TransferContract extends ScanContract {
    static String newJob() {
        return UUID.randomUUID().toString();
    }

    static TransferPlan plan(String job, QueueRef source) {
        return new TransferPlan(job, source, source.profile());
    }

    final Transfer transfer(String job, QueueRef source) throws BrokerException {
        return connection.transfer(plan(job, source));
    }

    /// The message as it lies, on its way to another queue of the same broker.
    static Outgoing outgoing(long sequence, DeadLetter letter, String destination) {
        return new Outgoing(
                sequence,
                letter,
                destination,
                null,
                letter.key(),
                letter.payload(),
                letter.headers(),
                letter.timestamp());
    }

    static List<Outgoing> outgoing(List<DeadLetter> letters, QueueRef destination) {
        return IntStream.range(0, letters.size())
                .mapToObj(index -> outgoing(index, letters.get(index), destination.name()))
                .toList();
    }

    static void assertAllSent(List<TransferEvent> events, List<Outgoing> batch) {
        assertThat(events)
                .allMatch(
                        event ->
                                event instanceof TransferEvent.Sent
                                        || event instanceof TransferEvent.Moved)
                .extracting(TransferEvent::sequence)
                .containsExactlyInAnyOrderElementsOf(
                        batch.stream().map(Outgoing::sequence).toList());
    }

    @Test
    final void hostile_bytes_leave_as_they_lay() throws Exception {
        var source = newQueue();
        var destination = newQueue();
        var sent = new ArrayList<>(Payloads.messages(this::has));
        sent.addAll(Payloads.random(100, 7, this::has));
        sent.add(ForeignMessage.of("").with(Payloads.large(1 << 20, this::has)));
        fixture.seed(source.name(), sent);
        var batch = outgoing(all(source), destination);

        try (var transfer = transfer(newJob(), source)) {
            assertAllSent(transfer.send(batch), batch);
        }
        assertSameContent(fixture.peek(destination.name()), sent);
    }

    @Test
    final void times_and_partitions_are_kept_where_they_can_be() throws Exception {
        var source = filled(6, mostPartitions());
        var destination = newQueue(mostPartitions());
        var batch =
                all(source).stream()
                        .map(
                                letter -> {
                                    var number =
                                            Integer.parseInt(content(letter).text().substring(2));
                                    return new Outgoing(
                                            number,
                                            letter,
                                            destination.name(),
                                            number == 5 ? 99 : number % mostPartitions(),
                                            letter.key(),
                                            letter.payload(),
                                            letter.headers(),
                                            number == 5 ? null : letter.timestamp());
                                })
                        .sorted((one, other) -> Long.compare(one.sequence(), other.sequence()))
                        .toList();
        try (var transfer = transfer(newJob(), source)) {
            assertAllSent(transfer.send(batch), batch);
        }
        var found = fixture.peek(destination.name());

        assertThat(found).hasSize(6);
        for (var message : found) {
            var number = Integer.parseInt(message.text().substring(2));
            if (has(Behavior.PARTITIONS) && number != 5) {
                assertThat(message.partition()).isEqualTo(number % mostPartitions());
            }
            if (has(Behavior.TIMESTAMPS)) {
                var kept = FIRST.plusSeconds(number);
                assertThat(message.timestamp())
                        .satisfies(
                                time ->
                                        assertThat(time.equals(kept))
                                                .as("time of %d", number)
                                                .isEqualTo(number != 5));
            }
        }
    }

    @Test
    final void what_the_broker_cannot_hold_is_refused_and_never_altered() throws Exception {
        var source = filled(1, 1);
        var letter = all(source).getFirst();
        var repeated = Headers.of(Header.of("again", "1"), Header.of("again", "2"));
        var body = new byte[] {'{', '}'};
        var odd = new EnumMap<Behavior, ForeignMessage>(Behavior.class);
        odd.put(Behavior.KEYS, ForeignMessage.of("key", "body"));
        odd.put(Behavior.NULL_PAYLOADS, ForeignMessage.of("").with((byte[]) null));
        odd.put(
                Behavior.NULL_HEADERS,
                ForeignMessage.of("").with(body).with(Headers.of(new Header("none", null))));
        odd.put(Behavior.REPEATED_HEADERS, ForeignMessage.of("").with(body).with(repeated));
        odd.put(Behavior.BINARY_PAYLOADS, ForeignMessage.of("").with(new byte[] {0, (byte) 0xff}));
        odd.put(Behavior.EMPTY_PAYLOADS, ForeignMessage.of(""));
        odd.put(
                Behavior.FREE_HEADERS,
                ForeignMessage.of("")
                        .with(body)
                        .with(Headers.of(new Header("empty", new byte[0]))));
        for (var entry : odd.entrySet()) {
            var destination = newQueue();
            var message = entry.getValue();
            var outgoing =
                    new Outgoing(
                            0,
                            letter,
                            destination.name(),
                            null,
                            message.key(),
                            message.payload(),
                            message.headers(),
                            null);
            try (var transfer = transfer(newJob(), source)) {
                var event = transfer.send(List.of(outgoing)).getFirst();
                assertThat(event instanceof TransferEvent.Refused)
                        .as("%s is refused", entry.getKey())
                        .isEqualTo(!has(entry.getKey()));
            }
            assertSameContent(
                    fixture.peek(destination.name()),
                    has(entry.getKey()) ? List.of(message) : List.of());
        }
    }

    @Test
    final void messages_of_one_key_keep_their_order() throws Exception {
        if (!inOrder() || !has(Behavior.KEYS)) {
            assertThat(connection.capabilities(newQueue()).ordered())
                    .isEqualTo(has(Behavior.ORDERED));
            return;
        }
        var source = newQueue();
        var keys = 7;
        fixture.seed(
                source.name(),
                IntStream.range(0, 210)
                        .mapToObj(number -> ForeignMessage.of("k" + number % keys, text(number)))
                        .toList());
        var destination = newQueue(mostPartitions());
        var batch = outgoing(all(source), destination);
        try (var transfer = transfer(newJob(), source)) {
            for (var from = 0; from < batch.size(); from += 30) {
                transfer.send(batch.subList(from, from + 30));
            }
        }
        var lastOfKey = new HashMap<String, String>();
        for (var message : fixture.peek(destination.name())) {
            var before =
                    lastOfKey.put(
                            new String(message.key(), StandardCharsets.UTF_8), message.text());
            assertThat(message.text()).isGreaterThan(before == null ? "" : before);
        }
        assertThat(peekTexts(destination)).containsExactlyInAnyOrderElementsOf(texts(0, 210));
    }

    @Test
    final void batches_begun_before_the_first_is_confirmed_arrive_in_order_and_are_told_of_apart()
            throws Exception {
        var source = filled(60, 1);
        var destination = newQueue();
        var letters = all(source);
        var batch = new ArrayList<>(outgoing(letters, destination));
        var refused = 33;
        batch.set(refused, outgoing(refused, letters.get(refused), newName()));
        var sent = new ArrayList<String>();
        try (var transfer = transfer(newJob(), source)) {
            var begun = new ArrayList<Transfer.Sending>();
            for (var from = 0; from < batch.size(); from += 10) {
                begun.add(transfer.begin(batch.subList(from, from + 10)));
            }
            for (var number = 0; number < begun.size(); number++) {
                var events = begun.get(number).events();

                assertThat(events)
                        .extracting(TransferEvent::sequence)
                        .containsExactlyInAnyOrderElementsOf(
                                LongStream.range(number * 10L, number * 10L + 10).boxed().toList());
                assertThat(events)
                        .filteredOn(event -> event instanceof TransferEvent.Refused)
                        .hasSize(number == refused / 10 ? 1 : 0);
                events.stream()
                        .filter(
                                event ->
                                        event instanceof TransferEvent.Sent
                                                || event instanceof TransferEvent.Moved)
                        .sorted(Comparator.comparingLong(TransferEvent::sequence))
                        .map(event -> content(letters.get((int) event.sequence())).text())
                        .forEach(sent::add);
            }
        }
        var arrived = peekTexts(destination);
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(sent).hasSizeGreaterThanOrEqualTo(batch.size() - 10);
        if (inOrder()) {
            assertThat(arrived).isEqualTo(sent);
        }
    }

    @Test
    final void missing_destination_is_refused_and_not_made() throws Exception {
        var source = filled(3, 1);
        var destination = newQueue();
        var missing = newName();
        var letters = all(source);
        var batch =
                List.of(
                        outgoing(0, letters.get(0), destination.name()),
                        outgoing(1, letters.get(1), missing),
                        outgoing(2, letters.get(2), destination.name()));

        assertRefuses(source, batch, 1, BrokerException.NotFound.class, destination);
        assertThat(connection.queues()).extracting(QueueInfo::ref).doesNotContain(ref(missing));
    }

    @Test
    final void message_above_the_limit_of_its_destination_is_refused() throws Exception {
        if (!has(Behavior.SIZE_LIMIT)) {
            return;
        }
        var source = newQueue();
        fixture.seed(
                source.name(),
                List.of(
                        ForeignMessage.of("small"),
                        ForeignMessage.of("").with(Payloads.large(300_000, this::has)),
                        ForeignMessage.of("little")));
        var destination = newQueue(QueueSpec.of(newName()).withMaxMessageBytes(100_000));
        var letters = all(source);
        var batch = outgoing(letters, destination);
        var large = 0;
        while (letters.get(large).size() < 300_000) {
            large++;
        }

        assertRefuses(source, batch, large, BrokerException.TooLarge.class, destination);
    }

    /// Rehearses and sends a batch of three of which one cannot go, then the rest alone.
    private void assertRefuses(
            QueueRef source,
            List<Outgoing> batch,
            int refused,
            Class<? extends BrokerException> reason,
            QueueRef destination)
            throws BrokerException {
        var others = batch.stream().filter(message -> message.sequence() != refused).toList();
        var job = newJob();
        try (var transfer = transfer(job, source)) {
            var rehearsed = transfer.rehearse(batch);
            assertThat(rehearsed).hasSize(1);
            assertRefused(rehearsed.getFirst(), refused, reason);
            assertThat(fixture.peek(destination.name())).isEmpty();

            var events = transfer.send(batch);
            assertThat(events).hasSameSizeAs(batch);
            assertRefused(
                    eventOf(events, refused),
                    refused,
                    has(Behavior.REASONS) ? reason : BrokerException.Unsupported.class);
            if (transfer.guarantee() == Guarantee.EXACTLY_ONCE) {
                assertThat(others)
                        .allSatisfy(
                                message ->
                                        assertThat(eventOf(events, message.sequence()))
                                                .isInstanceOf(TransferEvent.Untouched.class));
                assertThat(fixture.peek(destination.name())).isEmpty();
                assertAllSent(transfer.send(others), others);
                assertThat(transfer.provenPosition()).hasValue(others.getLast().sequence() + 1);
            } else {
                assertThat(others)
                        .allSatisfy(
                                message ->
                                        assertThat(eventOf(events, message.sequence()))
                                                .isInstanceOf(TransferEvent.Sent.class));
            }
        }
        assertSameContent(
                fixture.peek(destination.name()),
                others.stream().map(message -> content(message.original())).toList());
        assertThat(texts(all(destination))).hasSameSizeAs(others);
    }

    private static TransferEvent eventOf(Collection<TransferEvent> events, long sequence) {
        return events.stream()
                .filter(event -> event.sequence() == sequence)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no event for " + sequence));
    }

    private static void assertRefused(
            TransferEvent event, long sequence, Class<? extends BrokerException> reason) {
        assertThat(event)
                .isInstanceOfSatisfying(
                        TransferEvent.Refused.class,
                        refused -> {
                            assertThat(refused.sequence()).isEqualTo(sequence);
                            assertThat(refused.reason()).isInstanceOf(reason);
                            assertThat(refused.reason().sentence()).isNotBlank();
                        });
    }

    @Test
    final void destination_that_may_not_be_written_takes_nothing() throws Exception {
        var source = filled(2, 1);
        var destination = newQueue();
        var settings = fixture.settingsWithoutWrite(destination.name());
        assertThat(settings.isPresent()).isEqualTo(has(Behavior.RIGHTS));
        if (settings.isEmpty()) {
            return;
        }
        try (var reader = open(settings.get())) {
            var batch = outgoing(all(source), destination);
            assertThat(refusals(reader, source, batch, true))
                    .isNotEmpty()
                    .allSatisfy(ConnectionContract::saysWhatToAskFor)
                    .allMatch(reason -> reason instanceof BrokerException.NotAuthorized);
            assertThat(refusals(reader, source, batch, false))
                    .isNotEmpty()
                    .allMatch(reason -> reason instanceof BrokerException.NotAuthorized);
        }
        assertThat(fixture.peek(destination.name())).isEmpty();
        assertHolds(peekTexts(source), texts(0, 2));
    }

    /// Why nothing went: refused one by one, or all at once where the broker asks for a right to
    /// send at all.
    private static List<BrokerException> refusals(
            BrokerConnection reader, QueueRef source, List<Outgoing> batch, boolean rehearse) {
        try (var transfer = reader.transfer(plan(newJob(), source))) {
            var events = rehearse ? transfer.rehearse(batch) : transfer.send(batch);
            return events.stream().map(event -> ((TransferEvent.Refused) event).reason()).toList();
        } catch (BrokerException all) {
            return List.of(all);
        }
    }

    @Test
    final void rehearsal_sends_nothing_and_leaves_out_what_would_go() throws Exception {
        var source = filled(5, 1);
        var destination = newQueue();
        try (var transfer = transfer(newJob(), source)) {
            assertThat(transfer.rehearse(outgoing(all(source), destination))).isEmpty();
        }
        assertThat(fixture.peek(destination.name())).isEmpty();
    }

    @Test
    final void empty_batch_is_nothing_to_do() throws Exception {
        try (var transfer = transfer(newJob(), filled(1, 1))) {
            assertThat(transfer.send(List.of())).isEmpty();
            assertThat(transfer.rehearse(List.of())).isEmpty();
        }
    }
}
