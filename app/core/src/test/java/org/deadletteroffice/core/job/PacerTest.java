package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.junit.jupiter.api.Test;

class PacerTest {
    @Property(tries = 200)
    void over_ten_seconds_the_rate_is_kept_within_five_percent(
            @ForAll @DoubleRange(min = 5, max = 20_000) double rate) {
        var pacer = new Pacer(rate);
        var batch = pacer.batch(500);
        var now = 0L;
        var sent = 0L;
        while (true) {
            now += pacer.delay(batch, now).toNanos();
            if (now > Duration.ofSeconds(10).toNanos()) {
                break;
            }
            sent += batch;
            // What sending takes is part of the time, not added to it.
            now += 100_000;
        }
        assertThat(sent / 10.0).isBetween(rate * 0.95, Math.max(rate * 1.05, rate + batch / 10.0));
    }

    @Test
    void time_lost_is_not_made_up_for_by_a_burst() {
        var pacer = new Pacer(100.0);
        pacer.delay(10, 0);
        var later = Duration.ofMinutes(5).toNanos();
        var sentAtOnce = 0;
        while (pacer.delay(10, later).isZero()) {
            sentAtOnce += 10;
        }
        assertThat(sentAtOnce).isLessThanOrEqualTo(20);
    }

    @Test
    void a_backoff_grows_gives_up_and_begins_anew_after_a_success() {
        var told = new ArrayList<String>();
        var backoff = new Backoff(new Random(1), (_, words) -> told.add(words));
        var lost =
                new BrokerException.Unreachable(
                        "lost", new Remedy.Wait(Duration.ofSeconds(1)), null);
        var waits = 0;
        while (backoff.after(lost).isPresent()) {
            waits++;
        }
        assertThat(waits).isEqualTo(12);
        assertThat(told)
                .hasSize(12)
                .last()
                .asString()
                .matches("lost Waiting .* m?s, then try 12 of 12\\.");
        backoff.succeeded();
        assertThat(told).last().isEqualTo("");
        assertThat(backoff.after(lost).orElseThrow()).isLessThanOrEqualTo(Duration.ofMillis(200));
        var refused = new BrokerException.NotAuthorized("no", new Remedy.Grant("write"), null);
        assertThat(backoff.after(refused)).isEmpty();
        var slow = new BrokerException.Throttled("Slow down.", Duration.ofSeconds(3), null);
        assertThat(backoff.after(slow).orElseThrow()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(told)
                .last()
                .asString()
                .matches("Slow down\\. Waiting 3\\.\\d s, then try 2 of 12\\.");
    }
}
