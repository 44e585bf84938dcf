package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
    @Test
    void grows_while_batches_are_quick_and_shrinks_when_they_are_slow() {
        var size = new BatchSize(4_000);
        assertThat(size.now()).isEqualTo(500);
        for (var i = 0; i < 10; i++) {
            took(size, 20);
        }
        assertThat(size.now()).isEqualTo(4_000);
        took(size, 300);
        assertThat(size.now()).as("neither quick nor slow").isEqualTo(4_000);
        took(size, 700);
        assertThat(size.now()).isEqualTo(2_000);
        for (var i = 0; i < 10; i++) {
            took(size, 2_000);
        }
        assertThat(size.now()).as("a pause waits for no more than this").isEqualTo(500);
    }

    private static void took(BatchSize size, int millis) {
        size.took(size.now(), Duration.ofMillis(millis).toNanos());
    }

    @Test
    void a_batch_that_was_not_full_says_nothing_of_larger_ones() {
        var size = new BatchSize(4_000);
        size.took(3, 1);
        assertThat(size.now()).isEqualTo(500);
    }

    @Test
    void never_exceeds_what_may_go_at_once() {
        var size = new BatchSize(50);
        took(size, 1);
        assertThat(size.now()).isEqualTo(50);
        took(size, 3_000);
        assertThat(size.now()).isEqualTo(50);
    }
}
