package org.deadletteroffice.spi.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.Origin;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeldCopiesTest {
    private static final QueueRef QUEUE = new QueueRef("shop", "orders.dlq", QueueKind.QUEUE);

    /// Enough for most to lie in the file.
    @Property(tries = 20)
    void each_copy_is_as_it_was(@ForAll long seed) throws Exception {
        var random = new Random(seed);
        try (var copies = new HeldCopies(QUEUE)) {
            var kept = new TreeMap<Integer, DeadLetter>();
            for (var step = 0; step < 150; step++) {
                var letter = letter(random, "m-" + step);
                kept.put(copies.add(letter), letter);
                if (random.nextInt(4) == 0) {
                    var dropped = List.copyOf(kept.keySet()).get(random.nextInt(kept.size()));
                    copies.drop(dropped);
                    kept.remove(dropped);
                }
                if (!kept.isEmpty()) {
                    var some = List.copyOf(kept.keySet()).get(random.nextInt(kept.size()));
                    assertSame(copies.get(some), Objects.requireNonNull(kept.get(some)));
                }
            }
            for (var entry : kept.entrySet()) {
                assertSame(copies.get(entry.getKey()), entry.getValue());
            }
        }
    }

    private static void assertSame(DeadLetter copy, DeadLetter letter) {
        assertThat(copy).isEqualTo(letter);
        assertThat(copy.timestamp()).isEqualTo(letter.timestamp());
        assertThat(copy.deliveries()).isEqualTo(letter.deliveries());
        assertThat(copy.failure()).isEqualTo(letter.failure());
        assertThat(copy.corrupt()).isEqualTo(letter.corrupt());
    }

    private static DeadLetter letter(Random random, String id) {
        var headers = new ArrayList<Header>();
        for (var left = random.nextInt(4); left > 0; left--) {
            headers.add(new Header("h\u00e4-" + left, bytes(random, 100)));
        }
        var payload = bytes(random, random.nextInt(10) == 0 ? 9 << 20 : 300_000);
        return new DeadLetter(
                QUEUE,
                new MessageId(id),
                bytes(random, 20),
                payload,
                new Headers(headers),
                random.nextBoolean() ? null : Instant.ofEpochSecond(random.nextInt(), 5_000_000),
                random.nextBoolean() ? null : random.nextInt(9),
                random.nextBoolean() ? Failure.NONE : died("orders-" + random.nextInt(3)),
                random.nextInt(9) == 0 ? "cut short" : null);
    }

    private static Failure died(String queue) {
        return Failure.builder().origin(new Origin(queue, null, null)).reader("broker").build();
    }

    private static byte @Nullable [] bytes(Random random, int most) {
        if (random.nextInt(5) == 0) {
            return random.nextBoolean() ? null : new byte[0];
        }
        var bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void what_was_dropped_is_not_there() throws IOException {
        try (var copies = new HeldCopies(QUEUE)) {
            var one = copies.add(letter(new Random(1), "a"));
            copies.drop(one);
            copies.drop(one);
            assertThatThrownBy(() -> copies.get(one)).isInstanceOf(IllegalStateException.class);
        }
    }

    /// As a job holds what is on its way, with one of a thousand that it leaves out.
    @Test
    void what_is_kept_is_bounded_by_what_is_held() throws IOException {
        var random = new Random(1);
        var most = 0L;
        try (var copies = new HeldCopies(QUEUE)) {
            for (var number = 0; number < 100_000; number++) {
                copies.add(small(random, number));
                var passed = number - 10_000;
                if (passed >= 0 && passed % 1_000 != 0) {
                    copies.drop(passed);
                }
                most = Math.max(most, copies.fileBytes());
            }
            // 10,090 of 1 KiB are held, as much of what was dropped may lie between them, and 16
            // MiB.
            assertThat(most).isLessThan(40L << 20);
            // Places in memory are let go by some hundreds.
            assertThat(copies.kept()).isLessThan(10_000 + 91 * 64 + 64 + 512);
            random.setSeed(1);
            for (var number = 0; number < 100_000; number++) {
                var was = small(random, number);
                if (number >= 90_000 || number % 1_000 == 0) {
                    assertSame(copies.get(number), was);
                }
            }
        }
    }

    private static DeadLetter small(Random random, int number) {
        var payload = new byte[1 << 10];
        random.nextBytes(payload);
        return new DeadLetter(
                QUEUE,
                new MessageId("m-" + number),
                null,
                payload,
                Headers.NONE,
                null,
                null,
                Failure.NONE,
                null);
    }

    /// A thread that is interrupted gives back what it holds, and reads it for that.
    @Test
    void an_interrupted_thread_reads_from_the_file() throws IOException {
        try (var copies = new HeldCopies(QUEUE)) {
            var letter =
                    new DeadLetter(
                            QUEUE,
                            new MessageId("large"),
                            null,
                            new byte[9 << 20],
                            Headers.NONE,
                            null,
                            null,
                            Failure.NONE,
                            null);
            var one = copies.add(letter);
            Thread.currentThread().interrupt();
            assertThat(copies.get(one)).isEqualTo(letter);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(copies.get(one)).isEqualTo(letter);
        }
    }
}
