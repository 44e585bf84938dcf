package org.deadletteroffice.core.crash;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;

/// A process that starts the redrive of a test, or resumes the one it finds, and ends with it.
final class RedriveChild {
    static Engine engine(Path home) throws Exception {
        return Engine.open(
                new EngineOptions(home, Clock.systemUTC(), List.of(new DiskConnector())));
    }

    /// @param arguments data folder, messages a second (0: no limit)
    public static void main(String[] arguments) throws Exception {
        try (var engine = engine(Path.of(arguments[0]))) {
            var jobs = engine.jobs();
            var interrupted =
                    jobs.list().stream()
                            .filter(job -> job.state() == JobState.INTERRUPTED)
                            .findFirst();
            String id;
            if (interrupted.isPresent()) {
                id = interrupted.get().id();
                jobs.resume(id);
            } else {
                id = jobs.start(request(Double.parseDouble(arguments[1])), null);
            }
            System.out.println("started " + id);
            System.out.println("end " + jobs.await(id).state());
        }
    }

    private static RedriveRequest request(double perSecond) {
        var base =
                RedriveRequest.toOrigin(
                        new QueueRef("disk", "orders.dlq", QueueKind.QUEUE), new Scope.All());
        return base.copy()
                .to("orders")
                .pace(perSecond == 0 ? Pace.FULL : new Pace(perSecond, null))
                .maxReturns(3)
                .build();
    }

    private RedriveChild() {}
}
