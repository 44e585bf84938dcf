package org.deadletteroffice.desktop;

import java.nio.file.Path;
import java.util.Map;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Navigation;
import org.deadletteroffice.memory.MemoryBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A desk over a real engine and the memory broker, with all work done on the calling thread.
public abstract class ModelTest {
    @TempDir public Path home;

    protected final QuietDialogs dialogs = new QuietDialogs();
    protected Engine engine;
    protected Desk desk;
    protected MemoryBroker broker;

    @BeforeEach
    void openEngine() throws Exception {
        openDesk();
        broker = MemoryBroker.named("broker of " + home.getFileName());
        broker.createLog("orders").createLog("orders-dlt").createLog("orders.retry");
    }

    @AfterEach
    void closeEngine() {
        engine.close();
        broker.close();
    }

    /// As the program does that was closed and begins again.
    protected void reopenEngine() throws Exception {
        engine.close();
        openDesk();
    }

    private void openDesk() throws Exception {
        engine = Engine.open(EngineOptions.at(home));
        desk = new Desk(engine, Background.onCallingThread(), new Navigation(), dialogs);
    }

    protected Profile saved(String name, Environment environment) throws Exception {
        var profile = Profile.of(name, "memory", environment, broker.settings().values());
        engine.profiles().save(profile, Map.of());
        return profile;
    }
}
