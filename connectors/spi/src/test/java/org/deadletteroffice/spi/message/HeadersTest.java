package org.deadletteroffice.spi.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HeadersTest {
    private static final Headers TRIES =
            Headers.of(
                    Header.of("try", "1"),
                    Header.of("type", "order"),
                    Header.of("try", "2"),
                    new Header("none", null),
                    new Header("empty", new byte[0]));

    @Test
    void names_repeat_and_order_stays() {
        assertThat(TRIES)
                .extracting(Header::name)
                .containsExactly("try", "type", "try", "none", "empty");
        assertThat(TRIES.named("try")).extracting(Header::text).containsExactly("1", "2");
        assertThat(TRIES.size()).isEqualTo(5);
    }

    @Test
    void first_and_last_of_a_name_are_told_apart() {
        assertThat(TRIES.first("try").orElseThrow().text()).isEqualTo("1");
        assertThat(TRIES.last("try").orElseThrow().text()).isEqualTo("2");
        assertThat(TRIES.lastText("try")).hasValue("2");
        assertThat(TRIES.first("absent")).isEmpty();
        assertThat(TRIES.last("absent")).isEmpty();
    }

    @Test
    void null_differs_from_empty_and_both_from_absent() {
        assertThat(new Header("a", null)).isNotEqualTo(new Header("a", new byte[0]));
        assertThat(TRIES.has("none")).isTrue();
        assertThat(TRIES.lastText("none")).isEmpty();
        assertThat(TRIES.lastText("empty")).hasValue("");
        assertThat(TRIES.has("absent")).isFalse();
    }

    @Test
    void names_differ_by_case() {
        assertThat(TRIES.has("Try")).isFalse();
    }

    @Test
    void dropping_and_adding_keep_the_rest_in_order() {
        var changed =
                TRIES.without(header -> header.name().equals("try"))
                        .plus(List.of(Header.of("x-redrive-count", "1")));

        assertThat(changed)
                .extracting(Header::name)
                .containsExactly("type", "none", "empty", "x-redrive-count");
        assertThat(TRIES.size()).as("the headers they were made from").isEqualTo(5);
    }

    @Test
    void list_they_were_made_from_may_change_without_them() {
        var list = new ArrayList<>(TRIES.all());
        var headers = new Headers(list);
        list.clear();

        assertThat(headers).isEqualTo(TRIES).hasSameHashCodeAs(TRIES);
    }

    @Property(tries = 100)
    void headers_are_equal_when_their_bytes_are(@ForAll String name, @ForAll byte[] value) {
        assertThat(new Header(name, value)).isEqualTo(new Header(name, value.clone()));
        assertThat(new Header(name, value)).hasSameHashCodeAs(new Header(name, value.clone()));
    }

    @Test
    void value_that_is_no_text_is_shown_with_replacement_characters() {
        assertThat(new Header("a", new byte[] {'o', (byte) 0xff, 'k'}).text())
                .isEqualTo("o\ufffdk");
    }
}
