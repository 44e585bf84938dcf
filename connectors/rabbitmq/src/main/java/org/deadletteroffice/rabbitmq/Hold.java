package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.deadletteroffice.spi.connector.HeldCopies;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// The messages of one queue from its head on, held without acknowledgement on one channel, with
/// copies of its own. Taking goes forward only, in windows: each is a consumer with just as much
/// prefetch as is wanted, cancelled when it has got that. (A consumer without a limit stalls on
/// quorum queues, and `basic.get` is ten times slower.) One thread at a time.
///
/// Seen on 3.10: classic queues put what is given back to its old place; quorum queues put it
/// behind all else, in the order of the messages as long as the consumer tags sort by age.
final class Hold {
    /// How many messages may be held at once; each costs memory here and in the broker.
    static final int MOST_HELD = 500_000;

    private static final int MOST_PREFETCH = 65_535;

    /// The most that one window takes.
    static final int WINDOW = 1_000;

    /// What one window may bring into memory.
    private static final long WINDOW_BYTES = 16L << 20;

    /// The first window, while nobody knows how large the messages are: each may have 128 MiB.
    private static final int FIRST_WINDOW = 2;

    /// How many are waited for at once.
    private static final int TOGETHER = 64;

    /// A broker that has messages ready hands them out within this.
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);

    /// How long a piece may take to be applied; others may take the messages meanwhile.
    private static final Duration APPLIED = Duration.ofSeconds(20);

    private static final int PIECE = 32;
    private static final int PIECES_UNDER_WAY = 16;

    /// How many more messages are taken to keep the order of a quorum queue.
    private static final int MOST_REST = 5_000;

    /// How long it may take to get the rest.
    private static final Duration SETTLED = Duration.ofSeconds(10);

    static final String TAG = "dead-letter-office-";

    private final Link.Line line;
    private final QueueRef queue;
    private final @Nullable DeliveryLimit limit;
    private final @Nullable LastDeliveries last;
    private final HeldCopies copies;
    private final boolean mayGoAhead;
    private final boolean countsHeld;
    private final Consumer<MessageId> taken;
    private final Identities identities = new Identities();
    private final List<Slot> slots = new ArrayList<>();
    private final Map<MessageId, Integer> byId = new HashMap<>();
    private final BitSet gone = new BitSet();

    /// The first slot that is not removed; a job removes from the head on.
    private int head;

    private final List<Integer> windowEnds = new ArrayList<>();
    private int windows;
    private int prefetch;
    private long bytes;
    private int consumers;

    /// How many messages are ready at least, by what the broker said last and what was asked for
    /// since; 0 where others may take them.
    private int surelyReady;

    private boolean quorum;
    private boolean unsettled;
    private volatile @Nullable Window ahead;

    record Slot(MessageId id, long tag) {}

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
        this.mayGoAhead = taking.mayGoAhead();
        this.countsHeld = taking.countsHeld();
        this.copies = new HeldCopies(queue);
        this.taken = taken;
    }

    private Channel channel() {
        return line.channel();
    }

    /// Whether what is given back goes behind all else.
    boolean isQuorum() {
        return quorum;
    }

    boolean isAlive() {
        return channel().isOpen() && !unsettled;
    }

    /// How many were taken, those that are removed by now included.
    int size() {
        return slots.size();
    }

    /// How many are held now.
    int live() {
        return slots.size() - gone.cardinality();
    }

    MessageId id(int slot) {
        return slots.get(slot).id();
    }

    boolean isGone(int slot) {
        return gone.get(slot);
    }

    OptionalInt find(MessageId id) {
        var slot = byId.get(id);
        return slot == null ? OptionalInt.empty() : OptionalInt.of(slot);
    }

    /// The slot before which `count` messages lie that are not removed; past the end where so many
    /// are not taken yet.
    int slotAfterLive(long count) {
        var left = count;
        for (var slot = 0; slot < slots.size(); slot++) {
            if (left == 0) {
                return slot;
            }
            if (!gone.get(slot)) {
                left--;
            }
        }
        return (int) Math.min(Integer.MAX_VALUE, slots.size() + left);
    }

    /// How many before this slot are not removed.
    long liveBefore(int slot) {
        return slot <= head ? 0 : (long) slot - head - gone.get(head, slot).cardinality();
    }

    DeadLetter read(int slot) throws IOException {
        return copies.get(slot);
    }

    /// Asks whether the queue is still there.
    ///
    /// @return how many messages are ready, without those that are held
    int ready(Deadline deadline) throws Exception {
        var declared = deadline.await(() -> channel().queueDeclarePassive(queue.name()), _ -> {});
        consumers = declared.getConsumerCount() - ownConsumers();
        var held = countsHeld ? live() : 0;
        var ready = Math.max(0, declared.getMessageCount() - held);
        surelyReady = consumers == 0 ? ready : 0;
        return ready;
    }

    /// Fails where the queue is gone, though copies of its messages are still here. Asks nothing
    /// while the broker would tell by itself.
    void checkQueue(Deadline deadline) throws Exception {
        var window = ahead;
        if (window == null) {
            var _ = ready(deadline);
        } else if (window.arrivals().ended()) {
            throw ended();
        }
    }

    /// Consumers of the queue that are this one's.
    int ownConsumers() {
        return ahead == null ? 0 : 1;
    }

    /// How many other consumers the queue had when [#ready] asked.
    int consumers() {
        return consumers;
    }

    /// Takes up to `wanted` more messages.
    ///
    /// @return how many came; 0 at the end of the queue
    /// @throws BrokerException.Unsupported when looking further would do harm
    int take(int wanted, Deadline deadline) throws Exception {
        return take(wanted, 0, deadline);
    }

    /// As above, for who goes on until `wanted` and `more` are taken: the next ones come while the
    /// caller is busy with these.
    int take(int wanted, int more, Deadline deadline) throws Exception {
        if (limit != null) {
            limit.check(queue.name());
        }
        if (live() >= mostHeld()) {
            throw tooMany();
        }
        var current = ahead;
        ahead = null;
        if (current == null) {
            var ready = ready(deadline);
            if (ready == 0) {
                return 0;
            }
            current = begin(Math.min(wanted, ready), deadline);
        }
        var taken = finish(current, deadline);
        var asks = taken == 0 || (more > 0 && mayGoAhead && surelyReady == 0);
        var ready = asks ? ready(deadline) : surelyReady;
        if (taken == 0 && ready > 0) {
            throw RabbitErrors.inExclusiveUse(Act.reading(queue.name()), null);
        }
        if (more > 0 && ready > 0 && mayGoAhead) {
            ahead = begin(Math.min(more, ready), deadline);
        }
        return taken;
    }

    /// Takes what is on its way, so that nothing is held which nobody knows of.
    void settle(Deadline deadline) throws Exception {
        var current = ahead;
        ahead = null;
        if (current != null) {
            var _ = finish(current, deadline);
        }
    }

    /// How many are held that were not looked at yet.
    int ahead() {
        var window = ahead;
        return window == null ? 0 : window.arrivals().count();
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

    private int windowSize() {
        if (slots.isEmpty()) {
            return FIRST_WINDOW;
        }
        var average = Math.max(1, bytes / slots.size());
        var grown = Math.min(WINDOW, FIRST_WINDOW << Math.min(10, 2 * windows));
        return Math.clamp(WINDOW_BYTES / average, 1, grown);
    }

    /// Messages on their way.
    private record Window(Arrivals arrivals, String tag, int size) {}

    private Window begin(int most, Deadline deadline) throws Exception {
        var size = Math.min(most, windowSize());
        var arrivals = new Arrivals(channel());
        var tag = TAG + "%08d".formatted(++windows);
        surelyReady = Math.max(0, surelyReady - size);
        unsettled = true;
        deadline.await(
                () -> {
                    limitPrefetch(countsHeld ? live() + size : size);
                    var _ = channel().basicConsume(queue.name(), false, tag, arrivals);
                });
        unsettled = false;
        return new Window(arrivals, tag, size);
    }

    /// Holds for consumers that begin afterwards, so it is told once.
    private void limitPrefetch(int most) throws IOException {
        if (prefetch != most) {
            channel().basicQos(0, most, false);
            prefetch = most;
        }
    }

    private int finish(Window window, Deadline deadline) throws Exception {
        unsettled = true;
        var arrivals = window.arrivals();
        var taken = 0;
        var quietSince = System.nanoTime();
        while (taken < window.size() && System.nanoTime() - quietSince < QUIET_NANOS) {
            deadline.check();
            var most = Math.min(TOGETHER, window.size() - taken);
            for (var arrival : arrivals.poll(most, 50, TimeUnit.MILLISECONDS)) {
                if (arrival.message() == null) {
                    throw ended();
                }
                add(arrival.message());
                taken++;
                quietSince = System.nanoTime();
            }
        }
        deadline.await(() -> channel().basicCancel(window.tag()));
        while (true) {
            var late = arrivals.poll(deadline.left(), TimeUnit.NANOSECONDS);
            if (late == null || late.message() == null) {
                break;
            }
            add(late.message());
            taken++;
        }
        if (taken < window.size()) {
            surelyReady = 0;
        }
        windowEnds.add(slots.size());
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

    private void add(Delivery message) throws IOException {
        var letter =
                Letters.of(
                        message,
                        line.headers().poll(),
                        queue,
                        headers ->
                                identities.next(
                                        message.getBody(),
                                        headers,
                                        message.getProperties().getTimestamp()));
        var deliveries = letter.deliveries();
        // Where no management API tells the kind of queue, this does from the second delivery on.
        quorum |= deliveries != null;
        var tag = message.getEnvelope().getDeliveryTag();
        if (last != null && deliveries != null && last.takesOver(letter, deliveries, tag)) {
            return;
        }
        bytes += letter.size();
        byId.put(letter.id(), slots.size());
        slots.add(new Slot(letter.id(), tag));
        var _ = copies.add(letter);
        taken.accept(letter.id());
    }

    /// Removes messages for good and returns when the broker has done so.
    ///
    /// @return how many there were to remove
    int remove(List<Integer> which, Deadline deadline) throws Exception {
        var fresh = new ArrayList<Integer>(which.size());
        for (var slot : which) {
            if (!gone.get(slot)) {
                gone.set(slot);
                fresh.add(slot);
            }
        }
        if (fresh.isEmpty()) {
            return 0;
        }
        head = gone.nextClearBit(head);
        deadline.await(
                () -> {
                    acknowledge(fresh);
                    // Acknowledgements are not answered; what comes after them on a channel is.
                    channel().basicQos(0, Math.max(1, prefetch), false);
                });
        fresh.forEach(copies::drop);
        return fresh.size();
    }

    /// All at the head in one go, as a job removes them, and the others one by one.
    private void acknowledge(List<Integer> which) throws IOException {
        var last = which.stream().mapToInt(slot -> slot).filter(slot -> slot < head).max();
        if (last.isPresent()) {
            channel().basicAck(slots.get(last.getAsInt()).tag(), true);
        }
        for (var slot : which) {
            if (slot > head) {
                channel().basicAck(slots.get(slot).tag(), false);
            }
        }
    }

    /// Lets the broker remove all that nobody holds.
    int purgeReady(Deadline deadline) throws Exception {
        return deadline.await(() -> channel().queuePurge(queue.name()), _ -> {}).getMessageCount();
    }

    /// Gives all back in one go, so that the order stays, and waits a moment for the broker to have
    /// done it. Never throws.
    ///
    /// @return lives until the broker has all back
    Thread giveBack() {
        var done = Thread.ofVirtual().name("rabbitmq give back").start(this::giveBackNow);
        var interrupted = Thread.interrupted();
        try {
            done.join(Duration.ofMillis(800));
        } catch (InterruptedException now) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return done;
    }

    private void giveBackNow() {
        try {
            if (channel().isOpen()) {
                takeWhatIsOnItsWay();
                if (last != null && !last.areSafe()) {
                    giveBackOneByOne();
                    return;
                }
                if (quorum && !unsettled && live() > 0) {
                    takeRest();
                    giveBackInPieces();
                } else if (live() > 0 || unsettled) {
                    var held = countsHeld ? 0 : live();
                    var expected = channel().messageCount(queue.name()) + held;
                    channel().basicNack(0, true, true);
                    awaitReady(expected);
                }
                channel().close();
            }
        } catch (Exception lost) {
            // The broker takes back what a closed channel held.
            LoggerFactory.getLogger(Hold.class).debug("Messages went back by themselves", lost);
        } finally {
            copies.close();
        }
    }

    /// What does not come in time goes back all the same, as nobody knows of it.
    private void takeWhatIsOnItsWay() {
        try {
            settle(Deadline.in(SETTLED, () -> false));
        } catch (Exception late) {
            LoggerFactory.getLogger(Hold.class).debug("Messages were still on their way", late);
        }
    }

    /// And leaves the channel open, since to close it would give back the rest as well.
    private void giveBackOneByOne() throws IOException {
        for (var slot = 0; slot < slots.size(); slot++) {
            if (!gone.get(slot)) {
                channel().basicNack(slots.get(slot).tag(), false, true);
            }
        }
    }

    /// A quorum queue puts what is given back behind everything else (seen on 3.10). So the order
    /// stays only where all the rest goes back together with it.
    private void takeRest() throws Exception {
        var deadline = Deadline.in(SETTLED, () -> false);
        var most = slots.size() + MOST_REST;
        while (isAlive() && slots.size() < most) {
            try {
                if (take(WINDOW, deadline) == 0) {
                    return;
                }
            } catch (BrokerException near) {
                // Better out of order than over the limit.
                return;
            }
        }
    }

    /// A quorum queue shuffles what is given back by one command if that is more than 32 messages
    /// (a map of Erlang's), and joins commands when too many are under way.
    private void giveBackInPieces() throws IOException, InterruptedException {
        var expected = channel().messageCount(queue.name());
        var windowEnd = windowEnds.iterator();
        var end = windowEnd.hasNext() ? windowEnd.next() : 0;
        var inPiece = 0;
        var pieces = 0;
        var last = 0L;
        for (var slot = 0; slot < slots.size(); slot++) {
            if (!gone.get(slot)) {
                last = slots.get(slot).tag();
                inPiece++;
            }
            var windowEnds = slot + 1 == end;
            if (windowEnds && windowEnd.hasNext()) {
                end = windowEnd.next();
            }
            if (inPiece == PIECE || (windowEnds && inPiece > 0)) {
                channel().basicNack(last, true, true);
                expected += inPiece;
                inPiece = 0;
                if (++pieces % PIECES_UNDER_WAY == 0) {
                    awaitReady(expected);
                }
            }
        }
        awaitReady(expected);
    }

    /// What is given back is there a moment after the broker was told.
    private void awaitReady(long expected) throws IOException, InterruptedException {
        var end = System.nanoTime() + APPLIED.toNanos();
        var pause = new CountDownLatch(1);
        while (channel().messageCount(queue.name()) < expected && System.nanoTime() < end) {
            var _ = pause.await(2, TimeUnit.MILLISECONDS);
        }
    }
}
