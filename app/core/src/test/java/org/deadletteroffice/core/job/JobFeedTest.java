package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class JobFeedTest {
    @Test
    void a_store_that_closes_during_a_look_ends_it_quietly() {
        var self = new AtomicReference<JobFeed>();
        Runnable atLook =
                () -> {
                    java.util.Objects.requireNonNull(self.get()).close();
                    throw new IllegalStateException("the store is closed");
                };
        var feed = feed(atLook);
        self.set(feed);

        assertThatCode(feed::refresh).doesNotThrowAnyException();
    }

    @Test
    void a_defect_of_a_feed_that_is_open_is_not_hidden() {
        try (var feed =
                feed(
                        () -> {
                            throw new IllegalStateException("the store is closed");
                        })) {
            assertThatThrownBy(feed::refresh).isInstanceOf(IllegalStateException.class);
        }
    }

    /// Does nothing at the first look, which subscribing makes.
    private static JobFeed feed(Runnable later) {
        var looks = new int[1];
        var feed =
                new JobFeed(
                        () -> {
                            if (looks[0]++ > 0) {
                                later.run();
                            }
                            return List.of();
                        });
        var _ = feed.changes().subscribe(_ -> {});
        return feed;
    }
}
