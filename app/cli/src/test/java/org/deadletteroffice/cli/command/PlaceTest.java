package org.deadletteroffice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaceTest {
    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void newest_goes_back_in_time_and_oldest_forwards() throws Exception {
        assertThat(parse("newest")).isEqualTo(new Place(Cursor.newest(), Direction.OLDER));
        assertThat(parse("oldest")).isEqualTo(new Place(Cursor.oldest(), Direction.NEWER));
    }

    @Test
    void a_time_goes_forwards() throws Exception {
        var eight =
                new Place(new Cursor.At(Instant.parse("2026-01-31T08:00:00Z")), Direction.NEWER);

        assertThat(parse("2026-01-31T08:00:00Z")).isEqualTo(eight);
        assertThat(parse("2026-01-31T09:00:00+01:00")).isEqualTo(eight);
        assertThat(parse("4h")).isEqualTo(eight);
        assertThat(parse("2026-01-31").cursor())
                .isEqualTo(new Cursor.At(Instant.parse("2026-01-31T00:00:00Z")));
    }

    @Test
    void a_next_cursor_goes_on_the_way_it_came() throws Exception {
        var older = new Place(new Cursor.Token("0:17,1:3"), Direction.OLDER);
        var newer = new Place(new Cursor.Before(new MessageId("0-17")), Direction.NEWER);

        assertThat(parse(older.text())).isEqualTo(older);
        assertThat(parse(newer.text())).isEqualTo(newer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-13-01", "2026-01-31T25:00:00Z", "older:", "5x"})
    void what_is_no_place_is_refused_with_what_would_be(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        OperatorException.class,
                        e -> assertThat(e.kind()).isEqualTo(OperatorException.Kind.WRONG_USE));
    }

    private static Place parse(String text) throws OperatorException {
        return Place.parse(text, NOON);
    }
}
