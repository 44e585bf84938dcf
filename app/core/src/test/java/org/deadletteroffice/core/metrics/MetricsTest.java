package org.deadletteroffice.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.metrics.BrokerState.Status;
import org.deadletteroffice.core.metrics.History.Series;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.store.DataFolder;
import org.deadletteroffice.core.store.Store;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    private static final Duration OFTEN = Duration.ofMillis(100);

    @TempDir Path home;

    @Test
    void each_profile_has_a_state_that_follows_its_broker() throws Exception {
        try (var broker = MemoryBroker.named("m-" + UUID.randomUUID());
                var engine = Engine.open(EngineOptions.at(home))) {
            broker.createLog("orders.dlq").send("orders.dlq", MemoryMessage.of("a"));
            engine.profiles().save(profile("here", broker), Map.of());
            var metrics = engine.metrics();
            metrics.watch(OFTEN);
            await().until(() -> status(metrics, "here") == Status.CONNECTED);
            assertThat(metrics.states().now().getFirst().queues()).hasSize(1);

            broker.faults().unreachable();
            await().until(() -> status(metrics, "here") == Status.FAILED);
            var failed = metrics.states().now().getFirst();
            assertThat(failed.problem()).contains("does not answer");
            assertThat(failed.remedy()).isNotBlank();
            assertThat(failed.queues()).as("as last seen").hasSize(1);

            broker.faults().heal();
            await().until(() -> status(metrics, "here") == Status.CONNECTED);

            engine.profiles().save(profile("another", broker), Map.of());
            await().until(() -> status(metrics, "another") == Status.CONNECTED);
            engine.profiles().remove("here");
            await().until(() -> metrics.states().now().size() == 1);
        }
    }

    @Test
    void depths_of_dead_letter_queues_are_sampled() throws Exception {
        try (var broker = MemoryBroker.named("m-" + UUID.randomUUID());
                var engine = Engine.open(EngineOptions.at(home))) {
            broker.createLog("orders").createLog("orders.dlq").createLog("mail.dlq");
            broker.send("orders.dlq", MemoryMessage.of("a"), MemoryMessage.of("b"));
            broker.send("mail.dlq", MemoryMessage.of("c"));
            engine.profiles().save(profile("here", broker), Map.of());
            engine.metrics().watch(OFTEN);
            var since = Instant.now().minusSeconds(60);
            await().until(
                            () ->
                                    !engine.metrics()
                                            .depths(broker.ref("here", "orders.dlq"), since)
                                            .isEmpty());
            assertThat(
                            engine.metrics()
                                    .depths(broker.ref("here", "orders.dlq"), since)
                                    .getLast()
                                    .value())
                    .isEqualTo(2);
            assertThat(engine.metrics().deadLetters(since).getLast().value()).isEqualTo(3);
            assertThat(engine.metrics().depths(broker.ref("here", "orders"), since)).isEmpty();
        }
    }

    @Test
    void fine_samples_are_kept_for_a_day_and_coarse_ones_for_a_year() throws Exception {
        try (var store = new Store(DataFolder.at(home))) {
            var history = new History(store);
            var series = Series.depth("p", "q", true);
            var now = Instant.parse("2026-06-01T12:00:00Z");
            for (var back :
                    List.of(
                            Duration.ofDays(400),
                            Duration.ofDays(40),
                            Duration.ofDays(2),
                            Duration.ZERO)) {
                history.record(now.minus(back), Map.of(series, back.toDays()));
            }
            history.prune(now);
            assertThat(history.of(series, now.minus(Duration.ofDays(366)), now))
                    .extracting(Sample::value)
                    .containsExactly(40L, 2L, 0L);
            assertThat(history.of(series, now.minus(Duration.ofDays(6)), now))
                    .extracting(Sample::value)
                    .containsExactly(2L, 0L);
            assertThat(history.of(series, now.minus(Duration.ofHours(1)), now))
                    .extracting(Sample::value)
                    .containsExactly(0L);
        }
    }

    @Test
    void a_long_time_is_thinned_to_five_hundred_samples_from_first_to_last() throws Exception {
        try (var store = new Store(DataFolder.at(home))) {
            var history = new History(store);
            var series = Series.depth("p", "q", true);
            var start = Instant.parse("2026-06-01T12:00:00Z");
            for (var i = 0; i < 1_200; i++) {
                history.record(start.plusSeconds(10L * i), Map.of(series, (long) i));
            }
            var samples = history.of(series, start, start.plusSeconds(12_000));
            assertThat(samples).hasSize(500);
            assertThat(samples.getFirst().value()).isZero();
            assertThat(samples.getLast().value()).isEqualTo(1_199);
        }
    }

    @Test
    void a_queue_that_was_not_seen_for_a_moment_does_not_make_a_dip() throws Exception {
        try (var store = new Store(DataFolder.at(home))) {
            var history = new History(store);
            var start = Instant.parse("2026-06-01T12:00:00Z");
            for (var i = 0; i < 5; i++) {
                var values = new HashMap<Series, Long>();
                values.put(Series.depth("p", "a", true), 10L);
                if (i != 2) {
                    values.put(Series.depth("p", "b", true), 5L);
                }
                history.record(start.plusSeconds(10L * i), values);
            }
            assertThat(history.deadLetters(start, start.plusSeconds(60)))
                    .extracting(Sample::value)
                    .containsExactly(15L, 15L, 15L, 15L, 15L);
        }
    }

    private static Status status(Metrics metrics, String profile) {
        return metrics.states().now().stream()
                .filter(state -> state.profile().name().equals(profile))
                .map(BrokerState::status)
                .findFirst()
                .orElse(Status.CONNECTING);
    }

    private static Profile profile(String name, MemoryBroker broker) {
        return Profile.of(name, "memory", Environment.DEVELOPMENT, broker.settings().values());
    }
}
