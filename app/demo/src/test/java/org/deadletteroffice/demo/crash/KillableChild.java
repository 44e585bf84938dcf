package org.deadletteroffice.demo.crash;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ServiceLoader;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.job.JobRequest;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.spi.connector.Connector;

/// A process that redrives one dead-letter queue and is killed before it is done. Arguments: data
/// folder, queue, destination, destination's profile, step, how often it is passed, messages a
/// second (0: no limit).
final class KillableChild {
    static final String SOURCE = "here";

    public static void main(String[] args) throws Exception {
        try (var engine = engine(args[0], args[4], Integer.parseInt(args[5]))) {
            var rate = Double.parseDouble(args[6]);
            var request =
                    request(
                            engine,
                            args[1],
                            args[2],
                            args[3],
                            rate == 0 ? Pace.FULL : new Pace(rate, null));
            run(engine, request);
        }
    }

    /// An engine whose connectors wait to be killed at a step.
    static Engine engine(String home, String step, int at) throws Exception {
        var deathbed = new Deathbed(step, at);
        return Engine.open(
                new EngineOptions(
                        Path.of(home),
                        Clock.systemUTC(),
                        ServiceLoader.load(Connector.class).stream()
                                .<Connector>map(real -> new DyingConnector(real.get(), deathbed))
                                .toList()));
    }

    static void run(Engine engine, JobRequest request) throws Exception {
        var job = engine.jobs().start(request, null);
        System.out.println("started " + job);
        System.out.println("end " + engine.jobs().await(job).state());
    }

    static RedriveRequest request(
            Engine engine, String queue, String destination, String profile, Pace pace)
            throws Exception {
        return RedriveRequest.of(engine.brokers().queue(SOURCE, queue).ref(), new Scope.All())
                .to(destination)
                .toProfile(profile.equals(SOURCE) ? null : profile)
                .pace(pace)
                .reason("killed")
                .build();
    }

    private KillableChild() {}
}
