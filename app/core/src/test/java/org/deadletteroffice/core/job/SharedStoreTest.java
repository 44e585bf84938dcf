package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.store.PostgresCluster;
import org.deadletteroffice.core.store.StoreException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Two operators, each with a data folder of their own, and one store on PostgreSQL.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedStoreTest {
    private PostgresCluster cluster;
    @TempDir Path homes;

    @BeforeAll
    void start() throws Exception {
        var started = PostgresCluster.start();
        assumeTrue(started.isPresent(), "no PostgreSQL 15 or newer is installed");
        cluster = started.get();
        Office.onStoresOf(cluster);
    }

    @AfterAll
    void stop() throws Exception {
        Office.onStoresOf(null);
        if (cluster != null) {
            cluster.close();
        }
    }

    private Engine colleague(Office office, String name) throws Exception {
        var options =
                new EngineOptions(
                        homes.resolve(name), Clock.systemUTC(), List.of(), office.store());
        var engine = Engine.open(options);
        engine.profiles()
                .save(
                        Profile.of(
                                Office.PROFILE,
                                "memory",
                                Environment.DEVELOPMENT,
                                office.broker.settings().values()),
                        Map.of());
        return engine;
    }

    @Test
    void jobs_trail_and_resolved_messages_of_one_are_those_of_all() throws Exception {
        try (var office = new Office(homes.resolve("ada"), true);
                var bob = colleague(office, "bob")) {
            office.die(0, 40);
            var job = office.run(office.all());
            assertThat(bob.jobs().find(job.id()).orElseThrow().state()).isEqualTo(JobState.DONE);
            assertThat(bob.jobs().rehearse(office.all()).planned())
                    .as("what Ada resolved is resolved for Bob")
                    .isZero();
            assertThat(bob.audit().list(null, job.id(), null, 9)).isNotEmpty();
            assertThat(bob.audit().verify().intact()).isTrue();
        }
    }

    @Test
    void a_colleague_pauses_and_stops_a_job_and_two_never_run_it_at_once() throws Exception {
        try (var office = new Office(homes.resolve("ada2"), true);
                var bob = colleague(office, "bob2")) {
            office.die(0, 2_000);
            var id = office.jobs().start(Office.with(office.all(), new Pace(200.0, null)), null);
            await().until(() -> office.broker.messages(Office.ORIGIN).size() > 10);
            assertThatThrownBy(() -> bob.jobs().resume(id)).hasMessageContaining("runs already");
            bob.jobs().pause(id);
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> office.jobs().find(id).orElseThrow().state() == JobState.PAUSED);
            bob.jobs().stop(id);
            await().until(() -> office.jobs().find(id).orElseThrow().state().isEnd());
            assertThat(bob.jobs().find(id).orElseThrow().state()).isEqualTo(JobState.STOPPED);
            assertThat(office.payloads(Office.ORIGIN)).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_server_that_crashes_midway_and_comes_back_loses_nothing() throws Exception {
        try (var office = new Office(homes.resolve("ada3"), true)) {
            office.die(0, 900);
            var id = office.jobs().start(Office.with(office.all(), new Pace(300.0, null)), null);
            await().until(() -> office.broker.messages(Office.ORIGIN).size() > 100);
            cluster.crash();
            cluster.restart();
            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.DONE);
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 900));
            assertThat(office.engine().audit().verify().intact()).isTrue();
        }
    }

    @Test
    void an_address_with_a_password_or_of_another_kind_is_refused() {
        for (var address :
                List.of(
                        "postgresql://h/d?user=a&password=b",
                        "postgresql://a:b@h/d",
                        "mysql://h/d")) {
            assertThatThrownBy(
                            () ->
                                    Engine.open(
                                            new EngineOptions(
                                                    homes.resolve("none"),
                                                    Clock.systemUTC(),
                                                    List.of(),
                                                    Optional.of(address))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("shared store")
                    .hasMessageNotContaining("a:b");
        }
    }

    @Test
    void a_server_that_is_not_there_is_told_by_its_address() throws Exception {
        try (var engine =
                Engine.open(
                        new EngineOptions(
                                homes.resolve("gone"),
                                Clock.systemUTC(),
                                List.of(),
                                Optional.of("postgresql://127.0.0.1:1/none?user=x")))) {
            assertThatThrownBy(engine::openStore)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("postgresql://127.0.0.1:1/none does not answer");
        }
    }
}
