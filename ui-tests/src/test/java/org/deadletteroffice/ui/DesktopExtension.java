package org.deadletteroffice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.Window;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.shell.Demo;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryConnector;
import org.deadletteroffice.memory.SampleDeadLetters;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testfx.api.FxToolkit;

/// Opens the window for each test, 1440×900 and headless, on a data folder of its own, with a
/// broker in memory that holds dead letters of three conventions. Fails a test in which the FX
/// thread was busy for too long: see [FxWatchdog].
public final class DesktopExtension
        implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    /// The profile that every test finds.
    public static final String PROFILE = "payments-dev";

    /// The same broker as a production profile.
    public static final String PRODUCTION = "payments-prod";

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(DesktopExtension.class);

    private record Open(
            Path home,
            Engine engine,
            MemoryBroker broker,
            Stage stage,
            Desktop desktop,
            FxWatchdog watchdog) {}

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        var name = "sample-" + context.getUniqueId().hashCode();
        if (!WarmUp.isDone()) {
            var first = open(name + "-first");
            WarmUp.draw(first.desktop);
            close(first);
        }
        store(context).put("open", open(name));
    }

    private static Open open(String brokerName) throws Exception {
        var stage = startToolkit();
        var home = Files.createTempDirectory("dlo-ui");
        var broker = SampleDeadLetters.fill(MemoryBroker.named(brokerName), 240);
        var engine =
                Engine.open(
                        new EngineOptions(home, Clock.systemUTC(), List.of(new MemoryConnector())));
        for (var profile :
                List.of(
                        Profile.of(PROFILE, "memory", Environment.DEVELOPMENT, Map.of()),
                        Profile.of(PRODUCTION, "memory", Environment.PRODUCTION, Map.of()))) {
            engine.profiles().save(over(profile, broker), Map.of());
        }
        engine.openStore();
        var desk =
                Desktop.call(
                        () ->
                                Window.show(
                                        stage,
                                        engine,
                                        Background.onVirtualThreads(),
                                        new Demo(home, false)));
        var desktop = new Desktop(stage, desk);
        Desktop.fx(
                () -> {
                    stage.setWidth(1440);
                    stage.setHeight(900);
                    stage.show();
                });
        desktop.settle();
        return new Open(home, engine, broker, stage, desktop, FxWatchdog.start());
    }

    private static Profile over(Profile profile, MemoryBroker broker) {
        return Profile.of(
                profile.name(), profile.kind(), profile.environment(), broker.settings().values());
    }

    static synchronized Stage startToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
        Platform.setImplicitExit(false);
        return Desktop.call(
                () -> {
                    var stage = new Stage();
                    stage.setScene(new Scene(new StackPane(), 1440, 900));
                    return stage;
                });
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        var open = store(context).remove("open", Open.class);
        if (open == null) {
            return;
        }
        boolean failed = context.getExecutionException().isPresent();
        if (failed) {
            open.desktop.screenshot("failed-" + context.getRequiredTestMethod().getName());
        }
        close(open);
        if (!failed) {
            assertThat(open.watchdog.findings()).as("the FX thread never waits").isEmpty();
        }
    }

    private static void close(Open open) throws IOException {
        open.watchdog.close();
        Desktop.fx(
                () -> {
                    open.stage.close();
                    // The toolkit may keep the stage; its nodes are many.
                    open.stage.setScene(null);
                });
        open.engine.close();
        open.broker.close();
        delete(open.home);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Desktop.class || type == MemoryBroker.class || type == Path.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var open = store(context).get("open", Open.class);
        var type = parameter.getParameter().getType();
        return type == Desktop.class
                ? open.desktop
                : type == MemoryBroker.class ? open.broker : open.home;
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
