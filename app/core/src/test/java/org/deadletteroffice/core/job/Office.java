package org.deadletteroffice.core.job;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.store.PostgresCluster;
import org.deadletteroffice.memory.DeathHeaders;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// An engine over a memory broker, with an origin `orders` and its dead letters, in both flavours.
final class Office implements AutoCloseable {
    static final String PROFILE = "here";
    static final String ORIGIN = "orders";
    static final String DLQ = "orders.dlq";

    final MemoryBroker broker = MemoryBroker.named("office-" + UUID.randomUUID());
    final boolean log;
    final Path home;
    private static @Nullable PostgresCluster cluster;

    private final Optional<String> store;
    private final List<Connector> connectors;
    private Engine engine;

    /// From now on each office has a database of its own there; null: in its data folder.
    static void onStoresOf(@Nullable PostgresCluster chosen) {
        cluster = chosen;
    }

    Office(Path home, boolean log) throws Exception {
        this(home, log, Environment.DEVELOPMENT);
    }

    Office(Path home, boolean log, Environment environment) throws Exception {
        this(home, log, environment, List.of());
    }

    /// @param connectors go before those that are found
    Office(Path home, boolean log, List<Connector> connectors) throws Exception {
        this(home, log, Environment.DEVELOPMENT, connectors);
    }

    private Office(Path home, boolean log, Environment environment, List<Connector> connectors)
            throws Exception {
        this.home = home;
        this.log = log;
        this.connectors = connectors;
        var shared = cluster;
        this.store = shared == null ? Optional.empty() : Optional.of(shared.database());
        for (var queue : List.of(ORIGIN, DLQ, "elsewhere")) {
            if (log) {
                broker.createLog(queue, 2);
            } else {
                broker.createQueue(queue);
            }
        }
        engine = open();
        engine.profiles()
                .save(
                        Profile.of(PROFILE, "memory", environment, broker.settings().values()),
                        Map.of());
    }

    /// Saves a profile of a broker, with more values than it has by itself.
    void name(String profile, MemoryBroker of, Map<String, String> more) throws Exception {
        var values = new HashMap<>(of.settings().values());
        values.putAll(more);
        engine.profiles()
                .save(Profile.of(profile, "memory", Environment.DEVELOPMENT, values), Map.of());
    }

    private Engine open() throws Exception {
        return Engine.open(new EngineOptions(home, Clock.systemUTC(), connectors, store));
    }

    Engine engine() {
        return engine;
    }

    /// The address of its shared store; empty for its own.
    Optional<String> store() {
        return store;
    }

    Jobs jobs() {
        return engine.jobs();
    }

    /// Closes the program and opens it again.
    void reopen() throws Exception {
        engine.close();
        engine = open();
    }

    /// Dead letters with payloads `from` to `to - 1`.
    void die(int from, int to) {
        var letters = new ArrayList<MemoryMessage>();
        for (var i = from; i < to; i++) {
            letters.add(letter("{\"n\": " + i + "}"));
        }
        broker.send(DLQ, letters);
    }

    static MemoryMessage letter(String payload) {
        var death = DeathHeaders.of(ORIGIN, "java.lang.IllegalStateException", "no stock");
        var own =
                Headers.of(
                        Header.of("tenant", "a"),
                        new Header("empty", new byte[0]),
                        new Header("none", null));
        return MemoryMessage.of("key-" + payload, payload)
                .with(DeathHeaders.after(own, death.spring()));
    }

    QueueRef dlq() {
        return broker.ref(PROFILE, DLQ);
    }

    RedriveRequest all() {
        return RedriveRequest.toOrigin(dlq(), new Scope.All());
    }

    static RedriveRequest with(RedriveRequest request, Pace pace) {
        return request.copy().pace(pace).build();
    }

    static RedriveRequest to(
            RedriveRequest request, String destination, Change change, List<HeaderEdit> edits) {
        return request.copy()
                .to(destination)
                .change(change)
                .headers(new HeaderPolicy(false, false, edits))
                .reason("a reason")
                .build();
    }

    JobInfo run(RedriveRequest request) throws Exception {
        return jobs().await(jobs().start(request, DLQ));
    }

    List<String> payloads(String queue) {
        return broker.messages(queue).stream().map(Office::payload).toList();
    }

    static String payload(DeadLetter letter) {
        var bytes = letter.payload();
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }

    static List<String> expected(int from, int to) {
        var payloads = new ArrayList<String>();
        for (var i = from; i < to; i++) {
            payloads.add("{\"n\": " + i + "}");
        }
        return payloads;
    }

    @Override
    public void close() {
        engine.close();
        broker.close();
    }
}
