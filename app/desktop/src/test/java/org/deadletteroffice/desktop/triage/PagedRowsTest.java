package org.deadletteroffice.desktop.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.Test;

class PagedRowsTest {
    private final List<Integer> reloads = new ArrayList<>();
    private int extensions;
    private final PagedRows rows = new PagedRows(() -> extensions++, reloads::add);

    @Test
    void asks_for_the_next_page_near_the_end_and_not_before() {
        rows.restart(Cursor.newest(), Letters.rows(0, 100), false);
        assertThat(rows.get(10)).isNotNull();
        assertThat(extensions).isZero();
        assertThat(rows.get(90)).isNotNull();
        assertThat(extensions).isPositive();
    }

    @Test
    void asks_for_nothing_more_once_the_end_is_known() {
        rows.restart(Cursor.newest(), Letters.rows(0, 100), true);
        rows.get(99);
        assertThat(extensions).isZero();
    }

    @Test
    void holds_a_few_pages_however_long_the_list_is() {
        rows.restart(Cursor.newest(), Letters.rows(0, 100), false);
        for (int page = 1; page < 200; page++) {
            rows.append(token(page), Letters.rows(page * 100, 100), false);
            rows.get(rows.size() - 1);
        }
        assertThat(rows).hasSize(20_000);
        assertThat(rows.held()).hasSizeLessThanOrEqualTo(PagedRows.HELD * PagedRows.PAGE);
    }

    @Test
    void a_page_that_was_let_go_is_null_until_it_is_read_again() {
        rows.restart(Cursor.newest(), Letters.rows(0, 100), false);
        for (int page = 1; page < 40; page++) {
            rows.append(token(page), Letters.rows(page * 100, 100), false);
            rows.get(rows.size() - 1);
        }
        assertThat(rows.get(5)).isNull();
        assertThat(reloads).containsOnly(0);
        rows.put(0, Letters.rows(0, 100));
        assertThat(rows.get(5)).extracting(MessageRow::id).isEqualTo(new MessageId("0-5"));
    }

    @Test
    void shrinks_where_messages_vanished_meanwhile() {
        rows.restart(Cursor.newest(), Letters.rows(0, 100), false);
        rows.append(token(1), Letters.rows(100, 100), true);
        rows.put(0, Letters.rows(0, 90));
        assertThat(rows).hasSize(190);
        assertThat(rows.get(90)).extracting(MessageRow::id).isEqualTo(new MessageId("0-100"));
    }

    @Test
    void finds_rows_by_their_id() {
        rows.restart(Cursor.newest(), Letters.rows(0, 50), false);
        rows.append(token(1), Letters.rows(50, 50), true);
        assertThat(rows.indexOf(new MessageId("0-73"))).isEqualTo(73);
        assertThat(rows.indexOf(new MessageId("0-400"))).isEqualTo(-1);
    }

    private static Cursor token(int page) {
        return new Cursor.Token("p" + page);
    }
}
