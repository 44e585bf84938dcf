package org.deadletteroffice.core.job;

import java.util.List;

/// The middle stage of a purge: nothing is sent, since each message's copy is in the archive
/// already, or waived. It only holds the work at the gate of a pause.
final class TakeAwayStage implements Dispatch {
    private final JobControl control;
    private final Handover<List<Parcel>> in;
    private final Handover<List<SendStage.Dispatched>> out;
    private final Runnable atFirst;

    /// @param atFirst called before the first batch
    TakeAwayStage(
            JobControl control,
            Handover<List<Parcel>> in,
            Handover<List<SendStage.Dispatched>> out,
            Runnable atFirst) {
        this.control = control;
        this.in = in;
        this.out = out;
        this.atFirst = atFirst;
    }

    @Override
    public void run() throws InterruptedException {
        var first = true;
        while (true) {
            var batch = in.take();
            if (batch.isEmpty() || !control.go()) {
                return;
            }
            if (first) {
                atFirst.run();
                first = false;
            }
            out.put(
                    batch.get().stream()
                            .map(parcel -> new SendStage.Dispatched(parcel.confirmed(null), false))
                            .toList());
            in.worked();
        }
    }

    @Override
    public boolean isUnsettled() {
        return false;
    }

    @Override
    public void forget() {
        // No broker was asked to prove anything.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
