package org.deadletteroffice.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;

/// The clients of one profile: one admin client, and consumers that are kept warm between reads, as
/// a new one has to sign in and learn the cluster first.
///
/// No client is made before it is needed; all survive a broker that goes away and comes back.
final class Clients implements AutoCloseable {
    /// What a consumer is used for; decides how much it fetches ahead.
    enum Use {
        /// A page: little, as most of what is fetched ahead is thrown away.
        PAGE(256 << 10, 8 << 20, 500),
        /// A whole topic at the broker's speed: many polls to a fetch, as the next one is asked for
        /// only once the last of it is taken.
        SCAN(4 << 20, 16 << 20, 1_000);

        private final int partitionBytes;
        private final int bytes;
        private final int records;

        Use(int partitionBytes, int bytes, int records) {
            this.partitionBytes = partitionBytes;
            this.bytes = bytes;
            this.records = records;
        }
    }

    /// How long a wait goes on before it looks whether it still should.
    static final Duration SLICE = Duration.ofMillis(100);
    private static final int KEPT_WARM = 3;
    private final KafkaProfile profile;
    private final KafkaErrors errors;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Use, Deque<KafkaConsumer<byte[], byte[]>>> idle = new EnumMap<>(Use.class);
    private final Set<Lease> leased = new HashSet<>();
    private @Nullable Admin admin;
    private boolean closed;

    Clients(KafkaProfile profile) {
        this.profile = profile;
        this.errors = new KafkaErrors(profile);
        for (var use : Use.values()) {
            idle.put(use, new ArrayDeque<>());
        }
    }

    KafkaErrors errors() {
        return errors;
    }

    KafkaProfile profile() {
        return profile;
    }

    Deadline deadline() {
        return Deadline.in(profile.timeout());
    }

    /// @throws BrokerException when the client cannot be made with this profile
    Admin admin() throws BrokerException {
        lock.lock();
        try {
            refuseWhenClosed();
            var made = admin;
            if (made == null) {
                made = Admin.create(properties());
                admin = made;
            }
            return made;
        } catch (RuntimeException failed) {
            throw errors.of(failed, Act.connecting());
        } finally {
            lock.unlock();
        }
    }

    /// Waits for an admin client's answer.
    ///
    /// @param answer as it stands in the client's map of answers, by what was asked
    <T> T await(@Nullable KafkaFuture<T> answer, Deadline deadline, Act act)
            throws BrokerException {
        if (answer == null) {
            throw new IllegalStateException("the client keeps no answer to what it was asked");
        }
        try {
            while (true) {
                if (deadline.isStopped() || isClosed()) {
                    throw KafkaErrors.cancelled(act, null);
                }
                try {
                    return answer.get(deadline.leftUpTo(SLICE).toNanos(), TimeUnit.NANOSECONDS);
                } catch (java.util.concurrent.TimeoutException late) {
                    if (deadline.passed()) {
                        throw errors.unreachable(act, late);
                    }
                }
            }
        } catch (ExecutionException failed) {
            throw isClosed() ? KafkaErrors.cancelled(act, failed) : errors.of(failed, act);
        } catch (InterruptedException stop) {
            throw errors.of(stop, act);
        }
    }

    /// As [#await]; empty where this may not be asked, is unknown to old brokers, or went away
    /// meanwhile.
    <T> Optional<T> awaitIfAllowed(@Nullable KafkaFuture<T> answer, Deadline deadline, Act act)
            throws BrokerException {
        if (answer == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(await(answer, deadline, act));
        } catch (BrokerException failed) {
            return switch (failed) {
                case BrokerException.NotAuthorized _,
                        BrokerException.NotFound _,
                        BrokerException.Unsupported _ ->
                        Optional.empty();
                default -> throw failed;
            };
        }
    }

    /// A consumer for the caller alone, until it gives the lease back.
    Lease borrow(Use use, Act act) throws BrokerException {
        lock.lock();
        try {
            refuseWhenClosed();
            var warm = idle.get(use);
            var consumer = warm == null ? null : warm.pollFirst();
            var lease = new Lease(use, consumer == null ? newConsumer(use) : consumer);
            leased.add(lease);
            return lease;
        } catch (RuntimeException failed) {
            throw errors.of(failed, act);
        } finally {
            lock.unlock();
        }
    }

    private KafkaConsumer<byte[], byte[]> newConsumer(Use use) {
        var all = properties();
        all.put("allow.auto.create.topics", false);
        all.put("auto.offset.reset", "none");
        all.put("enable.auto.commit", false);
        all.put("group.protocol", "classic");
        all.put("fetch.max.wait.ms", 100);
        all.put("max.partition.fetch.bytes", use.partitionBytes);
        all.put("fetch.max.bytes", use.bytes);
        all.put("max.poll.records", use.records);
        // What the system thinks right, and lets grow: the client's own 64 KiB keep the broker
        // waiting while messages are looked at.
        all.putIfAbsent("receive.buffer.bytes", -1);
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// @param more what this producer needs besides what all of them have
    KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        var all = properties();
        var millis = (int) profile.timeout().toMillis();
        all.put("acks", "all");
        all.put("enable.idempotence", true);
        all.put("linger.ms", 5);
        all.put("batch.size", 256 << 10);
        // With more in flight, a leader that refuses its first batch for a moment takes the second:
        // the order is lost, and the first is refused until it expires.
        all.put("max.in.flight.requests.per.connection", 1);
        all.put("buffer.memory", 96L << 20);
        all.put("max.request.size", 64 << 20);
        all.put("max.block.ms", millis);
        all.put("request.timeout.ms", Math.max(500, millis / 2));
        all.put("delivery.timeout.ms", Math.max(600, millis));
        all.putAll(more);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> properties() {
        var all = new HashMap<>(profile.clientProperties());
        var millis = (int) profile.timeout().toMillis();
        all.putIfAbsent("request.timeout.ms", millis);
        all.putIfAbsent("default.api.timeout.ms", millis);
        all.putIfAbsent("socket.connection.setup.timeout.ms", millis);
        all.putIfAbsent("socket.connection.setup.timeout.max.ms", millis);
        all.putIfAbsent("reconnect.backoff.max.ms", 500);
        all.putIfAbsent("enable.metrics.push", false);
        all.put("metric.reporters", "");
        allowTokenUrl(all.get("sasl.oauthbearer.token.endpoint.url"));
        return all;
    }

    /// Kafka's client asks no token endpoint that the JVM was not told of; the profile is what the
    /// operator told us.
    private static void allowTokenUrl(@Nullable Object url) {
        if (url == null) {
            return;
        }
        var name = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
        synchronized (Clients.class) {
            var allowed =
                    new LinkedHashSet<>(Arrays.asList(System.getProperty(name, "").split(",")));
            allowed.remove("");
            if (allowed.add(url.toString())) {
                System.setProperty(name, String.join(",", allowed));
            }
        }
    }

    private void refuseWhenClosed() throws BrokerException {
        if (closed) {
            throw new BrokerException.Cancelled("The connection is closed.", null);
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            leased.forEach(Lease::wake);
            idle.values().forEach(all -> all.forEach(Clients::closeAside));
            idle.clear();
            var made = admin;
            if (made != null) {
                closeAside(() -> made.close(Duration.ZERO));
            }
        } finally {
            lock.unlock();
        }
    }

    private static void closeAside(KafkaConsumer<byte[], byte[]> consumer) {
        closeAside(
                () ->
                        consumer.close(
                                org.apache.kafka.clients.consumer.CloseOptions.timeout(
                                        Duration.ZERO)));
    }

    /// Closes a client on a thread of its own: closing may wait, and fails on an interrupted
    /// thread.
    static void closeAside(Runnable closing) {
        Thread.ofVirtual()
                .name("kafka close")
                .start(
                        () -> {
                            try {
                                closing.run();
                            } catch (RuntimeException failed) {
                                System.getLogger(Clients.class.getName())
                                        .log(System.Logger.Level.DEBUG, "closing failed", failed);
                            }
                        });
    }

    /// A consumer in the hands of one reader.
    final class Lease implements AutoCloseable {
        private final Use use;
        private final KafkaConsumer<byte[], byte[]> consumer;
        private boolean woken;
        private boolean healthy = true;
        private boolean ended;

        private Lease(Use use, KafkaConsumer<byte[], byte[]> consumer) {
            this.use = use;
            this.consumer = consumer;
        }

        KafkaConsumer<byte[], byte[]> consumer() {
            return consumer;
        }

        /// Ends what the reader waits for, from another thread.
        void wake() {
            lock.lock();
            try {
                if (!ended) {
                    woken = true;
                    consumer.wakeup();
                }
            } finally {
                lock.unlock();
            }
        }

        /// The consumer failed in a way that it may not recover from.
        void spoil() {
            healthy = false;
        }

        /// Keeps the consumer for the next reader, when it is in good shape.
        @Override
        public void close() {
            lock.lock();
            try {
                if (ended) {
                    return;
                }
                ended = true;
                leased.remove(this);
                var warm = idle.get(use);
                if (warm != null && healthy && !woken && !closed && warm.size() < KEPT_WARM) {
                    warm.addFirst(consumer);
                } else {
                    closeAside(consumer);
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
