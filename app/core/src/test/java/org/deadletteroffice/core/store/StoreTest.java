package org.deadletteroffice.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    @TempDir Path home;

    private DataFolder folder() throws StoreException {
        return DataFolder.at(home);
    }

    @Test
    void opens_nothing_until_something_needs_it() throws Exception {
        try (var _ = new Store(folder())) {
            assertThat(folder().databaseFile()).doesNotExist();
        }
    }

    @Test
    void keeps_what_was_committed() throws Exception {
        try (var store = new Store(folder())) {
            store.change(
                    handle ->
                            handle.execute(
                                    "INSERT INTO queue (profile, name, identity) VALUES ('p', 'n', 'i')"));
        }
        try (var store = new Store(folder())) {
            assertThat(names(store)).containsExactly("n");
        }
    }

    @Test
    void commits_nothing_of_an_act_that_failed() throws Exception {
        try (var store = new Store(folder())) {
            assertThatThrownBy(
                            () ->
                                    store.change(
                                            handle -> {
                                                handle.execute(
                                                        "INSERT INTO queue (profile, name, identity) VALUES ('p', 'n', 'i')");
                                                throw new IllegalStateException("halfway");
                                            }))
                    .hasMessage("halfway");
            assertThat(names(store)).isEmpty();
        }
    }

    @Test
    void an_interrupted_caller_gets_its_result_and_the_store_goes_on() throws Exception {
        try (var store = new Store(folder())) {
            store.open();
            Thread.currentThread().interrupt();
            store.change(
                    handle ->
                            handle.execute(
                                    "INSERT INTO queue (profile, name, identity) VALUES ('p', 'n', 'i')"));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(names(store)).containsExactly("n");
        }
    }

    @Test
    void a_damaged_file_is_told_and_left_as_it_is() throws Exception {
        var file = folder().databaseFile();
        Files.createDirectories(file.getParent());
        Files.write(
                file,
                "this is no database at all, whatever its name says"
                        .repeat(400)
                        .getBytes(StandardCharsets.UTF_8));
        var before = Files.readAllBytes(file);
        try (var store = new Store(folder())) {
            assertThatThrownBy(store::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is damaged");
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void a_file_damaged_in_the_middle_is_told_and_not_replaced() throws Exception {
        try (var store = new Store(folder())) {
            store.open();
        }
        var file = folder().databaseFile();
        var bytes = Files.readAllBytes(file);
        for (var i = 0; i < bytes.length; i += 3) {
            bytes[i] = 0x55;
        }
        Files.write(file, bytes);
        try (var store = new Store(folder())) {
            assertThatThrownBy(store::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is damaged");
        }
        assertThat(file).exists();
    }

    @Test
    void a_newer_schema_is_refused_and_not_touched() throws Exception {
        try (var store = new Store(folder())) {
            store.change(
                    handle ->
                            handle.execute(
                                    """
                                    INSERT INTO "flyway_schema_history"
                                    SELECT 99, '99', 'later', "type", 'V99__later.sql', 1, "installed_by", "installed_on", 1, TRUE
                                    FROM "flyway_schema_history" WHERE "version" = '1'"""));
        }
        try (var store = new Store(folder())) {
            assertThatThrownBy(store::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("newer version");
        }
    }

    @Test
    void a_folder_that_cannot_be_made_is_told() throws Exception {
        var file = home.resolve("file");
        Files.writeString(file, "in the way");
        assertThatThrownBy(() -> DataFolder.at(file.resolve("home")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be made or written to");
    }

    @Test
    void the_known_version_is_that_of_the_last_script() throws Exception {
        var scripts = Path.of("src/main/resources/org/deadletteroffice/core/store/migration");
        try (var files = Files.list(scripts)) {
            var versions =
                    files.map(file -> file.getFileName().toString().replaceAll("V(\\d+)__.*", "$1"))
                            .mapToInt(Integer::parseInt);
            assertThat(versions.max()).hasValue(Schema.VERSION);
        }
        try (var files = Files.list(scripts)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Schema.SCRIPTS);
        }
    }

    @Test
    void two_stores_of_one_folder_see_each_others_rows_at_once() throws Exception {
        try (var first = new Store(folder());
                var second = new Store(folder())) {
            first.change(
                    handle ->
                            handle.execute(
                                    "INSERT INTO queue (profile, name, identity) VALUES ('p', 'a', 'i')"));
            second.change(
                    handle ->
                            handle.execute(
                                    "INSERT INTO queue (profile, name, identity) VALUES ('p', 'b', 'i')"));
            assertThat(names(first)).containsExactly("a", "b");
        }
    }

    @Test
    void other_processes_go_on_when_the_one_that_serves_them_is_killed() throws Exception {
        var server = StoreChild.start(home, "first");
        server.awaitLine("written 20");
        var heirs =
                new ArrayList<StoreChild>(
                        List.of(StoreChild.start(home, "second"), StoreChild.start(home, "third")));
        try (var store = new Store(folder())) {
            for (var heir : heirs) {
                heir.awaitLine("written 20");
            }
            store.open();
            server.kill();
            for (var i = 0; i < 20; i++) {
                var name = "mine-" + i;
                store.change(
                        handle ->
                                handle.execute(
                                        "MERGE INTO queue (profile, name, identity) KEY (profile, name, identity)"
                                                + " VALUES ('mine', ?, 'i')",
                                        name));
            }
            for (var heir : heirs) {
                heir.awaitLine("written " + (heir.lastWritten() + 20));
            }
            // Kill the rest too: what each said it had written is there.
            heirs.forEach(StoreChild::kill);
            for (var child : List.of(server, heirs.get(0), heirs.get(1))) {
                assertThat(count(store, child.name())).isGreaterThanOrEqualTo(child.lastWritten());
            }
            assertThat(count(store, "mine")).isEqualTo(20);
        } finally {
            server.kill();
            heirs.forEach(StoreChild::kill);
        }
    }

    private static List<String> names(Store store) {
        return store.in(
                handle ->
                        handle.createQuery("SELECT name FROM queue ORDER BY name")
                                .mapTo(String.class)
                                .list());
    }

    private static int count(Store store, String profile) {
        return store.in(
                handle ->
                        handle.createQuery("SELECT COUNT(*) FROM queue WHERE profile = ?")
                                .bind(0, profile)
                                .mapTo(Integer.class)
                                .one());
    }
}
