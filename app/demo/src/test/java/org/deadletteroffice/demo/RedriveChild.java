package org.deadletteroffice.demo;

import java.nio.file.Path;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;

/// An operator's process: redrives whole dead-letter topics, one after the other, until it is done
/// or killed. Arguments: data folder, profile, messages per second, topics.
final class RedriveChild {
    private RedriveChild() {}

    public static void main(String[] args) throws Exception {
        try (var engine = Engine.open(EngineOptions.at(Path.of(args[0])))) {
            for (var i = 3; i < args.length; i++) {
                var request =
                        request(engine, args[1], args[i], new Pace(Double.valueOf(args[2]), null));
                engine.jobs().await(engine.jobs().start(request, null));
            }
        }
    }

    static RedriveRequest request(Engine engine, String profile, String topic, Pace pace)
            throws Exception {
        var all =
                RedriveRequest.toOrigin(
                        engine.brokers().queue(profile, topic).ref(), new Scope.All());
        return all.copy().pace(pace).includeOvertaken(true).reason("killed midway").build();
    }
}
