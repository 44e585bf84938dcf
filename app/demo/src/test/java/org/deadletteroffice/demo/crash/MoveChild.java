package org.deadletteroffice.demo.crash;

import org.deadletteroffice.core.job.MoveRequest;

/// A process that has the broker move one queue and is killed before it is done. Arguments: data
/// folder, queue, destination, step, messages a second (0: no limit).
final class MoveChild {
    public static void main(String[] args) throws Exception {
        try (var engine = KillableChild.engine(args[0], args[3], 1)) {
            var source = engine.brokers().queue(KillableChild.SOURCE, args[1]).ref();
            var rate = Integer.parseInt(args[4]);
            KillableChild.run(
                    engine, new MoveRequest(source, args[2], rate == 0 ? null : rate, "killed"));
        }
    }

    private MoveChild() {}
}
