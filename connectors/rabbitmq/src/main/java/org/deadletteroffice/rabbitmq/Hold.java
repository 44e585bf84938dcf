package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.deadletteroffice.spi.connector.HeldCopies;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// The messages of one queue from its head on, held without acknowledgement on one channel, with
/// copies of its own. See [Intake] for how they are taken, and [GivingBack] for how it ends. One
/// thread at a time.
final class Hold {
    /// How many messages may be held at once; each costs memory here and in the broker.
    static final int MOST_HELD = 500_000;

    private static final int MOST_PREFETCH = 65_535;

    private final Link.Line line;
    private final QueueRef queue;
    private final @Nullable DeliveryLimit limit;
    private final @Nullable LastDeliveries last;
    private final HeldCopies copies;
    private final boolean freshLast;
    private final boolean countsHeld;
    private final Consumer<MessageId> taken;
    private final Intake intake;
    private final Slots slots = new Slots();
    private final Identities identities = new Identities(id -> slots.known(id) != null);
    private boolean quorum;
    private volatile boolean failed;

    /// Whether the last that was taken was never delivered before, as far as the broker tells.
    private boolean lastIsFresh;

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
        this.countsHeld = taking.countsHeld();
        this.copies = new HeldCopies(queue);
        this.taken = taken;
        this.intake =
                new Intake(
                        line,
                        queue,
                        taking,
                        new Intake.Taker() {
                            @Override
                            public int held() {
                                return live();
                            }

                            /// A quorum queue counts a consumer that ended as long as it holds
                            /// something (seen on 3.10).
                            @Override
                            public int consumersBefore(int window) {
                                return quorum ? slots.windowsBefore(window) : 0;
                            }

                            @Override
                            public void took(Arrivals.Delivered message, int window)
                                    throws BrokerException {
                                add(message, window);
                            }

                            @Override
                            public void ended() throws IOException, BrokerException {
                                if (last != null) {
                                    last.renew(queue.name());
                                }
                            }
                        });
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
        return channel().isOpen() && intake.isSettled() && !failed;
    }

    /// How they are taken.
    Intake intake() {
        return intake;
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

    /// What was removed, in that order, as far as it is remembered.
    Collection<Slots.Slot> removed() {
        return slots.removed();
    }

    /// One that is held.
    Optional<Slots.Slot> at(int slot) {
        return slots.at(slot);
    }

    /// A message that was taken, also when it was removed not long ago.
    Slots.@Nullable Slot known(MessageId id) {
        return slots.known(id);
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

    /// Closes the channel, and waits until the broker has done so.
    void closeChannel() throws Exception {
        var _ =
                line.ask(
                        () -> {
                            channel().close();
                            return "closed";
                        });
    }

    /// Counts the queue with what is held, all of one moment.
    HeldQueue.Depth depth(Deadline deadline) throws Exception {
        var notTaken = intake.depth(deadline);
        return new HeldQueue.Depth((long) notTaken + live(), intake.consumers() > 0);
    }

    /// Takes up to `wanted` more messages, and renews the deadline where some came: how many lie
    /// before the one that somebody looks for is no fault of the broker's.
    ///
    /// @return how many came; 0 at the end of the queue
    /// @throws BrokerException.Unsupported when looking further would do harm
    int take(int wanted, Deadline deadline) throws Exception {
        return take(wanted, 0, deadline);
    }

    /// As above, or what came, for who goes on until `wanted` and `more` are taken: the next ones
    /// come while the caller is busy with these, and take the place of those that are removed.
    int take(int wanted, int more, Deadline deadline) throws Exception {
        if (limit != null) {
            limit.check(queue.name());
        }
        if (live() >= mostHeld()) {
            throw tooMany();
        }
        return intake.take(wanted, more, deadline);
    }

    /// A prefetch has 16 bits.
    private int mostHeld() {
        return countsHeld ? MOST_PREFETCH - Intake.WINDOW : MOST_HELD;
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

    private void add(Arrivals.Delivered message, int window) throws BrokerException {
        var letter =
                Letters.of(
                        message,
                        queue,
                        headers ->
                                identities.next(
                                        message.body(),
                                        headers,
                                        message.properties().getTimestamp()));
        var deliveries = letter.deliveries();
        // Where no management API tells the kind of queue, this does from the second delivery on.
        quorum |= deliveries != null;
        lastIsFresh = deliveries == null;
        var tag = message.tag();
        if (last != null && deliveries != null && last.takesOver(letter, deliveries, tag)) {
            slots.pass(letter.id());
            return;
        }
        slots.add(letter.id(), tag, window, copy(letter));
        taken.accept(letter.id());
    }

    /// Tells the broker to remove messages for good; [#awaitRemoved] says whether it did.
    ///
    /// @return those of them that were held
    List<Slots.Slot> remove(List<Integer> which, Deadline deadline) throws Exception {
        var removed = slots.remove(which);
        if (removed.isEmpty()) {
            return removed;
        }
        var head = next(0);
        deadline.await(() -> acknowledge(removed, head));
        for (var slot : removed) {
            copies.drop(slot.copy());
        }
        intake.removed(removed);
        for (var old = slots.forget(); old != null; old = slots.forget()) {
            identities.forget(old.id());
        }
        return removed;
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

    /// Gives all back in one go, so that the order stays. Waits for nothing, and never throws.
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
