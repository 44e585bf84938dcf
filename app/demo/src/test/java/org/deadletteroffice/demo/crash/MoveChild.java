package org.deadletteroffice.demo.crash;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ServiceLoader;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.job.MoveRequest;
import org.deadletteroffice.spi.connector.Connector;

/// A process that has the broker move one queue and is killed before it is done. Arguments: data
/// folder, queue, destination, step, messages a second (0: no limit).
final class MoveChild {
    public static void main(String[] args) throws Exception {
        var deathbed = new Deathbed(args[3], 1);
        var options =
                new EngineOptions(
                        Path.of(args[0]),
                        Clock.systemUTC(),
                        ServiceLoader.load(Connector.class).stream()
                                .<Connector>map(real -> new DyingConnector(real.get(), deathbed))
                                .toList());
        try (var engine = Engine.open(options)) {
            var source = engine.brokers().queue(KillableChild.SOURCE, args[1]).ref();
            var rate = Integer.parseInt(args[4]);
            var job =
                    engine.jobs()
                            .start(
                                    new MoveRequest(
                                            source, args[2], rate == 0 ? null : rate, "killed"),
                                    null);
            System.out.println("end " + engine.jobs().await(job).state());
        }
    }

    private MoveChild() {}
}
