package org.deadletteroffice.desktop.fx;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.desktop.Pictures;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    private final Background background = Background.onVirtualThreads();

    @BeforeAll
    static void start() {
        Pictures.startToolkit();
    }

    @Test
    void work_leaves_the_fx_thread_and_its_result_returns_to_it() throws Exception {
        var shown = new AtomicReference<String>();
        var done = new CountDownLatch(1);
        background.run(
                () -> Platform.isFxApplicationThread() ? "fx" : "elsewhere",
                worked -> {
                    shown.set(worked + ", shown on fx: " + Platform.isFxApplicationThread());
                    done.countDown();
                },
                _ -> {});
        assertThat(done.await(10, SECONDS)).isTrue();
        assertThat(shown.get()).isEqualTo("elsewhere, shown on fx: true");
    }

    @Test
    void a_failure_returns_as_a_sentence_with_what_to_do() throws Exception {
        var told = new AtomicReference<Problem>();
        var done = new CountDownLatch(1);
        background.run(
                () -> {
                    throw new OperatorException(
                            OperatorException.Kind.NOT_FOUND,
                            "There is no such job.",
                            "Look again.");
                },
                () -> {},
                problem -> {
                    told.set(problem);
                    done.countDown();
                });
        assertThat(done.await(10, SECONDS)).isTrue();
        assertThat(told.get())
                .extracting(Problem::sentence, Problem::remedy)
                .containsExactly("There is no such job.", "Look again.");
    }

    @Test
    void cancelled_work_is_interrupted_and_shows_nothing() throws Exception {
        var interrupted = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var shown = new AtomicInteger();
        var running =
                background.run(
                        () -> {
                            started.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException stopped) {
                                interrupted.countDown();
                                throw stopped;
                            }
                        },
                        shown::incrementAndGet,
                        _ -> shown.incrementAndGet());
        assertThat(started.await(10, SECONDS)).isTrue();
        running.cancel();
        assertThat(interrupted.await(10, SECONDS)).isTrue();
        var after = new CountDownLatch(1);
        background.show(after::countDown);
        assertThat(after.await(10, SECONDS)).isTrue();
        assertThat(shown.get()).isZero();
    }

    @Test
    void a_flood_of_values_shows_the_last_and_few_before() {
        var seen = new ArrayList<Integer>();
        var listener = background.<Integer>latest(seen::add);
        for (var i = 1; i <= 100_000; i++) {
            listener.accept(i);
        }
        await().until(() -> Pictures.onFx(() -> !seen.isEmpty() && seen.getLast() == 100_000));
        assertThat(Pictures.onFx(() -> List.copyOf(seen))).isSorted().hasSizeLessThan(10_000);
    }

    @Test
    void updates_keep_their_order() {
        var seen = new ArrayList<Integer>();
        for (var i = 0; i < 1_000; i++) {
            var number = i;
            background.show(() -> seen.add(number));
        }
        await().until(() -> Pictures.onFx(() -> seen.size() == 1_000));
        assertThat(Pictures.onFx(() -> List.copyOf(seen))).isSorted();
    }

    @Test
    void a_failing_update_stops_no_other() {
        var seen = new AtomicInteger();
        background.show(
                () -> {
                    throw new IllegalStateException("on purpose");
                });
        background.show(seen::incrementAndGet);
        await().until(() -> seen.get() == 1);
    }
}
