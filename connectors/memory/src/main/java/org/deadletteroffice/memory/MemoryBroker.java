package org.deadletteroffice.memory;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.deadletteroffice.spi.connector.ServerSideMover.KnownMove;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.jspecify.annotations.Nullable;

/// A broker inside this process, shared by all who know its name, as a real one is shared by all
/// who know its address. Its public methods are what foreign clients and administrators do; the
/// program's own way in is [MemoryConnector] with [#settings].
///
/// Safe for any thread. It lives until [#close].
public final class MemoryBroker implements AutoCloseable {
    private static final Map<String, MemoryBroker> BROKERS = new ConcurrentHashMap<>();

    private final String name;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final MemoryFaults faults;
    private final Map<String, MemoryQueue> queues = new TreeMap<>();
    private final Map<String, Secret> users = new HashMap<>();
    private final Map<String, Proof> proofs = new HashMap<>();
    private final Map<String, Move> moves = new HashMap<>();
    private final Map<String, byte[]> objects = new HashMap<>();
    private long identities;

    /// What the broker remembers of a job.
    ///
    /// @param epoch counts the transfers opened for it; only the latest may send
    private record Proof(long epoch, OptionalLong position) {}

    private MemoryBroker(String name) {
        this.name = name;
        this.faults = new MemoryFaults(name, lock);
    }

    /// The broker of this name, made where there is none.
    public static MemoryBroker named(String name) {
        return BROKERS.computeIfAbsent(name, MemoryBroker::new);
    }

    static Optional<MemoryBroker> find(String name) {
        return Optional.ofNullable(BROKERS.get(name));
    }

    public String name() {
        return name;
    }

    /// What a profile of this broker says; of its first user where it asks for one.
    public Settings settings() {
        var settings = Settings.of(Map.of(MemoryProfile.BROKER.name(), name));
        return guarded(
                () ->
                        users.entrySet().stream()
                                .findFirst()
                                .map(
                                        user ->
                                                MemoryProfile.signIn(
                                                        settings, user.getKey(), user.getValue()))
                                .orElse(settings));
    }

    public MemoryFaults faults() {
        return faults;
    }

    /// Adds a user; from the first one on nobody else gets in.
    public MemoryBroker addUser(String user, Secret password) {
        return guarded(
                () -> {
                    users.put(user, password);
                    return this;
                });
    }

    /// Makes a log with one partition, without a limit to its messages.
    public MemoryBroker createLog(String queue) {
        return create(queue, Flavour.LOG, 1, Integer.MAX_VALUE);
    }

    public MemoryBroker createLog(String queue, int partitions) {
        return create(queue, Flavour.LOG, partitions, Integer.MAX_VALUE);
    }

    public MemoryBroker createQueue(String queue) {
        return create(queue, Flavour.QUEUE, 1, Integer.MAX_VALUE);
    }

    /// @param maxMessageBytes the largest key, payload and headers together that it takes
    /// @throws IllegalStateException when there is one of this name
    public MemoryBroker create(String queue, Flavour flavour, int partitions, int maxMessageBytes) {
        return guarded(
                () -> {
                    if (queues.containsKey(queue)) {
                        throw new IllegalStateException("there is a queue '" + queue + "'");
                    }
                    var identity = queue + "#" + identities++;
                    queues.put(
                            queue,
                            new MemoryQueue(queue, identity, flavour, partitions, maxMessageBytes));
                    return this;
                });
    }

    public void delete(String queue) {
        guarded(() -> queues.remove(queue));
    }

    /// Stores messages in the order given.
    public MemoryBroker send(String queue, MemoryMessage... messages) {
        return send(queue, List.of(messages));
    }

    public MemoryBroker send(String queue, Collection<MemoryMessage> messages) {
        return guarded(
                () -> {
                    messages.forEach(existing(queue)::add);
                    return this;
                });
    }

    /// All messages of a queue, oldest first; for looking, nothing changes.
    public List<DeadLetter> messages(String queue) {
        return guarded(
                () -> {
                    var found = existing(queue);
                    var ref = found.ref(name);
                    return found.between(0, found.end()).stream()
                            .map(stored -> found.letter(stored, ref))
                            .toList();
                });
    }

    /// Lets a consumer take up to `limit` messages and confirm them.
    ///
    /// @param group whose place in a log moves on; a queue just forgets the messages
    public List<DeadLetter> consume(String queue, String group, int limit) {
        return guarded(
                () -> {
                    var found = existing(queue);
                    var ref = found.ref(name);
                    return found.consume(group, limit).stream()
                            .map(stored -> found.letter(stored, ref))
                            .toList();
                });
    }

    /// Keeps an object that messages may point to.
    public MemoryBroker put(String bucket, String key, byte[] bytes) {
        return guarded(
                () -> {
                    objects.put(bucket + '/' + key, bytes.clone());
                    return this;
                });
    }

    Optional<byte[]> object(String bucket, String key) {
        return Optional.ofNullable(objects.get(bucket + '/' + key));
    }

    public QueueRef ref(String profile, String queue) {
        return guarded(() -> existing(queue).ref(profile));
    }

    /// Forgets the broker and all it holds; connections find it unreachable.
    @Override
    public void close() {
        BROKERS.remove(name, this);
        faults.unreachable();
    }

    private MemoryQueue existing(String queue) {
        var found = queues.get(queue);
        if (found == null) {
            throw new IllegalStateException(
                    "the broker '" + name + "' has no queue '" + queue + "'");
        }
        return found;
    }

    private <T extends @Nullable Object> T guarded(Supplier<T> act) {
        lock.lock();
        try {
            return act.get();
        } finally {
            lock.unlock();
        }
    }

    /// An act of a connection, done with the lock held once the broker answers.
    interface Act<T> {
        T done() throws BrokerException;
    }

    <T> T answer(Session session, Act<T> act) throws BrokerException {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException stop) {
            throw faults.cancelled(stop);
        }
        try {
            faults.await(session);
            signIn(session);
            return act.done();
        } finally {
            lock.unlock();
        }
    }

    private void signIn(Session session) throws BrokerException {
        if (users.isEmpty()) {
            return;
        }
        var password = users.get(session.user());
        if (password == null || !session.password().equals(Optional.of(password))) {
            throw new BrokerException.NotAuthenticated(
                    "The broker '" + name + "' did not accept the user or the password.",
                    new Remedy.Edit(MemoryProfile.PASSWORD.name()),
                    null);
        }
    }

    Collection<MemoryQueue> queues() {
        return queues.values();
    }

    MemoryQueue queue(String queue) throws BrokerException {
        var found = queues.get(queue);
        if (found == null) {
            throw new BrokerException.NotFound(
                    "The broker '" + name + "' has no queue '" + queue + "'.",
                    new Remedy.Advice("Check the name, or create the queue."),
                    null);
        }
        return found;
    }

    /// Fences earlier transfers of the job.
    ///
    /// @return the epoch of the new one
    long openJob(String jobId) {
        var proof = proofs.getOrDefault(jobId, new Proof(0, OptionalLong.empty()));
        proofs.put(jobId, new Proof(proof.epoch() + 1, proof.position()));
        return proof.epoch() + 1;
    }

    void checkEpoch(String jobId, long epoch) throws BrokerException {
        if (proofs.getOrDefault(jobId, new Proof(epoch, OptionalLong.empty())).epoch() != epoch) {
            throw new BrokerException.Gone(
                    "The job " + jobId + " was taken over by another process.",
                    new Remedy.Advice("Look at the job there."),
                    null);
        }
    }

    void prove(String jobId, long epoch, long position) {
        proofs.put(jobId, new Proof(epoch, OptionalLong.of(position)));
    }

    OptionalLong proven(String jobId) {
        var proof = proofs.get(jobId);
        return proof == null ? OptionalLong.empty() : proof.position();
    }

    /// Forgets what it can prove of any job, as a broker does whose notes ran out of time.
    public void forgetProofs() {
        guarded(
                () -> {
                    proofs.replaceAll((_, proof) -> new Proof(proof.epoch(), OptionalLong.of(0)));
                    return null;
                });
    }

    void forget(String jobId) {
        guarded(() -> proofs.remove(jobId));
    }

    /// @param to null: each message's origin
    String startMove(String from, @Nullable String to, @Nullable Integer perSecond) {
        var handle = "move-" + moves.size();
        var move = new Move(this, lock, from, to, perSecond);
        moves.put(handle, move);
        move.start();
        return handle;
    }

    /// The moves of a queue, ended ones too.
    List<KnownMove> moves(String from) {
        return moves.entrySet().stream()
                .filter(entry -> entry.getValue().from().equals(from))
                .map(entry -> entry.getValue().known(entry.getKey()))
                .toList();
    }

    Move move(String handle) throws BrokerException {
        var move = moves.get(handle);
        if (move == null) {
            throw new BrokerException.NotFound(
                    "The broker '" + name + "' knows no move '" + handle + "'.",
                    new Remedy.Advice("Start the move again."),
                    null);
        }
        return move;
    }
}
