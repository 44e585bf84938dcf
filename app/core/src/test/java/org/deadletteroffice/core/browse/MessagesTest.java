package org.deadletteroffice.core.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.deadletteroffice.core.browse.MessageView.Fate;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;

class MessagesTest extends QueueReading {
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
}
