package org.deadletteroffice.desktop.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TileTest {
    private static final Instant NOW = Instant.parse("2026-11-12T11:42:04Z");

    @Test
    void nothing_replayed_is_said_so() {
        assertThat(Tile.replayed(List.of(), NOW).value()).isEqualTo("0");
        assertThat(Tile.running(List.of()).note()).isEqualTo("none under way");
    }
}
