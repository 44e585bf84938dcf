package org.deadletteroffice.memory;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.jspecify.annotations.Nullable;

/// What goes wrong with a [MemoryBroker], on request, until [#heal]. Faults hit connections only;
/// the broker's own methods, which stand for foreign clients, always work. Safe for any thread.
public final class MemoryFaults {
    private final String broker;
    private final ReentrantLock lock;
    private final Condition changed;
    private final Set<Ban> bans = new HashSet<>();
    private final Map<String, String> warnings = new HashMap<>();
    private final Map<String, BrokerException> unknown = new HashMap<>();
    private boolean unreachable;
    private boolean silent;
    private Duration delay = Duration.ZERO;
    private long messagesUntilFailure = Long.MAX_VALUE;
    private boolean losesNextAnswer;
    private boolean repeatsBatches;

    /// @param user null: everybody
    private record Ban(@Nullable String user, Right right, String queue) {}

    MemoryFaults(String broker, ReentrantLock lock) {
        this.broker = broker;
        this.lock = lock;
        this.changed = lock.newCondition();
    }

    /// The port answers no more: every call fails at once.
    public void unreachable() {
        change(() -> unreachable = true);
    }

    /// The port answers, the broker does not: every call waits for its profile's timeout.
    public void silent() {
        change(() -> silent = true);
    }

    /// Every call is answered this much later; one that has to wait longer than its timeout fails.
    public void answerLate(Duration later) {
        change(() -> delay = later);
    }

    /// Scans give every batch twice, as a broker that delivers again does.
    public void answerTwice() {
        change(() -> repeatsBatches = true);
    }

    /// After this many more messages were stored by transfers the broker is [#unreachable], in the
    /// midst of a batch where it is not atomic.
    public void failAfter(long messages) {
        change(() -> messagesUntilFailure = messages);
    }

    /// The next batch of a transfer is stored, or the next move started, and the confirmation is
    /// lost on the way.
    public void loseNextAnswer() {
        change(() -> losesNextAnswer = true);
    }

    /// Nobody has this right any more.
    public void forbid(Right right, String queue) {
        change(() -> bans.add(new Ban(null, right, queue)));
    }

    public void forbid(String user, Right right, String queue) {
        change(() -> bans.add(new Ban(user, right, queue)));
    }

    /// Who asks what can be done with a queue is told this instead, as where it was deleted
    /// meanwhile.
    public void failCapabilities(String queue, BrokerException how) {
        change(() -> unknown.put(queue, how));
    }

    /// With the lock held.
    void checkCapabilities(String queue) throws BrokerException {
        var how = unknown.get(queue);
        if (how != null) {
            throw how;
        }
    }

    /// Rehearsals say this of each message to a queue.
    public void warn(String queue, String sentence) {
        change(() -> warnings.put(queue, sentence));
    }

    /// With the lock held.
    Optional<String> warning(String queue) {
        return Optional.ofNullable(warnings.get(queue));
    }

    /// Ends all faults. What a user was forbidden by name stays forbidden.
    public void heal() {
        change(
                () -> {
                    unreachable = false;
                    silent = false;
                    delay = Duration.ZERO;
                    messagesUntilFailure = Long.MAX_VALUE;
                    losesNextAnswer = false;
                    repeatsBatches = false;
                    warnings.clear();
                    unknown.clear();
                    bans.removeIf(ban -> ban.user() == null);
                });
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Lets waiting calls look again whether they were closed.
    void wake() {
        change(() -> {});
    }

    /// Waits, with the lock held, until the broker answers.
    void await(Session session) throws BrokerException {
        var start = System.nanoTime();
        while (true) {
            if (session.closed().getAsBoolean()) {
                throw new BrokerException.Cancelled(
                        "The connection to the broker '" + broker + "' was closed.", null);
            }
            if (unreachable) {
                throw unreachableNow();
            }
            var waited = System.nanoTime() - start;
            var patience = session.timeout().toNanos() - waited;
            var due = silent ? Long.MAX_VALUE : delay.toNanos() - waited;
            if (due <= 0) {
                return;
            }
            if (patience <= 0) {
                throw new BrokerException.Unreachable(
                        "The broker '"
                                + broker
                                + "' did not answer within "
                                + session.timeout().toMillis()
                                + " ms.",
                        new Remedy.Edit("timeout"),
                        null);
            }
            try {
                changed.awaitNanos(Math.min(due, patience));
            } catch (InterruptedException stop) {
                throw cancelled(stop);
            }
        }
    }

    BrokerException.Cancelled cancelled(InterruptedException stop) {
        Thread.currentThread().interrupt();
        return new BrokerException.Cancelled(
                "The call to the broker '" + broker + "' was interrupted.", stop);
    }

    private BrokerException unreachableNow() {
        return new BrokerException.Unreachable(
                "The broker '" + broker + "' does not answer.", new Remedy.Edit("broker"), null);
    }

    boolean repeatsBatches() {
        return repeatsBatches;
    }

    /// How many of `messages` can still be stored before the broker fails.
    int room(int messages) {
        return (int) Math.min(messages, messagesUntilFailure);
    }

    void stored(int messages) {
        if (messagesUntilFailure != Long.MAX_VALUE) {
            messagesUntilFailure -= messages;
        }
    }

    BrokerException fail() {
        unreachable = true;
        return unreachableNow();
    }

    void loseAnswer() throws BrokerException {
        if (losesNextAnswer) {
            losesNextAnswer = false;
            throw new BrokerException.Unreachable(
                    "The broker '" + broker + "' was lost before it confirmed.",
                    new Remedy.Wait(Duration.ofSeconds(1)),
                    null);
        }
    }

    boolean allows(String user, Right right, String queue) {
        return !bans.contains(new Ban(null, right, queue))
                && !bans.contains(new Ban(user, right, queue));
    }

    void check(String user, Right right, String queue) throws BrokerException {
        if (!allows(user, right, queue)) {
            throw new BrokerException.NotAuthorized(
                    "The broker '" + broker + "' does not allow this on the queue '" + queue + "'.",
                    new Remedy.Grant(right + " on " + queue),
                    null);
        }
    }
}
