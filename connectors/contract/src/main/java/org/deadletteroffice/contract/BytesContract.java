package org.deadletteroffice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.junit.jupiter.api.Test;

/// Key, payload and headers come byte for byte, however odd and however large.
abstract class BytesContract extends BrowseContract {
    @Test
    final void hostile_bytes_come_as_they_were_sent() throws Exception {
        var queue = newQueue();
        var sent = Payloads.messages(this::has);
        fixture.seed(queue.name(), sent);

        var paged = page(queue, Cursor.oldest(), Direction.NEWER, 100);

        assertSameContent(paged.stream().map(ContractBase::content).toList(), sent);
        assertSameContent(all(queue).stream().map(ContractBase::content).toList(), sent);
        assertThat(paged).allMatch(letter -> letter.corrupt() == null);
    }

    @Test
    final void bytes_made_by_chance_come_as_they_were_sent() throws Exception {
        var seed = System.nanoTime();
        var queue = newQueue();
        var sent = Payloads.random(300, seed, this::has);
        fixture.seed(queue.name(), sent);

        var found = page(queue, Cursor.oldest(), Direction.NEWER, 1_000);

        try {
            assertSameContent(found.stream().map(ContractBase::content).toList(), sent);
        } catch (AssertionError different) {
            throw new AssertionError("with the random seed " + seed, different);
        }
    }

    @Test
    final void a_mebibyte_comes_whole_by_page_scan_and_id() throws Exception {
        var queue = newQueue();
        var body = Payloads.large(1 << 20, this::has);
        fixture.seed(
                queue.name(),
                List.of(ForeignMessage.of("").with(body), ForeignMessage.of("after")));

        var paged = page(queue, Cursor.oldest(), Direction.NEWER, 10);

        assertThat(paged).hasSize(2);
        assertThat(largest(paged).payload()).isEqualTo(body);
        assertThat(largest(all(queue)).payload()).isEqualTo(body);
        assertThat(connection.fetch(queue, List.of(largest(paged).id())).getFirst().payload())
                .isEqualTo(body);
    }

    private static DeadLetter largest(List<DeadLetter> letters) {
        return letters.stream().max(Comparator.comparing(DeadLetter::size)).orElseThrow();
    }

    @Test
    final void a_page_of_large_messages_is_bounded_by_bytes() throws Exception {
        var queue = newQueue();
        var body = Payloads.large(1 << 20, this::has);
        for (var number = 0; number < 40; number++) {
            fixture.seed(queue.name(), List.of(ForeignMessage.of("").with(body)));
        }
        try (var browse = connection.browse(queue)) {
            var page = browse.page(Cursor.oldest(), Direction.NEWER, 1_000);
            var bytes = page.messages().stream().mapToLong(DeadLetter::size).sum();

            assertThat(bytes).isPositive().isLessThanOrEqualTo(33L << 20);
            assertThat(
                            page.messages().size()
                                    + page(browse, page.newer(), Direction.NEWER, 1_000, _ -> {})
                                            .size())
                    .isEqualTo(40);
        }
    }
}
