package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deadletteroffice.spi.profile.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProfilesTest extends OnMemory {
    @Test
    void an_added_profile_is_listed() {
        var listed = dlo.run("profiles", "list");

        assertThat(listed.exit()).isZero();
        assertThat(listed.json()).hasSize(1);
        assertThat(listed.json().get(0).get("name").asText()).isEqualTo("dev");
        assertThat(listed.json().get(0).get("values").get("timeout").asText()).isEqualTo("2s");
        assertThat(dlo.run("profiles").out()).isEqualTo(listed.out());
    }

    @Test
    void a_name_that_is_taken_is_refused_unless_replaced() {
        String[] again = {
            "profiles", "add", "memory", "dev", "--set", "broker=" + memory.broker.name()
        };

        var refused = dlo.run(again);
        assertThat(refused.exit()).isEqualTo(6);
        assertThat(refused.json().at("/error/kind").asText()).isEqualTo("refused");

        var replaced =
                dlo.run(
                        "profiles",
                        "add",
                        "memory",
                        "dev",
                        "--set",
                        "broker=" + memory.broker.name(),
                        "--replace");
        assertThat(replaced.exit()).isZero();
        assertThat(replaced.json().get("values").has("timeout")).isFalse();
    }

    @Test
    void a_secret_is_never_taken_from_an_argument() {
        var refused =
                dlo.run(
                        "profiles",
                        "add",
                        "memory",
                        "x",
                        "--set",
                        "broker=b",
                        "--set",
                        "password=hunter2");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("--secret password").doesNotContain("hunter2");
    }

    @Test
    void a_secret_comes_from_the_environment_each_time_it_is_used() {
        memory.broker.addUser("ann", new Secret("right"));
        var add =
                dlo.run(
                        "profiles",
                        "add",
                        "memory",
                        "secured",
                        "--set",
                        "broker=" + memory.broker.name(),
                        "--set",
                        "user=ann",
                        "--secret-env",
                        "password=DLO_TEST_PASSWORD_THAT_IS_NOT_SET");

        assertThat(add.exit()).isZero();
        assertThat(add.out()).doesNotContain("right");
        var queues = dlo.run("queues", "-p", "secured");
        assertThat(queues.exit()).isNotZero();
        assertThat(queues.err()).contains("DLO_TEST_PASSWORD_THAT_IS_NOT_SET");
    }

    @Test
    void an_unknown_kind_of_broker_is_told_with_those_there_are() {
        var refused = dlo.run("profiles", "add", "msmq", "x");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.json().at("/error/remedy").asText()).contains("memory");
    }

    @Test
    void a_missing_setting_is_named() {
        var refused = dlo.run("profiles", "add", "memory", "x");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("Broker");
    }

    @Test
    void settings_are_taken_from_a_pasted_text() throws IOException {
        var file = Files.writeString(home.resolve("pasted.txt"), "memory:elsewhere");

        var added = dlo.run("profiles", "add", "memory", "pasted", "--from", file.toString());

        assertThat(added.json().at("/values/broker").asText()).isEqualTo("elsewhere");
    }

    @Test
    void a_removed_profile_is_gone() {
        assertThat(dlo.run("profiles", "remove", "dev").exit()).isZero();
        assertThat(dlo.run("profiles", "list").json()).isEmpty();
        assertThat(dlo.run("profiles", "remove", "dev").exit()).isEqualTo(5);
    }

    @Test
    void exported_profiles_come_back_in_another_data_folder(@TempDir Path other) {
        var file = home.resolve("team.json");

        assertThat(dlo.run("profiles", "export", file.toString()).exit()).isZero();
        var elsewhere = new CommandLineDriver(other);
        var imported = elsewhere.run("profiles", "import", file.toString());

        assertThat(imported.exit()).isZero();
        assertThat(imported.json().get("imported").get(0).asText()).isEqualTo("dev");
        assertThat(elsewhere.run("profiles", "list").json().get(0).get("values"))
                .isEqualTo(dlo.run("profiles", "list").json().get(0).get("values"));
        assertThat(elsewhere.run("profiles", "import", file.toString()).exit()).isNotZero();
    }

    @Test
    void a_file_that_is_no_profile_hides_no_other_and_is_told() throws IOException {
        Files.writeString(home.resolve("profiles").resolve("broken.json"), "{ nonsense");

        var listed = dlo.run("profiles", "list");

        assertThat(listed.exit()).isEqualTo(1);
        assertThat(listed.json()).hasSize(2);
        assertThat(listed.json().get(1).get("name").asText()).isEqualTo("broken");
        assertThat(listed.json().get(1).at("/error/kind").asText()).isEqualTo("unreadable");
        assertThat(listed.err()).contains("broken.json");
        assertThat(Files.readString(home.resolve("profiles").resolve("broken.json")))
                .isEqualTo("{ nonsense");
    }

    @Test
    void a_test_prints_each_check() {
        var tested = dlo.run("profiles", "test", "dev");

        assertThat(tested.exit()).isZero();
        assertThat(tested.json()).isNotEmpty();
        tested.json()
                .forEach(check -> assertThat(check.get("state").asText()).isNotEqualTo("failed"));
    }

    @Test
    void a_failed_test_says_by_its_code_what_kind_of_failure_it_is() {
        memory.broker.faults().unreachable();

        var tested = dlo.run("profiles", "test", "dev");

        assertThat(tested.exit()).isEqualTo(3);
        assertThat(tested.json().findValuesAsText("state")).contains("failed");
        assertThat(tested.err()).isNotBlank();
    }

    @Test
    void a_wrong_password_fails_the_test_as_not_allowed() {
        memory.broker.addUser("ann", new Secret("right"));

        assertThat(dlo.run("profiles", "test", "dev").exit()).isEqualTo(4);
    }

    @Test
    void the_only_profile_need_not_be_named_and_one_of_several_must() {
        assertThat(dlo.run("groups", "nowhere").exit()).isEqualTo(5);

        memory.add("second", "staging");
        var refused = dlo.run("groups", "nowhere");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("dev", "second", "-p PROFILE");
    }

    @Test
    void an_empty_data_folder_says_how_to_begin(@TempDir Path empty) {
        var refused = new CommandLineDriver(empty).run("browse", "orders.DLT");

        assertThat(refused.exit()).isEqualTo(5);
        assertThat(refused.err()).contains("dlo profiles add").contains("dlo demo");
    }
}
