package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.browse.Siblings;
import org.deadletteroffice.memory.DeathHeaders;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The nearest messages of a dead letter's key that succeeded.
class SiblingsTest {
    @TempDir Path home;

    private static void send(Office office, String... texts) {
        for (var text : texts) {
            office.broker.send(
                    Office.ORIGIN, List.of(MemoryMessage.of(text.substring(0, 1), text)));
        }
    }

    private static void consumeAll(Office office) {
        office.broker.consume(Office.ORIGIN, "orders-service", 100_000);
    }

    private static void die(Office office, String text) {
        for (var letter : office.broker.messages(Office.ORIGIN)) {
            if (text.equals(Office.payload(letter))) {
                var place = letter.id().text().split("-", 2);
                var death =
                        DeathHeaders.of(Office.ORIGIN, "java.lang.IllegalStateException", "no")
                                .from(Integer.parseInt(place[0]), Long.parseLong(place[1]));
                office.broker.send(
                        Office.DLQ,
                        List.of(
                                MemoryMessage.of(text.substring(0, 1), text)
                                        .with(DeathHeaders.after(Headers.NONE, death.spring()))));
            }
        }
    }

    private static Siblings.Found of(Office office, String text) throws Exception {
        for (var letter : office.broker.messages(Office.DLQ)) {
            if (text.equals(Office.payload(letter))) {
                var dead = office.engine().messages().find(office.dlq(), letter.id()).orElseThrow();
                return office.engine().siblings().of(dead);
            }
        }
        throw new AssertionError("no dead letter " + text);
    }

    private static @Nullable String text(@Nullable MessageView view) {
        return view == null
                ? null
                : new String(
                        java.util.Objects.requireNonNull(view.letter().payload()),
                        StandardCharsets.UTF_8);
    }

    @Test
    void the_nearest_before_and_after_that_did_not_die_are_found() throws Exception {
        try (var office = new Office(home, true)) {
            send(office, "a1", "a2", "b1", "a3", "a4", "b2", "a5", "a6");
            consumeAll(office);
            die(office, "a3");
            die(office, "a4");

            var found = of(office, "a4");
            assertThat(text(found.before())).isEqualTo("a2");
            assertThat(text(found.after())).isEqualTo("a5");
            assertThat(found.note()).isEmpty();
        }
    }

    @Test
    void what_its_reader_has_not_reached_has_not_succeeded() throws Exception {
        try (var office = new Office(home, true)) {
            send(office, "a1", "a2");
            consumeAll(office);
            die(office, "a2");
            send(office, "a3");

            var found = of(office, "a2");
            assertThat(text(found.before())).isEqualTo("a1");
            assertThat(found.after()).isNull();
        }
    }

    @Test
    void one_far_away_is_found_and_none_is_said() throws Exception {
        try (var office = new Office(home, true)) {
            send(office, "a1");
            office.broker.send(
                    Office.ORIGIN,
                    IntStream.range(0, 6_000)
                            .mapToObj(n -> MemoryMessage.of("z" + n % 7, "z"))
                            .toList());
            send(office, "a2", "b1");
            consumeAll(office);
            die(office, "a2");
            die(office, "b1");

            assertThat(text(of(office, "a2").before())).isEqualTo("a1");
            assertThat(of(office, "b1").nearest()).isEmpty();
            assertThat(of(office, "b1").note()).contains("No message of its key", Office.ORIGIN);
        }
    }

    @Test
    void what_keeps_nothing_is_said_to() throws Exception {
        try (var office = new Office(home, false)) {
            office.die(0, 1);
            var letter = office.broker.messages(Office.DLQ).getFirst();
            var dead = office.engine().messages().find(office.dlq(), letter.id()).orElseThrow();
            assertThat(office.engine().siblings().of(dead).note()).isNotEmpty();
        }
    }
}
