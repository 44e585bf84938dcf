package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Takes the messages of one queue from its head on over one channel, without acknowledging them.
/// That goes forward only, in windows: each is a consumer with a bounded prefetch, cancelled when
/// it has brought that, or all that is wanted. (A consumer without a limit stalls on quorum queues,
/// and `basic.get` is ten times slower.) One thread at a time, but for what says otherwise.
final class Intake {
    /// The most that is taken at once.
    static final int WINDOW = 1_000;

    /// The most that one window of those has on its way which go on.
    private static final int FLOWING = 2_000;

    /// A broker that has messages ready hands them out within this.
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);

    /// So often a queue is counted that changes all the time.
    private static final int MOST_COUNTS = 50;

    private final Link.Line line;
    private final QueueRef queue;
    private final boolean mayGoAhead;
    private final boolean countsHeld;
    private final WindowSize size;
    private final Taker taker;
    private int prefetch;
    private int consumers;

    /// How many messages are ready at least, by what the broker said last and what was asked for
    /// since; 0 where others may take them.
    private int surelyReady;

    /// The tag of the last delivery that was taken.
    private long lastTaken;

    private boolean unsettled;
    private volatile @Nullable Window window;

    /// Whoever holds what is taken.
    interface Taker {
        /// @param window which one it came with
        void took(Arrivals.Delivered message, int window) throws BrokerException;

        /// No consumer is there any more.
        void ended() throws IOException, BrokerException;

        /// How many messages are held now.
        int held();

        /// How many windows before this one brought messages that are still held, where the queue
        /// counts their consumers.
        int consumersBefore(int window);
    }

    Intake(Link.Line line, QueueRef queue, QueueRules.Taking taking, Taker taker) {
        this.line = line;
        this.queue = queue;
        this.mayGoAhead = taking.mayGoAhead();
        this.size = new WindowSize(taking.contents());
        this.countsHeld = taking.countsHeld();
        this.taker = taker;
    }

    /// Whether all that came is known: nothing is on its way, and nothing went wrong midway.
    boolean isSettled() {
        return !unsettled;
    }

    /// See [Hold#take].
    int take(int wanted, int more, Deadline deadline) throws Exception {
        var current = window;
        if (current != null && current.coming() == 0) {
            var late = end(current, deadline);
            if (late > 0) {
                return late;
            }
            current = null;
        }
        if (current == null) {
            var ready = ready(deadline);
            if (ready == 0) {
                return 0;
            }
            current = begin(Math.min(wanted, ready), Math.min(wanted + more, ready), deadline);
        }
        var taken = take(current, deadline);
        if (taken > 0) {
            deadline.renew();
        }
        if (window != null) {
            return taken;
        }
        // One that went on may have brought more than was wanted now.
        var left = wanted + more - taken;
        var goesAhead = more > 0 && left > 0 && mayGoAhead;
        var asks = taken == 0 || (goesAhead && surelyReady == 0);
        var ready = asks ? ready(deadline) : surelyReady;
        if (taken == 0 && ready > 0) {
            throw consumers > 0
                    ? RabbitErrors.inExclusiveUse(Act.reading(queue.name()), null)
                    : nothingCame(ready);
        }
        if (goesAhead && ready > 0) {
            var most = Math.min(left, ready);
            var _ = begin(Math.min(WINDOW, most), most, deadline);
        }
        return taken;
    }

    /// Waits a moment for what is on its way, if anything is, and takes none of it. Thread-safe.
    void awaitSome() throws InterruptedException {
        var current = window;
        if (current != null) {
            current.awaitSome();
        }
    }

    /// Whether more come by themselves while others are removed.
    boolean goesOn() {
        var current = window;
        return current != null && current.goesOn();
    }

    /// Takes what is here and ends what is on its way, so that nothing is held which nobody knows
    /// of. Waits for nothing that the broker has not sent yet.
    void stop(Deadline deadline) throws Exception {
        var current = window;
        if (current != null) {
            var _ = end(current, deadline);
        }
    }

    /// How many are held that were not looked at yet.
    int ahead() {
        var current = window;
        return current == null ? 0 : current.arrivals().count();
    }

    /// Blocks.
    AMQP.Queue.DeclareOk declared() throws Exception {
        return line.ask(() -> line.channel().queueDeclarePassive(queue.name()));
    }

    /// Whether nothing is left that was not taken: neither in the queue nor on its way here.
    boolean isDrained(Deadline deadline) throws Exception {
        return readyBehindAllSent(deadline) == 0 && ahead() == 0;
    }

    /// How many messages the queue has that were not taken, all of one moment.
    int depth(Deadline deadline) throws Exception {
        var ready = readyBehindAllSent(deadline);
        var sent = countsHeld ? 0 : Math.max(0, line.headers().lastCounted() - lastTaken);
        return ready + (int) sent;
    }

    /// As [#ready], when all is here that the broker no longer counts. What it sent before it
    /// counted may come behind its answer (seen on 3.10), but not behind the next one; and while
    /// nothing is removed it sends no more than was asked for.
    private int readyBehindAllSent(Deadline deadline) throws Exception {
        var ready = ready(deadline);
        if (window == null) {
            return ready;
        }
        for (var asked = 1; asked < MOST_COUNTS; asked++) {
            var before = ready;
            ready = ready(deadline);
            if (ready == before) {
                break;
            }
        }
        return ready;
    }

    /// Asks whether the queue is still there.
    ///
    /// @return how many messages are ready, without those that are held
    int ready(Deadline deadline) throws Exception {
        var declared = deadline.await(this::declared, _ -> {});
        consumers = Math.max(0, declared.getConsumerCount() - ownConsumers());
        var ready = Math.max(0, declared.getMessageCount() - counted());
        surelyReady = consumers == 0 ? ready : 0;
        return ready;
    }

    /// How many messages are held that count in the depth that the broker tells.
    private int counted() {
        return countsHeld ? taker.held() : 0;
    }

    /// Fails where the queue is gone, though copies of its messages are still here. Asks nothing
    /// while the broker would tell by itself.
    void checkQueue(Deadline deadline) throws Exception {
        var current = window;
        if (current == null) {
            var _ = ready(deadline);
        } else if (current.arrivals().ended()) {
            throw current.arrivals().reason(queue.name());
        }
    }

    private int ownConsumers() {
        var current = window;
        return current == null
                ? taker.consumersBefore(Integer.MAX_VALUE)
                : taker.consumersBefore(current.number()) + 1;
    }

    /// How many other consumers the queue had when [#ready] asked.
    int consumers() {
        return consumers;
    }

    /// Nobody else is there who could get them.
    private BrokerException nothingCame(int ready) {
        return new BrokerException.Unreachable(
                "The broker handed out none of the "
                        + ready
                        + " messages of the queue "
                        + queue.name()
                        + " for "
                        + TimeUnit.NANOSECONDS.toSeconds(QUIET_NANOS)
                        + " s.",
                new Remedy.Advice("Try again when the broker is less busy."),
                null);
    }

    /// @param most how many may come in all, where the caller goes on after those it wants now
    private Window begin(int wanted, int most, Deadline deadline) throws Exception {
        var ahead = Math.min(FLOWING, most);
        var goesOn = mayGoAhead && most > wanted && size.isGrown(ahead);
        var first = size.next(goesOn ? ahead : wanted);
        var begun = new Window(line, size.begin(), first, goesOn ? most : first);
        surelyReady = Math.max(0, surelyReady - first);
        unsettled = true;
        window = begun;
        var prefetched = counted() + first;
        var _ = deadline.await(() -> line.ask(() -> consume(begun, prefetched)), _ -> {});
        unsettled = false;
        return begun;
    }

    private String consume(Window begun, int most) throws IOException {
        limitPrefetch(most);
        return line.channel().basicConsume(queue.name(), false, begun.tag(), begun.arrivals());
    }

    /// Holds for consumers that begin afterwards, so it is told once.
    private void limitPrefetch(int most) throws IOException {
        if (prefetch != most) {
            line.channel().basicQos(0, most, false);
            prefetch = most;
        }
    }

    /// Takes what came of a window that goes on, and all of one that does not.
    private int take(Window current, Deadline deadline) throws Exception {
        unsettled = true;
        size.more();
        var taken = 0;
        var quietSince = System.nanoTime();
        var progress = line.headers().progress();
        while (current.coming() > 0 && !(taken > 0 && current.goesOn())) {
            if (progress != line.headers().progress()) {
                // A large one may take longer than any answer.
                progress = line.headers().progress();
                quietSince = System.nanoTime();
                deadline.renew();
            }
            deadline.check();
            if (System.nanoTime() - quietSince > QUIET_NANOS) {
                surelyReady = 0;
                break;
            }
            for (var arrival : current.take(50, TimeUnit.MILLISECONDS)) {
                if (arrival.message() == null) {
                    throw current.arrivals().reason(queue.name());
                }
                took(arrival.message(), current);
                taken++;
                quietSince = System.nanoTime();
            }
            if (taken > 0) {
                deadline.renew();
            }
            if (taken > 0 && size.isTooLarge(current.prefetch())) {
                surelyReady = 0;
                current.goNoFurther();
                break;
            }
        }
        if (taken > 0 && current.goesOn()) {
            unsettled = false;
            return taken;
        }
        return taken + end(current, deadline);
    }

    private String cancel(Window current) throws IOException {
        line.channel().basicCancel(current.tag());
        return current.tag();
    }

    /// Ends the consumer, which the broker may have sent more meanwhile.
    ///
    /// @return how many came
    private int end(Window current, Deadline deadline) throws Exception {
        unsettled = true;
        var _ = deadline.await(() -> line.ask(() -> cancel(current)), _ -> {});
        var taken = 0;
        var progress = line.headers().progress();
        while (true) {
            var late = current.arrivals().poll(50, TimeUnit.MILLISECONDS);
            if (late == null) {
                if (progress != line.headers().progress()) {
                    progress = line.headers().progress();
                    deadline.renew();
                }
                // What is still on its way must not be acknowledged along with what comes after it.
                deadline.check();
                continue;
            }
            if (late.message() == null) {
                break;
            }
            took(late.message(), current);
            taken++;
        }
        window = null;
        unsettled = false;
        taker.ended();
        return taken;
    }

    private void took(Arrivals.Delivered message, Window from) throws BrokerException {
        lastTaken = message.tag();
        size.came(message.body().length + message.table().length);
        taker.took(message, from.number());
    }

    /// These were removed, which lets the broker send as many more to the window that brought them.
    void removed(List<Slots.Slot> messages) {
        var current = window;
        if (current == null) {
            return;
        }
        var more = 0;
        for (var slot : messages) {
            if (slot.window() == current.number()) {
                more++;
            }
        }
        current.removed(more);
        surelyReady = Math.max(0, surelyReady - more);
    }
}
