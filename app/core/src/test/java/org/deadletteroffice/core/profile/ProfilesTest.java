package org.deadletteroffice.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.Plugins;
import org.deadletteroffice.core.UserSettings;
import org.deadletteroffice.core.audit.AuditRow;
import org.deadletteroffice.core.audit.AuditTrail;
import org.deadletteroffice.core.audit.Operator;
import org.deadletteroffice.core.store.DataFolder;
import org.deadletteroffice.core.store.Store;
import org.deadletteroffice.spi.profile.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesTest {
    @TempDir Path home;
    private Store store;
    private AuditTrail audit;
    private final MemoryKeychain keychain = new MemoryKeychain();
    private final Map<String, String> environment = new HashMap<>();
    private Profiles profiles;

    @BeforeEach
    void open() throws Exception {
        store = new Store(DataFolder.at(home));
        var settings = new UserSettings(home.resolve("settings.json"), Clock.systemUTC());
        audit = new AuditTrail(store, Clock.systemUTC(), new Operator(settings));
        profiles = another();
    }

    private Profiles another() {
        var folder = new ProfileFolder(home.resolve("profiles"));
        return new Profiles(
                folder,
                new Secrets(keychain, environment::get, "here"),
                Plugins.load(List.of(new FormConnector())),
                audit);
    }

    @AfterEach
    void close() {
        profiles.close();
        store.close();
    }

    private static Profile profile(String name, Environment environment) {
        return Profile.of(name, "form", environment, Map.of("address", "here:1"));
    }

    /// Each reads before it writes; of two at once none may write over what the other wrote.
    @Test
    void marks_and_consents_made_at_the_same_time_are_all_kept() throws Exception {
        var orders = profile("orders", Environment.DEVELOPMENT);
        profiles.save(orders, Map.of());
        var windows = List.of(another(), another(), another());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var marking = new ArrayList<Future<?>>();
            for (var window = 0; window < windows.size(); window++) {
                var number = window;
                marking.add(
                        threads.submit(
                                () -> {
                                    for (var queue = 0; queue < 20; queue++) {
                                        windows.get(number)
                                                .mark("orders", number + "-" + queue, true);
                                    }
                                    return null;
                                }));
            }
            marking.add(
                    threads.submit(
                            () -> {
                                profiles.alwaysLook(orders);
                                return null;
                            }));
            for (var each : marking) {
                each.get();
            }
        }
        assertThat(profiles.get("orders").marks()).hasSize(60);
        assertThat(profiles.alwaysLooks("orders")).isTrue();
        windows.forEach(Profiles::close);
    }

    @Test
    void a_saved_profile_is_read_by_another_process_whole() throws Exception {
        var profile =
                new Profile(
                        "orders",
                        "form",
                        Environment.STAGING,
                        Map.of("address", "a:1", "port", "7"),
                        List.of("*-broken"),
                        Map.of("odd", true),
                        false);
        profiles.save(profile, Map.of("password", new Secret("s3cret")));
        assertThat(another().all()).containsExactly(profile);
        assertThat(another().settings("orders").secret("password")).contains(new Secret("s3cret"));
    }

    @Test
    void no_secret_reaches_a_file() throws Exception {
        profiles.save(
                profile("orders", Environment.DEVELOPMENT),
                Map.of("password", new Secret("s3cret")));
        profiles.exportTo(home.resolve("export.json"));
        store.close();
        try (var files = Files.walk(home)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("s3cret");
            }
        }
    }

    @Test
    void production_comes_first_then_by_name() throws Exception {
        profiles.save(profile("b", Environment.DEVELOPMENT), Map.of());
        profiles.save(profile("z", Environment.PRODUCTION), Map.of());
        profiles.save(profile("a", Environment.DEVELOPMENT), Map.of());
        assertThat(profiles.all()).extracting(Profile::name).containsExactly("z", "a", "b");
    }

    @Test
    void an_unreadable_file_hides_no_other_is_told_with_its_place_and_never_overwritten()
            throws Exception {
        profiles.save(profile("good", Environment.DEVELOPMENT), Map.of());
        var bad = home.resolve("profiles/bad.json");
        Files.writeString(bad, "{\n  \"name\": \"bad\",\n  \"kind\" \"form\"\n}");
        assertThat(profiles.all()).extracting(Profile::name).containsExactly("good");
        assertThat(profiles.unreadable())
                .singleElement()
                .satisfies(
                        unreadable -> {
                            assertThat(unreadable.file()).isEqualTo(bad);
                            assertThat(unreadable.sentence()).contains("line 3, column");
                        });
        var before = Files.readString(bad);
        assertThatThrownBy(() -> profiles.save(profile("bad", Environment.DEVELOPMENT), Map.of()))
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> profiles.get("bad")).hasMessageContaining("line 3");
        assertThat(bad).hasContent(before);
    }

    @Test
    void nonsense_of_many_kinds_is_unreadable_not_fatal() throws Exception {
        var texts =
                List.of(
                        "",
                        "null",
                        "[]",
                        "7",
                        "{}",
                        "{\"name\":\"x0\",\"kind\":\"form\",\"enviroment\":\"production\"}",
                        "{\"name\":\"x1\",\"kind\":\"form\",\"environment\":\"moon\"}",
                        "{\"name\":\"x2\",\"kind\":\"form\",\"values\":{\"a\":null}}",
                        "{\"name\":\"../x\",\"kind\":\"form\"}",
                        "{\"name\":\"other\",\"kind\":\"form\"}",
                        "{\"name\":\"x3\",\"kind\":\"form\",\"process\":{\"pid\":1,\"started\":\"x\"}}",
                        "{\"name\":\"x4\",\"kind\":\"form\"} trailing",
                        "\u0000\u0001");
        Files.createDirectories(home.resolve("profiles"));
        for (var i = 0; i < texts.size(); i++) {
            Files.writeString(home.resolve("profiles/n" + i + ".json"), texts.get(i));
        }
        assertThat(profiles.all()).isEmpty();
        assertThat(profiles.unreadable()).hasSameSizeAs(texts);
    }

    @Test
    void wrong_fields_are_refused_by_name() {
        var wrong = Profile.of("p", "form", Environment.DEVELOPMENT, Map.of("port", "seven"));
        assertThatThrownBy(() -> profiles.save(wrong, Map.of()))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("Address is missing")
                .hasMessageContaining("Port is a whole number");
        var secretInTheOpen =
                Profile.of(
                        "p",
                        "form",
                        Environment.DEVELOPMENT,
                        Map.of("address", "a", "password", "oops"));
        assertThatThrownBy(() -> profiles.save(secretInTheOpen, Map.of()))
                .hasMessageContaining("is a secret")
                .hasMessageNotContaining("oops");
        assertThatThrownBy(() -> profiles.save(profile("../up", Environment.DEVELOPMENT), Map.of()))
                .hasMessageContaining("cannot be the name");
    }

    @Test
    void without_a_keychain_secrets_are_refused_or_named_or_kept_for_the_session()
            throws Exception {
        keychain.there = false;
        var profile = profile("p", Environment.DEVELOPMENT);
        var secrets = Map.of("password", new Secret("s3cret"));
        assertThatThrownBy(() -> profiles.save(profile, secrets))
                .isInstanceOfSatisfying(
                        OperatorException.class,
                        refused ->
                                assertThat(refused.kind())
                                        .isEqualTo(OperatorException.Kind.REFUSED));
        assertThat(profiles.find("p")).isEmpty();

        profiles.saveForSession(profile, secrets);
        assertThat(profiles.settings("p").secret("password")).contains(new Secret("s3cret"));
        assertThat(another().settings("p").secret("password")).isEmpty();

        profiles.saveWithEnvironment(profile, Map.of("password", "ORDERS_PASSWORD"));
        assertThatThrownBy(() -> another().settings("p")).hasMessageContaining("ORDERS_PASSWORD");
        environment.put("ORDERS_PASSWORD", "other");
        assertThat(another().settings("p").secret("password")).contains(new Secret("other"));
    }

    @Test
    void a_change_keeps_the_secrets_that_are_not_named() throws Exception {
        profiles.save(
                profile("p", Environment.DEVELOPMENT), Map.of("password", new Secret("s3cret")));
        profiles.save(profile("p", Environment.STAGING), Map.of());
        assertThat(another().settings("p").secret("password")).contains(new Secret("s3cret"));
        profiles.remove("p");
        assertThat(keychain.secrets).isEmpty();
        assertThat(profiles.all()).isEmpty();
    }

    @Test
    void a_mark_is_kept_and_taken_back() throws Exception {
        profiles.save(profile("p", Environment.DEVELOPMENT), Map.of());
        profiles.mark("p", "odd", true);
        assertThat(another().get("p").marks()).containsEntry("odd", true);
        profiles.mark("p", "odd", null);
        assertThat(another().get("p").marks()).isEmpty();
    }

    @Test
    void who_always_looks_is_kept_with_the_profile_and_travels_with_no_file() throws Exception {
        profiles.save(profile("a", Environment.STAGING), Map.of("password", new Secret("s3cret")));
        profiles.alwaysLook(profiles.get("a"));
        profiles.mark("a", "odd", true);
        assertThat(another().alwaysLooks("a")).isTrue();
        assertThat(another().settings("a").secret("password")).contains(new Secret("s3cret"));

        var file = home.resolve("export.json");
        profiles.exportTo(file);
        profiles.remove("a");
        assertThat(profiles.alwaysLooks("a")).isFalse();
        profiles.importFrom(file);
        assertThat(another().alwaysLooks("a")).isFalse();
    }

    @Test
    void changes_of_another_process_are_seen() throws Exception {
        var seen = new CopyOnWriteArrayList<List<Profile>>();
        try (var _ = profiles.changes().subscribe(seen::add)) {
            another().save(profile("p", Environment.DEVELOPMENT), Map.of());
            await().atMost(Duration.ofSeconds(10))
                    .until(
                            () ->
                                    seen.getLast().stream()
                                            .map(Profile::name)
                                            .toList()
                                            .equals(List.of("p")));
        }
    }

    @Test
    void exported_profiles_come_back_elsewhere_and_overwrite_nothing() throws Exception {
        profiles.save(profile("a", Environment.STAGING), Map.of("password", new Secret("s3cret")));
        profiles.saveWithEnvironment(
                profile("b", Environment.DEVELOPMENT), Map.of("password", "B"));
        var file = home.resolve("export.json");
        assertThat(profiles.exportTo(file)).isEqualTo(2);
        var expected = new ArrayList<>(profiles.all());
        assertThatThrownBy(() -> profiles.importFrom(file))
                .hasMessageContaining("nothing was imported");
        profiles.remove("a");
        profiles.remove("b");
        assertThat(profiles.importFrom(file)).containsExactlyInAnyOrder("a", "b");
        assertThat(profiles.all()).isEqualTo(expected);
    }

    @Test
    void a_demos_profile_vanishes_with_its_process_even_when_it_is_killed() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var sleeper =
                new ProcessBuilder(
                                java,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Sleeper.class.getName())
                        .start();
        var started = sleeper.info().startInstant().orElseThrow();
        Files.createDirectories(home.resolve("profiles"));
        Files.writeString(
                home.resolve("profiles/demo.json"),
                "{\"name\":\"demo\",\"kind\":\"form\",\"process\":{\"pid\":"
                        + sleeper.pid()
                        + ",\"started\":\""
                        + started
                        + "\"}}");
        assertThat(profiles.all()).extracting(Profile::temporary).containsExactly(true);
        sleeper.destroyForcibly().waitFor();
        assertThat(profiles.all()).isEmpty();
        assertThat(home.resolve("profiles/demo.json")).doesNotExist();
    }

    @Test
    void a_temporary_profile_is_seen_by_all_and_never_replaces_one() throws Exception {
        profiles.save(profile("kept", Environment.DEVELOPMENT), Map.of());
        profiles.saveTemporary(profile("demo", Environment.DEVELOPMENT));
        assertThat(another().all()).extracting(Profile::name).containsExactly("demo", "kept");
        assertThatThrownBy(() -> another().saveTemporary(profile("kept", Environment.DEVELOPMENT)))
                .hasMessageContaining("already");
        assertThat(profiles.exportTo(home.resolve("e.json"))).isEqualTo(1);
        profiles.removeTemporary("demo");
        assertThat(another().all()).extracting(Profile::name).containsExactly("kept");
    }

    @Test
    void every_change_is_in_the_trail() throws Exception {
        profiles.save(profile("p", Environment.DEVELOPMENT), Map.of());
        profiles.mark("p", "q", false);
        profiles.remove("p");
        assertThat(audit.list(null, "", null, 10))
                .extracting(AuditRow::act)
                .containsExactly("profile removed", "queue marked", "profile saved");
    }

    static final class Sleeper {
        public static void main(String[] arguments) throws Exception {
            // Lives until the test kills it, or the test died.
            Thread.sleep(Duration.ofMinutes(5));
        }
    }
}
