package org.deadletteroffice.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueRole;
import org.deadletteroffice.spi.profile.Check;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokersTest {
    @TempDir Path home;
    private final MemoryBroker broker = MemoryBroker.named("b-" + UUID.randomUUID());
    private Engine engine;
    private Brokers brokers;

    @BeforeEach
    void open() throws Exception {
        engine = Engine.open(EngineOptions.at(home));
        brokers = engine.brokers();
        save(List.of(), Map.of());
    }

    @AfterEach
    void close() {
        engine.close();
        broker.close();
    }

    private void save(List<String> patterns, Map<String, Boolean> marks) throws Exception {
        engine.profiles()
                .save(
                        new Profile(
                                "here",
                                "memory",
                                Environment.PRODUCTION,
                                broker.settings().values(),
                                patterns,
                                marks,
                                false),
                        Map.of());
    }

    private QueueRole role(String queue) throws Exception {
        return brokers.queue("here", queue).role();
    }

    @Test
    void dead_letter_queues_are_found_by_the_names_that_frameworks_give_them() throws Exception {
        for (var name : List.of("orders-dlt", "orders.DLT", "dlq-sink", "dead-letter-topic-in")) {
            broker.createLog(name);
            assertThat(role(name)).as(name).isEqualTo(QueueRole.DEAD_LETTER);
        }
        for (var name : List.of("orders", "terrors", "adlqb")) {
            broker.createLog(name);
            assertThat(role(name)).as(name).isNotEqualTo(QueueRole.DEAD_LETTER);
        }
    }

    @Test
    void the_operators_patterns_and_marks_go_before() throws Exception {
        broker.createLog("orders-broken").createLog("orders.dlq").createLog("plain");
        save(List.of("*-BROKEN"), Map.of("plain", true, "orders.dlq", false));
        assertThat(role("orders-broken")).isEqualTo(QueueRole.DEAD_LETTER);
        assertThat(role("plain")).isEqualTo(QueueRole.DEAD_LETTER);
        assertThat(role("orders.dlq")).isNotEqualTo(QueueRole.DEAD_LETTER);
    }

    @Test
    void one_connection_serves_all_until_its_profile_changes() throws Exception {
        var first = brokers.connection("here");
        assertThat(brokers.connection("here")).isSameAs(first);
        try (var other = MemoryBroker.named("c-" + UUID.randomUUID())) {
            other.createLog("there");
            engine.profiles()
                    .save(
                            Profile.of(
                                    "here",
                                    "memory",
                                    Environment.STAGING,
                                    other.settings().values()),
                            Map.of());
            assertThat(brokers.queue("here", "there").ref().name()).isEqualTo("there");
        }
    }

    @Test
    void what_is_not_there_is_named() {
        assertThatThrownBy(() -> brokers.connection("nowhere"))
                .hasMessageContaining("no profile 'nowhere'");
        assertThatThrownBy(() -> brokers.queue("here", "nothing"))
                .isInstanceOf(BrokerException.NotFound.class)
                .hasMessageContaining("'nothing'");
    }

    @Test
    void production_is_unlocked_for_a_while_with_a_reason() throws Exception {
        assertThatThrownBy(() -> brokers.checkWritable("here")).hasMessageContaining("read-only");
        assertThatThrownBy(() -> brokers.unlock("here", Duration.ofMinutes(5), " "))
                .hasMessageContaining("reason");
        assertThatThrownBy(() -> brokers.unlock("here", Duration.ofDays(5), "x"))
                .hasMessageContaining("8 hours");
        brokers.unlock("here", Duration.ofMinutes(5), "ticket 7");
        brokers.checkWritable("here");
        assertThat(brokers.unlockedUntil("here")).isPresent();
        brokers.lock("here");
        assertThat(brokers.unlockedUntil("here")).isEmpty();
    }

    @Test
    void a_profile_is_tested_before_it_is_saved() throws Exception {
        var told = new ArrayList<Check>();
        brokers.test(
                Profile.of("new", "memory", Environment.DEVELOPMENT, broker.settings().values()),
                Map.of(),
                told::add);
        assertThat(told).extracting(Check::state).contains(Check.State.WAITING, Check.State.PASSED);
        assertThat(engine.profiles().find("new")).isEmpty();
    }
}
