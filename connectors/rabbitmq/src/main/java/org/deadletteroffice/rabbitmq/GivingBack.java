package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.deadletteroffice.spi.error.BrokerException;
import org.slf4j.LoggerFactory;

/// Gives back what a [Hold] holds, in its order where the queue keeps one.
///
/// Classic queues put it in its old place. Quorum queues put it behind all else (seen on 3.10), or
/// behind all that was given back before and ahead of what was never delivered (seen on 4.0). So
/// their order stays only where all of that goes back together with it.
final class GivingBack {
    /// What was given back is there once no more has come for so long: the rest was taken by
    /// others, or has expired.
    private static final Duration QUIET = Duration.ofMillis(200);

    /// As [#QUIET] where nobody else takes anything: a quorum queue first agrees with its nodes.
    private static final Duration QUIET_ALONE = Duration.ofSeconds(2);

    /// A quorum queue shuffles what is given back by one command if that is more (a map of
    /// Erlang's).
    private static final int PIECE = 32;

    /// It joins commands when more are under way.
    private static final int PIECES_UNDER_WAY = 16;

    /// How many more messages are taken to keep the order of a quorum queue.
    static final int MOST_REST = 5_000;

    /// How long it may take to get the rest.
    private static final Duration SETTLED = Duration.ofSeconds(10);

    /// How long the caller waits.
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private final Hold hold;
    private final Duration settled;

    /// Whether less was there than was given back.
    private boolean isShared;

    GivingBack(Hold hold) {
        this(hold, SETTLED);
    }

    /// @param settled how long it may take to get the rest
    GivingBack(Hold hold, Duration settled) {
        this.hold = hold;
        this.settled = settled;
    }

    /// See [Hold#giveBack].
    Thread start() {
        return Thread.ofVirtual().name("rabbitmq give back").start(this::run);
    }

    /// Waits a moment for the broker to have all back. Never throws.
    static void await(Thread done) {
        var interrupted = Thread.interrupted();
        try {
            done.join(PATIENCE);
        } catch (InterruptedException now) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Channel channel() {
        return hold.channel();
    }

    private void run() {
        try {
            if (channel().isOpen()) {
                takeWhatIsOnItsWay();
                giveBack();
            }
        } catch (Exception lost) {
            // The broker takes back what a closed channel held.
            LoggerFactory.getLogger(GivingBack.class)
                    .debug("Messages went back by themselves", lost);
            if (!hold.keepsLastDeliveries()) {
                Link.close(channel());
            }
        } finally {
            hold.end();
        }
    }

    private void giveBack() throws Exception {
        if (!hold.isSafeToGiveBack()) {
            oneByOne();
            return;
        }
        if (hold.isQuorum() && hold.intake().isSettled() && hold.live() > 0) {
            takeRest();
            if (!hold.isSafeToGiveBack()) {
                oneByOne();
                return;
            }
            if (hold.intake().isSettled()) {
                inPieces();
            }
            // What is on its way still goes back with the channel, as nobody knows of it.
        } else if (hold.live() > 0 || !hold.intake().isSettled()) {
            var held = hold.countsHeld() ? 0 : hold.live();
            var expected = ready().getMessageCount() + held;
            channel().basicNack(0, true, true);
            awaitReady(expected);
        }
        hold.closeChannel();
    }

    /// What does not come in time goes back all the same, as nobody knows of it.
    private void takeWhatIsOnItsWay() {
        try {
            hold.intake().stop(Deadline.in(settled, () -> false));
        } catch (Exception late) {
            LoggerFactory.getLogger(GivingBack.class)
                    .debug("Messages were still on their way", late);
        }
    }

    /// And leaves the channel open, since to close it would give back the rest as well.
    private void oneByOne() throws IOException {
        for (var slot : hold.held()) {
            channel().basicNack(slot.tag(), false, true);
        }
    }

    private void takeRest() throws Exception {
        var deadline = Deadline.in(settled, () -> false);
        // Of all together: meanwhile they are hidden from others.
        var end = System.nanoTime() + settled.toNanos();
        var most = hold.size() + MOST_REST;
        while (hold.isAlive()
                && hold.size() < most
                && System.nanoTime() - end < 0
                && !hold.hasPassedWhatWasGivenBack()) {
            try {
                if (hold.take(Intake.WINDOW, deadline) == 0) {
                    return;
                }
            } catch (BrokerException | TimeoutException near) {
                // Better out of order than over the limit, or hidden from its readers.
                LoggerFactory.getLogger(GivingBack.class)
                        .info(
                                "Messages of {} go back behind the others: {}",
                                hold.queue().name(),
                                near.getMessage());
                return;
            }
        }
    }

    /// Each within one window, whose messages the queue keeps together.
    private void inPieces() throws Exception {
        var held = hold.held();
        var expected = ready().getMessageCount();
        var inPiece = 0;
        var pieces = 0;
        for (var index = 0; index < held.size(); index++) {
            var slot = held.get(index);
            inPiece++;
            var windowEnds =
                    index + 1 == held.size() || held.get(index + 1).window() != slot.window();
            if (inPiece == PIECE || windowEnds) {
                channel().basicNack(slot.tag(), true, true);
                expected += inPiece;
                inPiece = 0;
                if (++pieces % PIECES_UNDER_WAY == 0) {
                    awaitReady(expected);
                }
            }
        }
        awaitReady(expected);
    }

    private AMQP.Queue.DeclareOk ready() throws Exception {
        return hold.intake().declared();
    }

    /// What is given back is there a moment after the broker was told. Where others take from the
    /// queue nobody can say when, and there is no order to keep.
    private void awaitReady(long expected) throws Exception {
        var pause = new CountDownLatch(1);
        var most = -1;
        var grewAt = System.nanoTime();
        while (!isShared) {
            var now = ready();
            if (now.getMessageCount() >= expected) {
                return;
            }
            if (now.getMessageCount() > most) {
                most = now.getMessageCount();
                grewAt = System.nanoTime();
            }
            var alone = hold.isQuorum() && now.getConsumerCount() == 0;
            var quiet = alone ? QUIET_ALONE : QUIET;
            isShared = System.nanoTime() - grewAt > quiet.toNanos();
            var _ = pause.await(2, TimeUnit.MILLISECONDS);
        }
    }
}
