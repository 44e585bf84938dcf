package org.deadletteroffice.spi.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class CursorTest {
    @Test
    void is_written_as_an_operator_types_it() {
        assertThat(Cursor.newest().text()).isEqualTo("newest");
        assertThat(Cursor.oldest().text()).isEqualTo("oldest");
        assertThat(new Cursor.Before(new MessageId("3-918204")).text()).isEqualTo("id:3-918204");
        assertThat(new Cursor.At(Instant.parse("2026-01-31T08:00:00Z")).text())
                .isEqualTo("2026-01-31T08:00:00Z");
        assertThat(new Cursor.Token("AbC").text()).isEqualTo("c:AbC");
    }

    @Test
    void ends_survive_as_text() {
        assertThat(Cursor.parse("newest")).isEqualTo(Cursor.newest());
        assertThat(Cursor.parse("oldest")).isEqualTo(Cursor.oldest());
    }

    @Property(tries = 200)
    void tokens_survive_as_text(@ForAll String token) {
        assertThat(Cursor.parse(new Cursor.Token(token).text())).isEqualTo(new Cursor.Token(token));
    }

    @Property(tries = 200)
    void ids_survive_as_text(@ForAll @NotEmpty String id) {
        var before = new Cursor.Before(new MessageId(id));

        assertThat(Cursor.parse(before.text())).isEqualTo(before);
    }

    @Property(tries = 200)
    void instants_survive_as_text(@ForAll Instant instant) {
        assertThat(Cursor.parse(new Cursor.At(instant).text())).isEqualTo(new Cursor.At(instant));
    }

    @Property(tries = 200)
    void any_text_is_a_place_or_refused_with_advice(@ForAll String text) {
        try {
            assertThat(Cursor.parse(text).text()).isNotEmpty();
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining("newest, oldest, id:ID");
        }
    }

    @Test
    void id_without_an_id_is_no_place() {
        assertThatThrownBy(() -> Cursor.parse("id:")).isInstanceOf(IllegalArgumentException.class);
    }
}
