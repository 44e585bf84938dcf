package org.deadletteroffice.benchmarks;

import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// A redrive of all messages of a queue, what was redriven before included, so that every round
/// moves all of them.
final class WholeRedrive {
    private WholeRedrive() {}

    /// Blocks until it is done.
    ///
    /// @param destination null: each message's origin
    /// @return how many were sent
    /// @throws IllegalStateException when it ends otherwise than done, with its sentence
    static long run(Engine engine, QueueRef queue, @Nullable String destination) throws Exception {
        var request =
                RedriveRequest.of(queue, new Scope.All())
                        .to(destination)
                        .maxReturns(Integer.MAX_VALUE)
                        .includeResolved(true)
                        .reason("benchmark")
                        .build();
        var job = engine.jobs().await(engine.jobs().start(request, null));
        if (job.state() != JobState.DONE) {
            throw new IllegalStateException(job.sentence());
        }
        return job.sent();
    }
}
