package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.memory.DeathHeaders;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages of whose key a newer one was consumed since they died.
class OvertakenTest {
    private static final String GROUP = "orders-service";

    @TempDir Path home;

    /// Sends `key-text` messages to the origin.
    private static void send(Office office, String... texts) {
        var messages = new ArrayList<MemoryMessage>();
        for (var text : texts) {
            messages.add(MemoryMessage.of(text.substring(0, 1), text));
        }
        office.broker.send(Office.ORIGIN, messages);
    }

    private static void consumeAll(Office office) {
        office.broker.consume(Office.ORIGIN, GROUP, 1_000);
    }

    /// The reader of the origin gave up on them.
    private static void die(Office office, String... texts) {
        var wanted = List.of(texts);
        for (var letter : office.broker.messages(Office.ORIGIN)) {
            if (wanted.contains(Office.payload(letter))) {
                office.broker.send(Office.DLQ, List.of(dead(letter)));
            }
        }
    }

    private static MemoryMessage dead(DeadLetter letter) {
        var place = letter.id().text().split("-", 2);
        var death =
                DeathHeaders.of(Office.ORIGIN, "java.lang.IllegalStateException", "no stock")
                        .from(Integer.parseInt(place[0]), Long.parseLong(place[1]));
        var payload = Office.payload(letter);
        return MemoryMessage.of(payload.substring(0, 1), payload)
                .with(DeathHeaders.after(Headers.NONE, death.spring()));
    }

    @Test
    void what_a_newer_message_of_its_key_succeeded_is_left_out() throws Exception {
        try (var office = new Office(home, true)) {
            // a: a newer one succeeded. b: the newer one died too. c: the newer one was before it.
            // d: the newer one is not consumed yet.
            send(office, "c1", "a1", "b1", "c2", "a2", "b2", "d1");
            consumeAll(office);
            send(office, "d2");
            die(office, "a1", "b1", "b2", "c2", "d1");

            var preview = office.jobs().rehearse(office.all());

            assertThat(preview.planned()).isEqualTo(4);
            assertThat(preview.notes()).isEmpty();
            assertThat(preview.excluded()).hasSize(1);
            assertThat(preview.excluded().getFirst().reason()).contains("overtaken");
            assertThat(
                            office.jobs()
                                    .rehearse(office.all().copy().includeOvertaken(true).build())
                                    .planned())
                    .isEqualTo(5);

            var job = office.run(office.all());
            assertThat(job.state()).isEqualTo(JobState.DONE_IN_PART);
            assertThat(job.failures()).containsOnlyKeys(Overtaken.REASON);
            assertThat(office.payloads(Office.ORIGIN).stream().filter("a1"::equals)).hasSize(1);
            assertThat(office.payloads(Office.ORIGIN).stream().filter("b1"::equals)).hasSize(2);
        }
    }

    @Test
    void one_that_is_chosen_by_name_is_told_of_too() throws Exception {
        try (var office = new Office(home, true)) {
            send(office, "a1", "a2", "b1", "b2");
            consumeAll(office);
            die(office, "a1", "b1", "b2");
            var ids = office.broker.messages(Office.DLQ).stream().map(DeadLetter::id).toList();
            var firstOfEach = new Scope.Ids(List.of(ids.get(0), ids.get(1)));

            var preview =
                    office.jobs().rehearse(RedriveRequest.toOrigin(office.dlq(), firstOfEach));

            // That b2 died stands elsewhere in the queue than what was chosen.
            var kept = preview.samples().stream().map(Preview.Sample::id).toList();
            assertThat(preview.inScope()).isEqualTo(2);
            assertThat(preview.planned()).isEqualTo(1);
            assertThat(payloadsOf(office, kept)).containsExactly("b1");
        }
    }

    private static List<String> payloadsOf(Office office, List<MessageId> ids) {
        return office.broker.messages(Office.DLQ).stream()
                .filter(letter -> ids.contains(letter.id()))
                .map(Office::payload)
                .toList();
    }

    @Test
    void a_replay_is_no_newer_message() throws Exception {
        try (var office = new Office(home, true)) {
            send(office, "b1", "b2");
            consumeAll(office);
            die(office, "b1", "b2");
            var older = office.broker.messages(Office.DLQ).getFirst().id();
            office.run(RedriveRequest.toOrigin(office.dlq(), new Scope.Ids(List.of(older))));
            consumeAll(office);

            // b2 died later than b1, and the replay of b1 was consumed after both.
            assertThat(office.jobs().rehearse(office.all()).planned()).isEqualTo(1);
        }
    }

    @Test
    void elsewhere_nothing_is_overtaken() throws Exception {
        try (var office = new Office(home, true)) {
            send(office, "a1", "a2");
            consumeAll(office);
            die(office, "a1");
            var elsewhere = Office.to(office.all(), "elsewhere", new Change.None(), List.of());
            assertThat(office.jobs().rehearse(elsewhere).planned()).isEqualTo(1);
        }
    }

    @Test
    void what_the_limit_leaves_unread_is_unknown() throws Exception {
        try (var office = new Office(home, true)) {
            send(office, "a1", "a2", "a3", "a4");
            var letters = office.broker.messages(Office.ORIGIN);
            var partition = Integer.parseInt(letters.getFirst().id().text().split("-", 2)[0]);
            var connection = office.engine().brokers().connection(Office.PROFILE);
            var log = connection.keyLog().orElseThrow();
            var queue = office.broker.ref(Office.PROFILE, Office.ORIGIN);
            var dead = new Positions();
            var first = place(letters.getFirst());
            var stretch = new OriginStretch(queue, partition, place(letters.getLast()) + 1, dead);
            var key = "a".getBytes(StandardCharsets.UTF_8);
            dead.add(place(letters.get(1)));
            stretch.wanted(key, first);

            assertThat(stretch.read(log, 1)).isEqualTo(1);
            assertThat(stretch.isOvertaken(key, first)).isFalse();
            assertThat(stretch.isWhole()).isFalse();

            assertThat(stretch.read(log, 100)).isEqualTo(3);
            assertThat(stretch.isOvertaken(key, first)).isTrue();
            assertThat(stretch.isWhole()).isTrue();
        }
    }

    private static long place(DeadLetter letter) {
        return Long.parseLong(letter.id().text().split("-", 2)[1]);
    }

    @Test
    void many_keys_are_kept_apart() {
        var newest = new NewestOfKeys();
        for (var i = 0; i < 5_000; i++) {
            newest.want(key(i));
        }
        for (var i = 0; i < 10_000; i += 2) {
            newest.met(key(i), i);
            newest.met(key(i), i / 2);
        }
        for (var i = 0; i < 10_000; i++) {
            var met = i < 5_000 && i % 2 == 0;
            assertThat(newest.newest(key(i))).isEqualTo(met ? i : NewestOfKeys.NONE);
        }
    }

    private static byte[] key(int number) {
        return ("key-" + number).getBytes(StandardCharsets.UTF_8);
    }
}
