package org.deadletteroffice.core.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.trace.Trace.Limits;
import org.deadletteroffice.core.trace.Trace.Place;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a trace leaves out, and how it tells how far it is.
class TracingTest {
    private static final String ID = "order-4711";

    @TempDir Path home;
    private final MemoryBroker broker = MemoryBroker.named("trace-" + UUID.randomUUID());
    private final Instant start = Instant.now().minusSeconds(60);
    private Engine engine;

    @BeforeEach
    void open() throws Exception {
        engine =
                Engine.open(
                        new EngineOptions(home, Clock.systemUTC(), List.of(), Optional.empty()));
        engine.profiles()
                .save(
                        Profile.of(
                                "here",
                                "memory",
                                Environment.DEVELOPMENT,
                                broker.settings().values()),
                        Map.of());
        broker.createLog("orders");
    }

    @AfterEach
    void close() {
        engine.close();
        broker.close();
    }

    private void send(int messages, IntFunction<String> causation) {
        broker.send(
                "orders",
                IntStream.range(0, messages)
                        .mapToObj(
                                n ->
                                        MemoryMessage.of("{\"n\": %d}".formatted(n))
                                                .at(start.plusMillis(n))
                                                .plus("x-correlation-id", ID)
                                                .plus("ce_causationid", causation.apply(n)))
                        .toList());
    }

    private Trace follow(int mostSteps, List<Trace> told) throws Exception {
        return engine.tracing()
                .follow(
                        List.of(ID),
                        new Limits(List.of(), start.minusSeconds(60), 100_000, mostSteps, false),
                        (_, _) -> {},
                        told::add);
    }

    private static Place place(Trace trace, String profile, String queue) {
        return trace.places().stream()
                .filter(
                        place ->
                                place.profile().equals(profile)
                                        && queue.equals(String.valueOf(place.queue())))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void stops_at_as_many_steps_as_were_asked_for_and_says_so() throws Exception {
        send(30, _ -> "cause-0");

        var some = follow(7, new ArrayList<>());
        assertThat(some.steps()).hasSize(7);
        assertThat(some.complete()).isFalse();
        assertThat(place(some, "here", "orders").sentence()).contains("Stopped at 7 messages");

        assertThat(follow(31, new ArrayList<>()).complete()).isTrue();
    }

    @Test
    void tells_after_each_page_how_far_it_is_and_last_what_it_found() throws Exception {
        send(1_200, _ -> "cause-0");
        var told = new ArrayList<Trace>();

        var trace = follow(10_000, told);

        assertThat(told.stream().map(soFar -> soFar.steps().size()).distinct())
                .containsExactly(500, 1_000, 1_200);
        assertThat(place(told.getFirst(), "here", "orders").complete()).isFalse();
        assertThat(told.getLast()).isEqualTo(trace);
        assertThat(trace.complete()).isTrue();
        assertThat(trace.steps()).isSortedAccordingTo(Comparator.comparing(Trace.Step::time));
    }

    @Test
    void does_not_follow_ids_without_end_and_says_so() throws Exception {
        send(80, n -> "cause-" + n);

        var trace = follow(10_000, new ArrayList<>());

        assertThat(trace.ids()).hasSize(50);
        assertThat(trace.complete()).isFalse();
        assertThat(place(trace, "", "ids").sentence()).contains("more than 50", "not followed");
    }

    @Test
    void more_acts_than_are_looked_at_are_no_whole_trail() throws Exception {
        send(1, _ -> "cause-0");
        assertThat(follow(10, new ArrayList<>()).complete()).isTrue();
        for (int n = 0; n < 501; n++) {
            engine.audit().append("note", "here", "orders", null, ID, Map.of());
        }

        var trace = follow(10, new ArrayList<>());

        assertThat(trace.complete()).isFalse();
        assertThat(place(trace, "", "null").sentence()).contains("newest 500");
    }
}
