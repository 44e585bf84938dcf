package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
    private record Row(String name, long count) {}

    @Test
    void columns_are_as_wide_as_their_content_and_numbers_stand_right() {
        var table = new Table<Row>().left("NAME", Row::name).right("N", Row::count);

        assertThat(table.lines(List.of(new Row("orders", 7), new Row("x", 1_200))))
                .containsExactly("NAME       N", "orders     7", "x       1200");
    }

    @Test
    void what_is_not_known_is_a_dash() {
        assertThat(new Table<String>().left("A", _ -> null).lines(List.of("x")))
                .containsExactly("A", "–");
    }

    @Test
    void a_long_cell_is_cut_between_characters() {
        var line = new Table<String>().left("A", text -> text).lines(List.of("🐟".repeat(100)));

        assertThat(line.get(1)).isEqualTo("🐟".repeat(59) + "…");
    }

    @Test
    void a_message_cannot_move_the_cursor_or_colour_the_terminal() {
        assertThat(Table.plain("a\u001b[31mred\u0007\nnext\u202Eback\u009b2J"))
                .isEqualTo("a·[31mred· next·back·2J");
    }

    @Test
    void lines_stay_lines_where_they_are_wanted() {
        assertThat(Table.plainLines("one\r\ntwo\tthree\u0000")).isEqualTo("one\ntwo three·");
    }
}
