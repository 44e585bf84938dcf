package org.deadletteroffice.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javafx.scene.Parent;
import javafx.scene.layout.StackPane;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.audit.AuditModel;
import org.deadletteroffice.desktop.audit.AuditView;
import org.deadletteroffice.desktop.connect.ConnectModel;
import org.deadletteroffice.desktop.connect.ConnectView;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.help.HelpModel;
import org.deadletteroffice.desktop.help.HelpView;
import org.deadletteroffice.desktop.settings.SettingsModel;
import org.deadletteroffice.desktop.settings.SettingsView;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Navigation;
import org.deadletteroffice.desktop.shell.Shell;
import org.deadletteroffice.desktop.theme.Appearance;
import org.deadletteroffice.desktop.theme.Theme;
import org.deadletteroffice.memory.MemoryBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScreenPictureTest {
    @TempDir Path home;
    private Engine engine;
    private Desk desk;
    private MemoryBroker broker;

    @BeforeEach
    void open() throws Exception {
        engine = Engine.open(EngineOptions.at(home));
        broker = MemoryBroker.named("pictures");
        broker.createLog("orders").createLog("orders-dlt");
        engine.profiles()
                .save(
                        Profile.of(
                                "payments-prod",
                                "memory",
                                Environment.PRODUCTION,
                                broker.settings().values()),
                        Map.of());
        engine.brokers().unlock("payments-prod", Duration.ofMinutes(15), "ticket OPS-4711");
        engine.profiles()
                .save(
                        Profile.of(
                                "orders-stg",
                                "memory",
                                Environment.STAGING,
                                broker.settings().values()),
                        Map.of());
        Pictures.startToolkit();
        desk =
                new Desk(
                        engine,
                        Background.onVirtualThreads(),
                        new Navigation(),
                        new QuietDialogs());
    }

    @AfterEach
    void close() {
        engine.close();
        broker.close();
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void help(Theme theme) {
        picture("help", theme, () -> new HelpView(new HelpModel(desk, Shell.SHORTCUTS)));
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void settings(Theme theme) {
        picture(
                "settings",
                theme,
                () ->
                        new SettingsView(
                                new SettingsModel(
                                        desk,
                                        new Appearance(engine.settings(), desk.background()),
                                        home)));
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void audit(Theme theme) {
        picture("audit", theme, () -> new AuditView(new AuditModel(desk)));
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void connect(Theme theme) {
        picture(
                "connect",
                theme,
                () -> new ConnectView(new ConnectModel(desk, engine.profiles().all().getFirst())));
    }

    private void picture(
            String name, Theme theme, java.util.concurrent.Callable<? extends Parent> make) {
        var stage =
                Pictures.window(
                        Pictures.onFx(
                                () -> {
                                    var root = new StackPane(make.call());
                                    root.getStyleClass().add("shell");
                                    return root;
                                }),
                        theme,
                        1120,
                        780);
        Pictures.frames(150);
        assertThat(Pictures.take(stage, name + "-" + theme.key())).isNotEmptyFile();
        Pictures.onFx(
                () -> {
                    stage.close();
                    return true;
                });
    }
}
