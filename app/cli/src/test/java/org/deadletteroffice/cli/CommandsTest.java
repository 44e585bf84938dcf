package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// The command line as a whole: which words there are, how it refuses, what help says.
final class CommandsTest {
    /// Promised for later, and absent until they work.
    private static final List<String> LATER = List.of("alerts", "watch");

    @TempDir private Path home;

    static Stream<String> every_command_there_is() {
        return Stream.of(
                "profiles",
                "profiles list",
                "profiles add",
                "profiles remove",
                "profiles test",
                "profiles import",
                "profiles export",
                "queues",
                "lag",
                "browse",
                "show",
                "groups",
                "fields",
                "filters",
                "filters list",
                "filters save",
                "filters remove",
                "trace",
                "compare",
                "redrive",
                "move",
                "purge",
                "restore",
                "export",
                "import",
                "edit",
                "jobs",
                "jobs list",
                "jobs show",
                "jobs fates",
                "jobs resume",
                "jobs pause",
                "jobs stop",
                "jobs abandon",
                "jobs retry",
                "audit",
                "audit list",
                "audit verify",
                "audit export",
                "demo",
                "completion");
    }

    @ParameterizedTest
    @MethodSource("every_command_there_is")
    void every_command_explains_itself_without_touching_the_disk(String command) {
        var untouched = home.resolve("untouched");

        var help = new CommandLineDriver(untouched).run((command + " --help").split(" "));

        assertThat(help.exit()).isZero();
        assertThat(help.out()).startsWith("Usage: dlo " + command).contains("--output");
        assertThat(help.err()).isEmpty();
        assertThat(untouched).doesNotExist();
    }

    @Test
    void no_command_is_missing_from_the_list_above() {
        var root = commandLine();

        var there =
                Stream.concat(
                        root.getSubcommands().keySet().stream(),
                        root.getSubcommands().entrySet().stream()
                                .flatMap(
                                        verb ->
                                                verb.getValue().getSubcommands().keySet().stream()
                                                        .map(word -> verb.getKey() + " " + word)));

        assertThat(there).containsExactlyInAnyOrderElementsOf(every_command_there_is().toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "profiles",
                "queues",
                "lag",
                "browse",
                "show",
                "groups",
                "compare",
                "redrive",
                "move",
                "purge",
                "restore",
                "export",
                "import",
                "edit",
                "jobs",
                "audit",
                "demo"
            })
    void help_of_every_verb_has_examples(String verb) {
        var help = new CommandLineDriver(home).run(verb, "--help").out();

        assertThat(help).contains("Examples:").contains("  dlo " + verb);
    }

    @Test
    void what_comes_later_is_no_command_yet() {
        for (var verb : LATER) {
            var refused = new CommandLineDriver(home).run(verb, "x");
            assertThat(refused.exit()).as(verb).isEqualTo(2);
            assertThat(refused.err()).contains(verb);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "queues --frobnicate",
                "browse",
                "browse q --limit x",
                "browse q --limit 0 -p none",
                "redrive q",
                "redrive q --all --where x",
                "redrive q --all --canary soon",
                "redrive q --all --max-failures many",
                "redrive q --all --rate 0",
                "lag --window soon",
                "jobs show",
                "queues --output xml",
                "profiles add kafka x --environment moon"
            })
    void wrong_use_is_one_sentence_with_what_to_do_and_code_2(String line) {
        var refused = new CommandLineDriver(home).run(line.split(" "));

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err().lines()).hasSize(1);
        assertThat(refused.json().at("/error/kind").asText()).isEqualTo("wrongUse");
        assertThat(refused.json().at("/error/message").asText()).endsWith(".");
        assertThat(refused.json().at("/error/remedy").asText()).isNotBlank();
    }

    @Test
    void an_error_on_a_terminal_leaves_standard_output_empty() {
        var refused = new CommandLineDriver(home).atTerminal("").run("browse");

        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("QUEUE").contains("--help");
    }

    @Test
    void an_error_on_a_terminal_is_json_when_asked_for() {
        var refused = new CommandLineDriver(home).atTerminal("").run("browse", "-o", "json");

        assertThat(refused.json().at("/error/kind").asText()).isEqualTo("wrongUse");
    }

    @Test
    void help_names_the_kinds_of_broker_that_there_are() {
        var help = new CommandLineDriver(home).run("profiles", "add", "--help").out();

        assertThat(help.replaceAll("\\s+", " "))
                .contains("The kind of broker: kafka, memory, rabbitmq, sqs.");
    }

    @Test
    void help_tells_every_exit_code() {
        var help = new CommandLineDriver(home).run("--help").out();

        for (var code : ExitCode.values()) {
            assertThat(help).containsPattern("(?m)^ +" + code.number() + " +" + code.meaning());
        }
    }

    @Test
    void the_version_is_one_line() {
        assertThat(new CommandLineDriver(home).run("--version").out().lines()).hasSize(1);
    }

    @Test
    void completion_knows_every_verb() {
        var script = new CommandLineDriver(home).run("completion").out();

        assertThat(script).startsWith("#!/usr/bin/env bash").contains("complete ");
        commandLine().getSubcommands().keySet().forEach(verb -> assertThat(script).contains(verb));
    }

    @Test
    void the_home_option_wins_over_the_variable(@TempDir Path chosen) {
        var dlo = new CommandLineDriver(home);

        dlo.run("profiles", "add", "memory", "x", "--set", "broker=b", "--home", chosen.toString());

        assertThat(dlo.run("profiles").json()).isEmpty();
        assertThat(dlo.run("profiles", "--home", chosen.toString()).json()).hasSize(1);
    }

    @Test
    void without_a_display_the_window_is_refused_in_one_sentence() {
        var refused = new CommandLineDriver(home).run();

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err().lines()).hasSize(1);
        assertThat(refused.err()).containsAnyOf("display", "not part of this installation");
    }

    @Test
    void a_damaged_store_is_told_and_nothing_is_overwritten() throws IOException {
        var dlo = new CommandLineDriver(home);
        dlo.run("audit", "list");
        Path store;
        try (var files = Files.walk(home)) {
            store = files.filter(f -> f.toString().endsWith(".mv.db")).findFirst().orElseThrow();
        }
        var nonsense = "this is no database".repeat(1000);
        Files.writeString(store, nonsense);

        var refused = dlo.run("audit", "list");

        assertThat(refused.exit()).isEqualTo(70);
        assertThat(refused.json().at("/error/kind").asText()).isEqualTo("store");
        assertThat(refused.json().at("/error/remedy").asText()).isNotBlank();
        assertThat(Files.readString(store)).isEqualTo(nonsense);
    }

    @Test
    void a_data_folder_that_cannot_be_made_is_told() throws IOException {
        var file = Files.writeString(home.resolve("file"), "");

        var refused = new CommandLineDriver(file.resolve("below")).run("profiles", "list");

        assertThat(refused.exit()).isEqualTo(70);
        assertThat(refused.err()).contains(file.toString());
    }

    private static CommandLine commandLine() {
        return Main.commandLine(
                new Session(
                        new Host(
                                java.io.InputStream.nullInputStream(),
                                System.out,
                                System.err,
                                false,
                                false,
                                false,
                                java.util.Map.of(),
                                List.of(),
                                new Interruption(Thread.currentThread()))));
    }
}
