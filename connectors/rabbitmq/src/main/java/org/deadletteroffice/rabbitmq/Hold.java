package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.deadletteroffice.spi.connector.HeldCopies;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// The messages of one queue from its head on, held without acknowledgement on one channel, with
/// copies of its own. Taking goes forward only, in windows: each is a consumer with a bounded
/// prefetch, cancelled when it has brought that, or all that is wanted. (A consumer without a
/// limit stalls on quorum queues, and `basic.get` is ten times slower.) One thread at a time. See
/// [GivingBack] for how it ends.
final class Hold {
    /// How many messages may be held at once; each costs memory here and in the broker.
    static final int MOST_HELD = 500_000;

    private static final int MOST_PREFETCH = 65_535;

    /// The most that is taken at once.
    static final int WINDOW = 1_000;

    /// The most that one window of those has on its way which go on.
    private static final int FLOWING = 2_000;

    /// A broker that has messages ready hands them out within this.
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Link.Line line;
    private final QueueRef queue;
    private final @Nullable DeliveryLimit limit;
    private final @Nullable LastDeliveries last;
    private final HeldCopies copies;
    private final boolean freshLast;
    private final boolean mayGoAhead;
    private final boolean countsHeld;
    private final Consumer<MessageId> taken;
    private final WindowSize size;
    private final Identities identities = new Identities();
    private final Slots slots = new Slots();
    private int prefetch;
    private int consumers;

    /// How many messages are ready at least, by what the broker said last and what was asked for
    /// since; 0 where others may take them.
    private int surelyReady;

    private boolean quorum;
    private boolean unsettled;
    private volatile boolean failed;

    /// Whether the last that was taken was never delivered before, as far as the broker tells.
    private boolean lastIsFresh;

    private volatile @Nullable Window window;

    /// @param anew for messages that cannot be given back
    /// @param taken told of each message that is taken
    Hold(
            Link.Line line,
            QueueRef queue,
            QueueRules.Taking taking,
            LastDeliveries.Anew anew,
            Consumer<MessageId> taken) {
        this.line = line;
        this.queue = queue;
        this.limit = taking.limit();
        this.last = limit == null ? null : new LastDeliveries(line.channel(), limit, anew);
        this.quorum = taking.quorum();
        this.freshLast = taking.freshLast();
        this.mayGoAhead = taking.mayGoAhead();
        this.countsHeld = taking.countsHeld();
        this.size = new WindowSize(taking.contents());
        this.copies = new HeldCopies(queue);
        this.taken = taken;
    }

    Channel channel() {
        return line.channel();
    }

    QueueRef queue() {
        return queue;
    }

    /// Whether what is given back goes behind all else.
    boolean isQuorum() {
        return quorum;
    }

    boolean isAlive() {
        return channel().isOpen() && !unsettled && !failed;
    }

    /// Whether all that came is known: nothing is on its way, and nothing went wrong midway.
    boolean isSettled() {
        return !unsettled;
    }

    /// Whether what is held counts in the depth that the broker tells.
    boolean countsHeld() {
        return countsHeld;
    }

    /// Whether all that was ever given back was taken before the rest of the queue came.
    boolean hasPassedWhatWasGivenBack() {
        return freshLast && lastIsFresh;
    }

    /// How many were taken, those that are removed by now included.
    int size() {
        return slots.taken();
    }

    /// How many are held now.
    int live() {
        return slots.held().size();
    }

    /// What is held, in the order in which it was taken.
    List<Slots.Slot> held() {
        return slots.held();
    }

    /// Empty where the message was removed.
    Optional<MessageId> id(int slot) {
        return slots.at(slot).map(Slots.Slot::id);
    }

    OptionalInt find(MessageId id) {
        return slots.find(id);
    }

    /// Whether others that are byte for byte like this message were taken as well.
    boolean hasTwins(MessageId id) {
        return identities.hasTwins(id);
    }

    /// The next slot from this one on that is not removed; the end where there is none.
    int next(int slot) {
        return slots.after(slots.heldBefore(slot));
    }

    /// The slot before which `count` messages lie that are not removed; past the end where so many
    /// are not taken yet.
    int slotAfterLive(long count) {
        return slots.after(count);
    }

    /// How many before this slot are not removed.
    int liveBefore(int slot) {
        return slots.heldBefore(slot);
    }

    /// Empty where the message was removed.
    Optional<DeadLetter> read(int slot) throws BrokerException {
        var held = slots.at(slot);
        try {
            return held.isEmpty() ? Optional.empty() : Optional.of(copies.get(held.get().copy()));
        } catch (IOException failed) {
            throw noCopies(failed);
        }
    }

    private int copy(DeadLetter letter) throws BrokerException {
        try {
            return copies.add(letter);
        } catch (IOException failed) {
            throw noCopies(failed);
        }
    }

    /// Not the broker's fault, and not mended by asking it again.
    private BrokerException noCopies(IOException failed) {
        return new BrokerException.Unsupported(
                "The copies of messages of the queue "
                        + queue.name()
                        + " that are held cannot be kept on this computer: "
                        + failed.getMessage()
                        + '.',
                new Remedy.Advice(
                        "Make room in "
                                + System.getProperty("java.io.tmpdir")
                                + ", then look again; nothing was lost."),
                failed);
    }

    /// Blocks.
    AMQP.Queue.DeclareOk declared() throws Exception {
        return line.ask(() -> channel().queueDeclarePassive(queue.name()));
    }

    /// Closes the channel, and waits until the broker has done so.
    void closeChannel() throws Exception {
        var _ =
                line.ask(
                        () -> {
                            channel().close();
                            return "closed";
                        });
    }

    /// Whether nothing is left that was not taken: neither in the queue nor on its way here.
    boolean isDrained(Deadline deadline) throws Exception {
        // What the broker sent before its answer is in the lane by then.
        return ready(deadline) == 0 && line.headers().isEmpty();
    }

    /// Asks whether the queue is still there.
    ///
    /// @return how many messages are ready, without those that are held
    int ready(Deadline deadline) throws Exception {
        var declared = deadline.await(this::declared, _ -> {});
        consumers = declared.getConsumerCount() - ownConsumers();
        var held = countsHeld ? live() : 0;
        var ready = Math.max(0, declared.getMessageCount() - held);
        surelyReady = consumers == 0 ? ready : 0;
        return ready;
    }

    /// Fails where the queue is gone, though copies of its messages are still here. Asks nothing
    /// while the broker would tell by itself.
    void checkQueue(Deadline deadline) throws Exception {
        var current = window;
        if (current == null) {
            var _ = ready(deadline);
        } else if (current.arrivals().ended()) {
            throw ended();
        }
    }

    /// Consumers of the queue that are this one's.
    int ownConsumers() {
        return window == null ? 0 : 1;
    }

    /// How many other consumers the queue had when [#ready] asked.
    int consumers() {
        return consumers;
    }

    /// Takes up to `wanted` more messages, or what came for one who reads on, and renews the
    /// deadline where some came: how many lie before the one that somebody looks for is no fault of
    /// the broker's.
    ///
    /// @return how many came; 0 at the end of the queue
    /// @throws BrokerException.Unsupported when looking further would do harm
    int take(int wanted, Deadline deadline) throws Exception {
        return take(wanted, 0, deadline);
    }

    /// As above, for who goes on until `wanted` and `more` are taken: the next ones come while the
    /// caller is busy with these, and take the place of those that are removed.
    int take(int wanted, int more, Deadline deadline) throws Exception {
        if (limit != null) {
            limit.check(queue.name());
        }
        if (live() >= mostHeld()) {
            throw tooMany();
        }
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
    void stopTaking(Deadline deadline) throws Exception {
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

    /// A prefetch has 16 bits.
    private int mostHeld() {
        return countsHeld ? MOST_PREFETCH - WINDOW : MOST_HELD;
    }

    private BrokerException tooMany() {
        return new BrokerException.Unsupported(
                "To look further into the queue "
                        + queue.name()
                        + ", more than "
                        + mostHeld()
                        + " messages would have to be held.",
                new Remedy.Advice("Redrive or remove the oldest messages first."),
                null);
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
        var goesOn = mayGoAhead && size.isGrown() && most > wanted;
        var first = size.next(goesOn ? Math.min(FLOWING, most) : wanted);
        var begun = new Window(channel(), size.begin(), first, goesOn ? most : first);
        surelyReady = Math.max(0, surelyReady - first);
        unsettled = true;
        window = begun;
        var prefetched = countsHeld ? live() + first : first;
        var _ = deadline.await(() -> line.ask(() -> consume(begun, prefetched)), _ -> {});
        unsettled = false;
        return begun;
    }

    private String consume(Window begun, int most) throws IOException {
        limitPrefetch(most);
        return channel().basicConsume(queue.name(), false, begun.tag(), begun.arrivals());
    }

    /// Holds for consumers that begin afterwards, so it is told once.
    private void limitPrefetch(int most) throws IOException {
        if (prefetch != most) {
            channel().basicQos(0, most, false);
            prefetch = most;
        }
    }

    /// Takes what came of a window that goes on, and all of one that does not.
    private int take(Window current, Deadline deadline) throws Exception {
        unsettled = true;
        size.more();
        var taken = 0;
        var quietSince = System.nanoTime();
        while (current.coming() > 0 && !(taken > 0 && current.goesOn())) {
            deadline.check();
            if (System.nanoTime() - quietSince > QUIET_NANOS) {
                surelyReady = 0;
                break;
            }
            for (var arrival : current.take(50, TimeUnit.MILLISECONDS)) {
                if (arrival.message() == null) {
                    throw ended();
                }
                add(arrival.message(), current.number());
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
        channel().basicCancel(current.tag());
        return current.tag();
    }

    /// Ends the consumer, which the broker may have sent more meanwhile.
    ///
    /// @return how many came
    private int end(Window current, Deadline deadline) throws Exception {
        unsettled = true;
        var _ = deadline.await(() -> line.ask(() -> cancel(current)), _ -> {});
        var taken = 0;
        while (true) {
            var late = current.arrivals().poll(deadline.left(), TimeUnit.NANOSECONDS);
            if (late == null) {
                // What is still on its way must not be acknowledged along with what comes after it.
                throw new TimeoutException();
            }
            if (late.message() == null) {
                break;
            }
            add(late.message(), current.number());
            taken++;
        }
        window = null;
        unsettled = false;
        if (last != null) {
            last.renew(queue.name());
        }
        return taken;
    }

    /// The consumer ended by itself: the queue was deleted, or the channel closed.
    private Exception ended() {
        var reason = channel().getCloseReason();
        return reason == null ? RabbitErrors.noQueue(queue.name(), null) : reason;
    }

    private void add(Delivery message, int window) throws BrokerException {
        var letter =
                Letters.of(
                        message,
                        line.headers().take(message.getEnvelope().getDeliveryTag()),
                        queue,
                        headers ->
                                identities.next(
                                        message.getBody(),
                                        headers,
                                        message.getProperties().getTimestamp()));
        var deliveries = letter.deliveries();
        // Where no management API tells the kind of queue, this does from the second delivery on.
        quorum |= deliveries != null;
        lastIsFresh = deliveries == null;
        var tag = message.getEnvelope().getDeliveryTag();
        if (last != null && deliveries != null && last.takesOver(letter, deliveries, tag)) {
            identities.forget(letter.id());
            return;
        }
        size.came(letter.size());
        slots.add(letter.id(), tag, window, copy(letter));
        taken.accept(letter.id());
    }

    /// Tells the broker to remove messages for good; [#awaitRemoved] says whether it did.
    ///
    /// @return how many there were to remove
    int remove(List<Integer> which, Deadline deadline) throws Exception {
        var removed = slots.remove(which);
        if (removed.isEmpty()) {
            return 0;
        }
        var head = next(0);
        deadline.await(() -> acknowledge(removed, head));
        var current = window;
        var more = 0;
        for (var slot : removed) {
            copies.drop(slot.copy());
            identities.forget(slot.id());
            if (current != null && slot.window() == current.number()) {
                more++;
            }
        }
        if (current != null) {
            current.removed(more);
            surelyReady = Math.max(0, surelyReady - more);
        }
        return removed.size();
    }

    /// Returns when the broker has removed all that it was told to. Others may go on with the hold
    /// meanwhile.
    void awaitRemoved(Deadline deadline) throws Exception {
        line.awaitAnswer(deadline);
    }

    /// What it holds is to be given back, as nobody knows what the broker did last. Thread-safe.
    void fail() {
        failed = true;
    }

    /// All at the head in one go, as a job removes them, and the others one by one.
    private void acknowledge(List<Slots.Slot> removed, int head) throws IOException {
        var last = removed.stream().filter(slot -> slot.number() < head).reduce((_, next) -> next);
        if (last.isPresent()) {
            channel().basicAck(last.get().tag(), true);
        }
        for (var slot : removed) {
            if (slot.number() > head) {
                channel().basicAck(slot.tag(), false);
            }
        }
    }

    /// Lets the broker remove all that nobody holds.
    int purgeReady(Deadline deadline) throws Exception {
        return deadline.await(() -> line.ask(() -> channel().queuePurge(queue.name())), _ -> {})
                .getMessageCount();
    }

    /// Gives all back in one go, so that the order stays. Waits a moment for the broker to have
    /// done it. Never throws.
    ///
    /// @return lives until the broker has all back
    Thread giveBack() {
        return new GivingBack(this).start();
    }

    /// Whether some are held that the queue would end once they go back.
    boolean keepsLastDeliveries() {
        return last != null && last.isHoldingSome();
    }

    /// Whether nothing would be ended by being given back.
    boolean isSafeToGiveBack() throws IOException {
        return last == null || last.areSafe();
    }

    /// Lets the copies go; whoever gave all back does this last.
    void end() {
        copies.close();
    }
}
