package org.deadletteroffice.desktop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.shell.Demo;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Dialogs;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.theme.Theme;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.SampleDeadLetters;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole window over the memory broker, screen by screen, to be looked at.
class ScreenPictureTest {
    private static final String PROD = "payments-prod";
    private static final KeyCombination PALETTE = KeyCombination.valueOf("Shortcut+K");

    @TempDir Path home;
    private Engine engine;
    private MemoryBroker broker;
    private Stage stage;
    private @Nullable Desk desk;

    @BeforeEach
    void open() throws Exception {
        Pictures.startToolkit();
        stage = Pictures.onFx(Stage::new);
        engine = Engine.open(EngineOptions.at(home));
        broker = MemoryBroker.named("broker of " + home.getFileName());
        SampleDeadLetters.fill(broker, 300);
    }

    @AfterEach
    void close() {
        Pictures.onFx(
                () -> {
                    stage.close();
                    return true;
                });
        engine.close();
        broker.close();
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void an_empty_window_says_how_to_begin(Theme theme) {
        window(theme, 1440, 900);
        awaitText("Where do your dead letters lie?");
        take("first-start", theme);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void every_screen_is_drawn(Theme theme) throws Exception {
        profiles();
        var request =
                RedriveRequest.toOrigin(
                        new QueueRef("orders-stg", SampleDeadLetters.ORDERS_DLT, QueueKind.STREAM),
                        new Scope.All());
        window(theme, 1440, 900);
        awaitText(SampleDeadLetters.ORDERS_DLT);
        engine.jobs().start(slowly(request), null);
        awaitText("Pause");
        take("overview", theme);
        go(new Place.Jobs(null));
        awaitText("Why");
        take("jobs", theme);
        go(new Place.Audit(""));
        awaitText("Verify");
        take("audit", theme);
        go(new Place.Settings());
        awaitText("Data folder");
        take("settings", theme);
        go(new Place.Help());
        awaitText("Everywhere");
        take("help", theme);
        go(new Place.Overview());
        show(() -> desk().navigation().open(new Sheet.Connect(engine.profiles().all().getFirst())));
        awaitText("Connection check");
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                Pictures.texts(stage).stream()
                                        .anyMatch(text -> text.endsWith(" found")));
        take("connect", theme);
        show(() -> desk().navigation().closeSheet());
        show(() -> requireNonNull(stage.getScene().getAccelerators().get(PALETTE)).run());
        awaitText("Go to Jobs");
        take("palette", theme);
        show(() -> KeyEvent.fireEvent(stage.getScene().getFocusOwner(), escape()));
        show(
                () ->
                        desk().dialogs()
                                .ask(
                                        new Dialogs.Question(
                                                "Unlock payments-prod for 15 minutes?",
                                                "This is a production broker.",
                                                "Unlock",
                                                true,
                                                "",
                                                true),
                                        _ -> {}));
        awaitText("Unlock");
        take("dialog", theme);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void large_text_still_fits(Theme theme) throws Exception {
        profiles();
        engine.settings().put("textSize", "26");
        window(theme, 1440, 900);
        awaitText(SampleDeadLetters.ORDERS_DLT);
        take("overview-large", theme);
        go(new Place.Settings());
        awaitText("Data folder");
        take("settings-large", theme);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void a_small_window_still_fits(Theme theme) throws Exception {
        profiles();
        window(theme, 960, 600);
        awaitText(SampleDeadLetters.ORDERS_DLT);
        take("overview-small", theme);
        show(() -> desk().navigation().open(new Sheet.Connect(null)));
        awaitText("Connection check");
        take("connect-small", theme);
    }

    private static KeyEvent escape() {
        return new KeyEvent(
                KeyEvent.KEY_PRESSED, "", "", KeyCode.ESCAPE, false, false, false, false);
    }

    private static RedriveRequest slowly(RedriveRequest request) {
        return request.copy().pace(new Pace(2.0, null)).reason("consumer 4.19 is out").build();
    }

    private void profiles() throws Exception {
        var values = broker.settings().values();
        var profiles = engine.profiles();
        profiles.save(Profile.of(PROD, "memory", Environment.PRODUCTION, values), Map.of());
        profiles.save(Profile.of("orders-stg", "memory", Environment.STAGING, values), Map.of());
        profiles.save(
                Profile.of(
                        "hooks-dev", "memory", Environment.DEVELOPMENT, Map.of("broker", "away")),
                Map.of());
        engine.brokers().unlock(PROD, Duration.ofMinutes(15), "ticket OPS-4711");
    }

    private void window(Theme theme, int width, int height) {
        engine.settings().put("theme", theme.key());
        Pictures.onFx(
                () -> {
                    stage.setScene(new Scene(new StackPane(), width, height));
                    desk =
                            Window.show(
                                    stage,
                                    engine,
                                    Background.onVirtualThreads(),
                                    new Demo(home, false));
                    stage.show();
                    return true;
                });
    }

    private Desk desk() {
        return requireNonNull(desk);
    }

    private void go(Place place) {
        show(() -> desk().navigation().open(place));
    }

    private static void show(Runnable act) {
        Pictures.onFx(
                () -> {
                    act.run();
                    return true;
                });
    }

    private void awaitText(String text) {
        await().atMost(Duration.ofSeconds(60)).until(() -> Pictures.texts(stage).contains(text));
    }

    private void take(String name, Theme theme) {
        Pictures.frames(20);
        assertThat(Pictures.take(stage, name + "-" + theme.key())).isNotEmptyFile();
    }
}
