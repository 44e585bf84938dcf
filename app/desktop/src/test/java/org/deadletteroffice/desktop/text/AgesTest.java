package org.deadletteroffice.desktop.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AgesTest {
    private static final Instant NOW = Instant.parse("2026-11-12T11:42:04Z");

    @Test
    void one_unit_where_room_is_short() {
        assertThat(Ages.rough(Duration.ofHours(76))).isEqualTo("3 d");
        assertThat(Ages.ago(NOW.minusSeconds(130), NOW)).isEqualTo("2 min ago");
        assertThat(Ages.ago(NOW.minusSeconds(3), NOW)).isEqualTo("now");
    }

    @Test
    void a_time_is_as_short_as_it_is_clear() {
        assertThat(Ages.at(NOW, NOW, ZoneOffset.UTC)).isEqualTo("11:42:04");
        assertThat(Ages.at(NOW.minus(Duration.ofDays(3)), NOW, ZoneOffset.UTC))
                .isEqualTo("9 Nov 11:42");
        assertThat(Ages.at(NOW.minus(Duration.ofDays(400)), NOW, ZoneOffset.UTC))
                .isEqualTo("8 Oct 2025 11:42");
    }

    @Test
    void today_is_the_operators_today() {
        var tokyo = ZoneId.of("Asia/Tokyo");
        var late = Instant.parse("2026-11-12T15:30:00Z");
        assertThat(Ages.at(late, late.plusSeconds(60), tokyo)).isEqualTo("00:30:00");
        assertThat(Ages.at(late.minusSeconds(3600), late, tokyo)).isEqualTo("12 Nov 23:30");
    }
}
