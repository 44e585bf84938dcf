package org.deadletteroffice.desktop.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.deadletteroffice.spi.decode.Tree;
import org.junit.jupiter.api.Test;

class TreeTextTest {
    @Test
    void keeps_the_text_of_numbers_and_repeated_members() {
        var tree =
                new Tree.Obj(
                        List.of(
                                new Tree.Member("a", new Tree.Num("1.50")),
                                new Tree.Member("a", new Tree.Num("9007199254740993"))));
        assertThat(TreeText.compact(tree, 100)).isEqualTo("{\"a\":1.50,\"a\":9007199254740993}");
    }

    @Test
    void sets_members_on_lines_and_small_items_on_one() {
        var line =
                new Tree.Obj(
                        List.of(
                                new Tree.Member("sku", new Tree.Text("KB-104")),
                                new Tree.Member("qty", new Tree.Num("1"))));
        var tree = new Tree.Obj(List.of(new Tree.Member("lines", new Tree.Arr(List.of(line)))));
        assertThat(TreeText.pretty(tree, 100))
                .extracting(TreeText.Line::text)
                .containsExactly(
                        "{",
                        "  \"lines\": [",
                        "    { \"sku\": \"KB-104\", \"qty\": 1 }",
                        "  ]",
                        "}");
    }

    @Test
    void says_which_value_a_line_belongs_to() {
        var tree =
                new Tree.Obj(
                        List.of(
                                new Tree.Member(
                                        "coupon",
                                        new Tree.Obj(
                                                List.of(
                                                        new Tree.Member(
                                                                "code", new Tree.Text("BF")))))));
        assertThat(TreeText.pretty(tree, 100))
                .extracting(TreeText.Line::path)
                .containsExactly("$", "$.coupon", "$.coupon.code", "$.coupon", "$");
    }

    @Test
    void stops_after_so_many_lines_and_says_so() {
        var many =
                new Tree.Arr(
                        IntStream.range(0, 1_000)
                                .<Tree>mapToObj(i -> new Tree.Text("item number " + i))
                                .toList());
        var lines = TreeText.pretty(many, 10);
        assertThat(lines).hasSize(11);
        assertThat(lines.getLast().text()).contains("more lines");
    }

    @Test
    void shows_what_would_hide_or_reorder_text() {
        assertThat(TreeText.compact(new Tree.Text("a\u202eb\u0000"), 100))
                .isEqualTo("\"a\\u202eb\\u0000\"");
    }

    @Test
    void cuts_a_long_value() {
        assertThat(TreeText.compact(new Tree.Text("x".repeat(5_000)), 50))
                .hasSizeLessThan(60)
                .endsWith("…");
    }
}
