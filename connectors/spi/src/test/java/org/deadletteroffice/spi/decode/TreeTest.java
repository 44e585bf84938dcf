package org.deadletteroffice.spi.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TreeTest {
    @Test
    void repeated_members_stay_and_the_last_counts() {
        var twice =
                new Tree.Obj(
                        List.of(
                                new Tree.Member("a", new Tree.Num("1.50")),
                                new Tree.Member("a", Tree.NULL)));

        assertThat(twice.members()).hasSize(2);
        assertThat(twice.get("a")).hasValue(Tree.NULL);
        assertThat(twice.get("b")).isEmpty();
    }

    @Test
    void numbers_are_what_was_written() {
        assertThat(new Tree.Num("1.50")).isNotEqualTo(new Tree.Num("1.5"));
    }

    @Test
    void format_of_a_wrapping_names_what_is_inside() {
        var inner = new Decoded.PlainText("text", "UTF-8", "hi", List.of());

        assertThat(new Decoded.Wrapped("gzip", new byte[0], inner, List.of()).format())
                .isEqualTo("gzip+text");
    }
}
