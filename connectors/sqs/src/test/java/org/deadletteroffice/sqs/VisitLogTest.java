package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.deadletteroffice.spi.message.MessageId;

/// The two sparse lists of a visit, against a plain map.
class VisitLogTest {
    @Property(tries = 50)
    void log_and_chapter_know_each_message_by_its_number_until_it_is_removed(@ForAll long seed) {
        var random = new Random(seed);
        var log = new VisitLog();
        var chapter = new Chapter(1);
        var model = new TreeMap<Integer, Held>();
        for (var step = 0; step < 2_000; step++) {
            if (random.nextBoolean() || model.isEmpty()) {
                var one = held(log.count(), new UUID(random.nextLong(), random.nextLong()));
                log.add(one);
                chapter.add(one.number, one.id);
                model.put(one.number, one);
            } else {
                var number = List.copyOf(model.keySet()).get(random.nextInt(model.size()));
                var one = model.remove(number);
                one.gone = true;
                log.drop();
                assertThat(chapter.remove(number)).isTrue();
                assertThat(chapter.remove(number)).isFalse();
                assertThat(chapter.indexOf(one.id)).isEqualTo(-1);
            }
            var number = random.nextInt(log.count() + 1);
            var next = model.ceilingEntry(number);
            assertThat(log.from(number)).isSameAs(next == null ? null : next.getValue());
            assertThat(log.kept()).isLessThanOrEqualTo(2 * model.size() + 65);
            assertThat(chapter.size()).isEqualTo(model.size());
        }
        var count = random.nextInt(log.count());
        var ids = new ArrayList<UUID>();
        chapter.forEach(count, ids::add);
        assertThat(ids)
                .isEqualTo(
                        model.headMap(count).values().stream()
                                .map(one -> Chapter.key(one.id))
                                .toList());
        model.forEach((number, one) -> assertThat(chapter.indexOf(one.id)).isEqualTo(number));
    }

    private static Held held(int number, UUID id) {
        return new Held(new MessageId(id.toString()), number, number, 0, 1, "handle", 0);
    }
}
