package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.Test;

final class SlotsTest {
    private static void add(Slots slots, int number) {
        slots.add(new MessageId("m-" + number), number + 1, number / 10, number);
    }

    /// Against a map of what is held.
    @Property(tries = 50)
    void a_slot_keeps_its_number_whatever_is_removed(@ForAll long seed) {
        var random = new Random(seed);
        var slots = new Slots();
        var held = new TreeMap<Integer, MessageId>();
        for (var step = 0; step < 200; step++) {
            add(slots, step);
            held.put(step, new MessageId("m-" + step));
            if (random.nextInt(3) == 0) {
                var some = random.ints(random.nextInt(5), 0, step + 1).boxed().toList();
                var removed = slots.remove(some).stream().map(Slots.Slot::number).toList();
                assertThat(removed)
                        .isEqualTo(
                                some.stream()
                                        .filter(held::containsKey)
                                        .distinct()
                                        .sorted()
                                        .toList());
                some.forEach(held::remove);
            }
            var last = step;
            var number = random.nextInt(step + 2);
            assertThat(slots.heldBefore(number)).isEqualTo(held.headMap(number).size());
            assertThat(slots.windowsBefore(number / 10))
                    .isEqualTo(
                            held.headMap(number / 10 * 10).keySet().stream()
                                    .map(each -> each / 10)
                                    .distinct()
                                    .count());
            assertThat(slots.at(number).map(Slots.Slot::id).orElse(null))
                    .isEqualTo(held.get(number));
            assertThat(slots.known(new MessageId("m-" + number)))
                    .as("held, removed, not taken yet")
                    .satisfies(
                            known -> {
                                assertThat(known != null).isEqualTo(number <= last);
                                assertThat(known != null && known.isHeld())
                                        .isEqualTo(held.containsKey(number));
                            });
        }
        assertThat(slots.taken()).isEqualTo(200);
        assertThat(slots.held())
                .extracting(Slots.Slot::number)
                .isEqualTo(List.copyOf(held.keySet()));
        var numbers = List.copyOf(held.keySet());
        for (var count = 0; count < numbers.size(); count++) {
            assertThat(slots.after(count)).isEqualTo(numbers.get(count));
        }
        assertThat(slots.after(numbers.size())).isEqualTo(200);
        assertThat(slots.after(numbers.size() + 7)).isEqualTo(207);
        assertThat(slots.after(Long.MAX_VALUE / 2)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void name_of_one_that_passed_is_remembered_as_that_of_a_removed_one() {
        var slots = new Slots();
        slots.pass(new MessageId("m-0"));
        add(slots, 1);
        assertThat(slots.known(new MessageId("m-0"))).isNotNull();
        assertThat(slots.held()).extracting(Slots.Slot::number).containsExactly(0);
        assertThat(slots.taken()).isEqualTo(1);
    }

    @Test
    void what_is_kept_is_what_is_held_however_many_came_through() {
        var slots = new Slots();
        for (var number = 0; number < 200_000; number++) {
            add(slots, number);
            // One at the head stays, as a job leaves it out.
            if (number > 1_000) {
                slots.remove(List.of(number - 1_000));
                while (slots.forget() != null) {
                    // All that are too many.
                }
            }
        }
        assertThat(slots.held()).hasSize(1_001);
        assertThat(slots.removed()).hasSize(Slots.MOST_REMEMBERED);
        assertThat(slots.known(new MessageId("m-" + (198_999 - Slots.MOST_REMEMBERED)))).isNull();
        assertThat(slots.known(new MessageId("m-" + (199_000 - Slots.MOST_REMEMBERED))))
                .isNotNull();
    }
}
