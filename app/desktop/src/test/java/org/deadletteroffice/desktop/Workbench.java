package org.deadletteroffice.desktop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Navigation;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryConnector;
import org.deadletteroffice.memory.SampleDeadLetters;
import org.deadletteroffice.spi.message.QueueRef;

/// What models are tested with: the real engine on the memory broker, everything on the calling
/// thread, and what was said to the operator.
public final class Workbench implements AutoCloseable {
    public static final String PROFILE = "dev";
    public static final String PRODUCTION = "prod";

    /// Dead letters in each of the broker's three queues of them.
    public static final int EACH = 250;

    private final Path home;
    private final MemoryBroker broker;
    private final Engine engine;
    private final QuietDialogs dialogs = new QuietDialogs();
    private final Navigation navigation = new Navigation();
    private final Desk desk;

    private Workbench(Path home, MemoryBroker broker, Engine engine) {
        this.home = home;
        this.broker = broker;
        this.engine = engine;
        desk = new Desk(engine, Background.onCallingThread(), navigation, dialogs);
    }

    public static Workbench open() throws Exception {
        var home = Files.createTempDirectory("dlo-models");
        var broker =
                SampleDeadLetters.fill(MemoryBroker.named(home.getFileName().toString()), EACH);
        var engine =
                Engine.open(
                        new EngineOptions(home, Clock.systemUTC(), List.of(new MemoryConnector())));
        for (var profile :
                Map.of(PROFILE, Environment.DEVELOPMENT, PRODUCTION, Environment.PRODUCTION)
                        .entrySet()) {
            engine.profiles()
                    .save(
                            Profile.of(
                                    profile.getKey(),
                                    "memory",
                                    profile.getValue(),
                                    broker.settings().values()),
                            Map.of());
        }
        return new Workbench(home, broker, engine);
    }

    public Desk desk() {
        return desk;
    }

    public Engine engine() {
        return engine;
    }

    public MemoryBroker broker() {
        return broker;
    }

    public Navigation navigation() {
        return navigation;
    }

    public QuietDialogs dialogs() {
        return dialogs;
    }

    public QueueRef queue(String profile, String name) {
        return broker.ref(profile, name);
    }

    @Override
    public void close() throws IOException {
        engine.close();
        broker.close();
        try (var files = Files.walk(home)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
