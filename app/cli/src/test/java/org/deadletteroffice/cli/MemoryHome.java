package org.deadletteroffice.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.deadletteroffice.memory.DeathHeaders;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;

/// A data folder with one profile, `dev`, on a broker in memory: `orders` and its dead letters.
final class MemoryHome implements AutoCloseable {
    static final String DEAD_LETTERS = "orders.DLT";
    static final String ORIGIN = "orders";
    private static final Instant FIRST = Instant.parse("2026-01-31T08:00:00Z");
    private static final String TIMEOUT = "java.util.concurrent.TimeoutException";

    final MemoryBroker broker = MemoryBroker.named(UUID.randomUUID().toString());
    final CommandLineDriver dlo;

    MemoryHome(Path home) {
        dlo = new CommandLineDriver(home);
        broker.createLog(ORIGIN, 2).createLog(DEAD_LETTERS);
        add("dev", "development");
    }

    void add(String profile, String environment) {
        var added =
                dlo.run(
                        "profiles",
                        "add",
                        "memory",
                        profile,
                        "--set",
                        "broker=" + broker.name(),
                        "--set",
                        "timeout=2s",
                        "--environment",
                        environment);
        if (added.exit() != 0) {
            throw new IllegalStateException(added.err());
        }
    }

    /// `count` orders that died of a timeout, a minute apart.
    MemoryHome withDeadOrders(int count) {
        var messages = new ArrayList<MemoryMessage>();
        for (int i = 0; i < count; i++) {
            messages.add(order(i));
        }
        broker.send(DEAD_LETTERS, messages);
        return this;
    }

    static MemoryMessage order(int number) {
        var death =
                DeathHeaders.of(ORIGIN, TIMEOUT, "payment " + number + " not answered")
                        .from(1, 100 + number)
                        .by("orders-service")
                        .at(FIRST.plusSeconds(60L * number));
        return MemoryMessage.of(
                        "customer-" + number % 3,
                        "{\"order\":" + number + ",\"total\":9007199254740993,\"price\":1.50}")
                .with(DeathHeaders.after(own(), death.spring()))
                .at(FIRST.plusSeconds(60L * number));
    }

    /// What travels with a message whatever happens to it.
    private static Headers own() {
        return new Headers(
                List.of(
                        Header.of("content-type", "application/json"),
                        Header.of("trace", "a"),
                        new Header("trace", null),
                        new Header("trace", new byte[0]),
                        new Header("binary", new byte[] {0, (byte) 0xff})));
    }

    @Override
    public void close() {
        broker.close();
    }
}
