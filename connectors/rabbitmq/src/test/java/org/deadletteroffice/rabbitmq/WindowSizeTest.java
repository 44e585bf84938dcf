package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a hold has on its way is bounded by bytes, wherever in a queue the large messages lie.
final class WindowSizeTest extends OneNode {
    private static final int SMALL = 1_672;
    private static final int LARGE = 160;
    private static final int BYTES = 256 << 10;

    /// A window's bound, and some messages that were on their way before one could know.
    private static final int MOST_LARGE = (16 << 20) / BYTES + 10;

    @Test
    void large_messages_behind_small_ones_come_by_few() throws Exception {
        var queue = queue("mixed", Map.of());
        var large = ForeignMessage.of("").with(new byte[BYTES]);
        rabbit.seed(
                queue.name(),
                Stream.concat(
                                Collections.nCopies(SMALL, ForeignMessage.of("small")).stream(),
                                Collections.nCopies(LARGE, large).stream())
                        .toList());
        var profile = new RabbitProfile(rabbit.settings());
        var link = new Link(profile, new RabbitErrors(profile), new SignIn(profile), "test");
        try {
            for (var contents :
                    List.of(
                            Optional.<QueueRules.Contents>empty(),
                            Optional.of(
                                    new QueueRules.Contents(
                                            SMALL + LARGE, (long) LARGE * BYTES)))) {
                var windows = windows(link, queue, contents.orElse(null));

                assertThat(windows.stream().mapToInt(n -> n).sum()).isEqualTo(SMALL + LARGE);
                assertThat(mostLarge(windows)).isLessThanOrEqualTo(MOST_LARGE);
                if (contents.isEmpty()) {
                    assertThat(windows).as("of small ones").contains(Intake.WINDOW);
                }
            }
        } finally {
            link.close();
        }
    }

    @Test
    void small_queue_needs_no_small_windows_first() {
        var sizes = new WindowSize(new QueueRules.Contents(3_000, 60L << 20));

        assertThat(sizes.isGrown(2_000)).isTrue();
        // As large as they are told to be, on the average.
        assertThat(sizes.next(2_000)).isBetween(750, 850);
    }

    @Test
    void large_queue_or_one_with_more_than_is_told_begins_with_few() {
        var large = new WindowSize(new QueueRules.Contents(300_000, 65L << 20));
        var justFilled = new WindowSize(new QueueRules.Contents(999, 10_000));

        assertThat(large.isGrown(1_000)).isFalse();
        assertThat(large.next(1_000)).isLessThan(10);
        assertThat(justFilled.isGrown(1_000)).isFalse();
        assertThat(justFilled.next(1_000)).isLessThan(10);
    }

    @Test
    void what_was_taken_of_a_small_queue_tells_nothing_of_what_came_later() {
        var sizes = new WindowSize(new QueueRules.Contents(100, 10_000));
        assertThat(sizes.next(100)).isEqualTo(100);
        for (var taken = 0; taken < 100; taken++) {
            sizes.came(100);
        }

        assertThat(sizes.isGrown(1_000)).isFalse();
        assertThat(sizes.next(1_000)).isLessThan(10);
    }

    /// Takes all of a queue and gives it back.
    private static List<Integer> windows(
            Link link, QueueRef queue, QueueRules.@Nullable Contents contents) throws Exception {
        var deadline = link.deadline();
        var hold =
                new Hold(
                        link.open(deadline),
                        queue,
                        new QueueRules.Taking(null, false, false, false, false, contents),
                        _ -> Optional.empty(),
                        _ -> {});
        var windows = new ArrayList<Integer>();
        for (var taken = hold.take(Intake.WINDOW, deadline);
                taken > 0;
                taken = hold.take(Intake.WINDOW, deadline)) {
            windows.add(taken);
        }
        hold.giveBack().join();
        return windows;
    }

    /// The most of the large messages, which lie last, that one window brought.
    private static int mostLarge(List<Integer> windows) {
        var most = 0;
        var end = 0;
        for (var window : windows) {
            end += window;
            most = Math.max(most, Math.min(window, end - SMALL));
        }
        return most;
    }
}
