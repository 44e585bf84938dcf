package org.deadletteroffice.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacesTest {
    @Test
    void a_stretch_of_a_log_has_one_place_or_two() {
        var ids = IntStream.range(4_000, 5_000).mapToObj(offset -> "3-" + offset).toList();

        assertThat(Places.of(ids))
                .extracting(Places.Place::low, Places.Place::high)
                .containsExactlyInAnyOrder(
                        org.assertj.core.api.Assertions.tuple(4_000L, 4_095L),
                        org.assertj.core.api.Assertions.tuple(4_096L, 4_999L));
    }

    @Test
    void partitions_and_neighbours_do_not_share_a_place() {
        assertThat(
                        List.of("0-1", "1-1", "0-4096", "1-4096", "0", "1-").stream()
                                .map(id -> Places.of(List.of(id)).getFirst().number()))
                .doesNotHaveDuplicates();
    }

    @Test
    void ids_that_do_not_count_up_have_a_place_each() {
        var ids =
                IntStream.range(0, 500)
                        .mapToObj(
                                i ->
                                        "x"
                                                + UUID.nameUUIDFromBytes(new byte[] {(byte) i})
                                                + "y"
                                                + (char) ('a' + i % 26))
                        .distinct()
                        .toList();

        assertThat(Places.of(ids)).hasSameSizeAs(ids);
    }
}
