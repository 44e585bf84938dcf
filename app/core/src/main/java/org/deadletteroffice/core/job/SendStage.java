package org.deadletteroffice.core.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.Ledger.Confirmed;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Numerals;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.jspecify.annotations.Nullable;

/// The middle stage of a run: sends what is planned, at the pace asked for, through the gate of a
/// pause, and writes down at once what is refused. Mends a lost broker for a while, never sending
/// again what the broker can prove.
final class SendStage implements Dispatch {
    /// A destination that refuses so many in a row takes none, whatever the reason.
    static final int MOST_REFUSED_IN_A_ROW = 200;

    private final Workshop workshop;
    private final JobRow job;
    private final boolean writesSent;
    private final Plan plan;
    private final Progress progress;
    private final JobControl control;
    private final Handover<List<Parcel>> in;
    private final Handover<List<Dispatched>> out;
    private final Canary canary;
    private final Pacer pacer;
    private final BatchSize size;
    private final Backoff backoff;
    private final Pace.@Nullable ErrorBudget budget;
    private final FailureWindow failures;
    private final Deque<OnTheWay> onTheWay = new ArrayDeque<>();
    private Transfer transfer;
    private int refusedInARow;
    private volatile boolean unsettled;

    /// A message that its destination has.
    ///
    /// @param moved gone from the source in the same act
    record Dispatched(Confirmed confirmed, boolean moved) {}

    /// Watches whether the first ones come back.
    interface Canary {
        /// Whether [#mayGo] would wait to see whether the ones before come back.
        boolean holds(long sequence);

        /// Called before each batch.
        ///
        /// @param sequence of its first message
        /// @return whether to send it
        boolean mayGo(long sequence)
                throws OperatorException, BrokerException, InterruptedException;
    }

    SendStage(
            Workshop workshop,
            JobRow job,
            Plan plan,
            Progress progress,
            JobControl control,
            Handover<List<Parcel>> in,
            Handover<List<Dispatched>> out,
            Canary canary,
            Pacer pacer,
            BatchSize size,
            Transfer transfer) {
        this.workshop = workshop;
        this.job = job;
        this.writesSent = writesSent(job);
        this.plan = plan;
        this.progress = progress;
        this.control = control;
        this.backoff = control.backoff();
        this.in = in;
        this.out = out;
        this.canary = canary;
        this.pacer = pacer;
        this.size = size;
        this.budget = plan.pace().budget();
        this.failures = new FailureWindow(budget == null ? null : budget.window());
        this.transfer = transfer;
    }

    /// A batch that the connector has, and of which it said nothing yet.
    private record OnTheWay(List<Parcel> batch, Transfer.Sending sending, long since) {}

    @Override
    public void run() throws OperatorException, BrokerException, InterruptedException {
        while (true) {
            var taken = in.take();
            if (taken.isEmpty()) {
                settleAll();
                return;
            }
            if (!run(taken.get())) {
                return;
            }
            // Who waits until all is dealt with must not be told so while something is on its way.
            if (in.isEmpty()) {
                settleAll();
            }
            in.worked();
        }
    }

    /// @return whether to go on
    private boolean run(List<Parcel> parcels)
            throws OperatorException, BrokerException, InterruptedException {
        for (var from = 0; from < parcels.size(); ) {
            // All that are on their way together are no more than one batch that goes alone.
            var atOnce = Math.min(transfer.batchesAtOnce(), size.now());
            var most = size.now() / atOnce;
            var batch = parcels.subList(from, Math.min(parcels.size(), from + most));
            if (!mayGo(batch)) {
                settleAll();
                return false;
            }
            onTheWay.add(begin(batch));
            if (onTheWay.size() >= atOnce) {
                settleOldest();
            }
            from += batch.size();
        }
        return true;
    }

    /// Waits for nothing with a batch on its way: what it comes to is to be written down first.
    private boolean mayGo(List<Parcel> batch)
            throws OperatorException, BrokerException, InterruptedException {
        var sequence = batch.getFirst().outgoing().sequence();
        if (canary.holds(sequence)) {
            settleAll();
        }
        if (!go() || !canary.mayGo(sequence)) {
            return false;
        }
        var wait = pacer.delay(batch.size(), System.nanoTime());
        if (wait.isZero()) {
            return go();
        }
        settleAll();
        return control.goAfter(wait);
    }

    private boolean go() throws OperatorException, BrokerException, InterruptedException {
        while (control.isPaused()) {
            settleAll();
            if (!control.go()) {
                return false;
            }
        }
        return control.halt() == null;
    }

    private OnTheWay begin(List<Parcel> batch) {
        var since = System.nanoTime();
        var outgoing = batch.stream().map(Parcel::outgoing).toList();
        return new OnTheWay(batch, transfer.begin(outgoing), since);
    }

    private void settleAll() throws OperatorException, BrokerException, InterruptedException {
        while (!onTheWay.isEmpty()) {
            settleOldest();
        }
    }

    private void settleOldest() throws OperatorException, BrokerException, InterruptedException {
        var first = onTheWay.remove();
        var parcels = first.batch();
        var events = events(first);
        if (transfer.batchesAtOnce() == 1) {
            size.took(parcels.size(), System.nanoTime() - first.since());
        }
        if (events.stream().anyMatch(SendStage::isToBeSentAgain) && !onTheWay.isEmpty()) {
            // The others are likely to be lost with it, and a new transfer ends the old one.
            parcels = new ArrayList<>(parcels);
            events = new ArrayList<>(events);
            for (var next = onTheWay.poll(); next != null; next = onTheWay.poll()) {
                parcels.addAll(next.batch());
                events.addAll(events(next));
            }
        }
        var pending = settle(events, parcels);
        while (!pending.isEmpty()) {
            pending = settle(events(begin(pending)), pending);
        }
    }

    private static boolean isToBeSentAgain(TransferEvent event) {
        return event instanceof TransferEvent.Unknown || event instanceof TransferEvent.Untouched;
    }

    /// What the connector says of a batch; of all that nobody knows, where it cannot say.
    private static List<TransferEvent> events(OnTheWay sent) {
        try {
            return sent.sending().events();
        } catch (BrokerException lost) {
            return sent.batch().stream()
                    .<TransferEvent>map(
                            parcel -> new TransferEvent.Unknown(parcel.outgoing().sequence(), lost))
                    .toList();
        }
    }

    /// @return what is to be sent again, without those that were refused
    private List<Parcel> settle(List<TransferEvent> events, List<Parcel> pending)
            throws OperatorException, BrokerException, InterruptedException {
        var bySequence = new HashMap<Long, Parcel>();
        pending.forEach(parcel -> bySequence.put(parcel.outgoing().sequence(), parcel));
        var gone = new ArrayList<Dispatched>();
        Map<Long, String> refused = new HashMap<>();
        var again = new ArrayList<Parcel>();
        var unknown = new ArrayList<Parcel>();
        BrokerException loss = null;
        var mostFailures = 0;
        for (var event : events) {
            var parcel = bySequence.remove(event.sequence());
            if (parcel == null) {
                throw new IllegalStateException(
                        "the connector told of a message that was not sent: " + event.sequence());
            }
            var isTold =
                    !(event instanceof TransferEvent.Untouched
                            || event instanceof TransferEvent.Unknown);
            if (isTold) {
                var count = failures.add(event instanceof TransferEvent.Refused);
                mostFailures = Math.max(mostFailures, count);
            }
            switch (event) {
                case TransferEvent.Sent(_, var position) ->
                        gone.add(new Dispatched(parcel.confirmed(position), false));
                case TransferEvent.Moved(_, var position) ->
                        gone.add(new Dispatched(parcel.confirmed(position), true));
                case TransferEvent.Refused(_, var reason) ->
                        refused.put(parcel.number(), progress.reason(reason.sentence()));
                case TransferEvent.Untouched _ -> again.add(parcel);
                case TransferEvent.Unknown(_, var reason) -> {
                    unknown.add(parcel);
                    loss = loss == null ? reason : loss;
                }
                case TransferEvent.Warned _ ->
                        throw new IllegalStateException("only a rehearsal warns");
            }
        }
        if (!bySequence.isEmpty()) {
            throw new IllegalStateException(
                    "the connector did not tell what became of " + bySequence.size() + " messages");
        }
        unsettled |= loss != null;
        if (!refused.isEmpty()) {
            progress.failed(refused);
        }
        refusedInARow = gone.isEmpty() && again.isEmpty() ? refusedInARow + refused.size() : 0;
        if (!refused.isEmpty() && refusedInARow >= MOST_REFUSED_IN_A_ROW) {
            control.halt(
                    new JobControl.Halt.Rule(
                            "Stopped by itself: "
                                    + Numerals.of(refusedInARow)
                                    + " messages in a row were refused. "
                                    + refused.values().iterator().next()));
        }
        if (budget != null && mostFailures > budget.most()) {
            control.halt(new JobControl.Halt.Rule(overspent(budget, mostFailures)));
        }
        hand(gone);
        if (loss == null || !gone.isEmpty()) {
            backoff.succeeded();
        }
        // Of a batch that broke a stop rule nothing more is sent.
        if (control.halt() instanceof JobControl.Halt.Rule) {
            return List.of();
        }
        if (loss != null) {
            again.addAll(afterLoss(loss, unknown));
            // What nobody knows of went before what was not touched: the order of a key stays.
            again.sort(Comparator.comparingLong(parcel -> parcel.outgoing().sequence()));
        }
        return again;
    }

    private static String overspent(Pace.ErrorBudget budget, int failures) {
        return "Stopped by itself: "
                + (budget.window() == null
                        ? Numerals.of(failures, "message was", "messages were")
                        : Numerals.of(failures)
                                + " of the last "
                                + Numerals.of(budget.window())
                                + (failures == 1 ? " messages was" : " messages were"))
                + " refused, and "
                + Numerals.of(budget.most())
                + " may be.";
    }

    /// The outcome of these is not known: a new transfer says what it can prove.
    private List<Parcel> afterLoss(BrokerException unknown, List<Parcel> pending)
            throws OperatorException, BrokerException, InterruptedException {
        unsettled = true;
        var failed = unknown;
        while (true) {
            transfer.close();
            var wait = backoff.after(failed);
            if (wait.isEmpty() || control.awaitHalt(wait.get())) {
                throw failed;
            }
            try {
                transfer = Transfers.open(workshop.brokers(), plan, job.id());
                Transfers.checkProof(job, transfer, progress.counts().sent());
                var proven = transfer.provenPosition();
                unsettled = false;
                if (proven.isEmpty()) {
                    return pending;
                }
                var gone = new ArrayList<Dispatched>();
                var again = new ArrayList<Parcel>();
                for (var parcel : pending) {
                    if (parcel.outgoing().sequence() < proven.getAsLong()) {
                        gone.add(new Dispatched(parcel.confirmed(null), false));
                    } else {
                        again.add(parcel);
                    }
                }
                hand(gone);
                if (again.isEmpty()) {
                    backoff.succeeded();
                }
                return again;
            } catch (BrokerException still) {
                failed = still;
            }
        }
    }

    /// Whether this stage writes SENT itself before it sends on. Where the broker proves nothing,
    /// what is sent and not written down is sent again after a crash: that must never be more than
    /// one batch.
    static boolean writesSent(JobRow job) {
        return job.guarantee() != Guarantee.EXACTLY_ONCE;
    }

    private void hand(List<Dispatched> gone) throws InterruptedException {
        if (gone.isEmpty()) {
            return;
        }
        if (writesSent) {
            progress.sent(
                    gone.stream()
                            .filter(each -> !each.moved())
                            .map(Dispatched::confirmed)
                            .toList());
        }
        out.put(List.copyOf(gone));
    }

    @Override
    public boolean isUnsettled() {
        return unsettled || !onTheWay.isEmpty();
    }

    @Override
    public void forget() {
        transfer.forget();
    }

    @Override
    public void close() {
        transfer.close();
    }
}
