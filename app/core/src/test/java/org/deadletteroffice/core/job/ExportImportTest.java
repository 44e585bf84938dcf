package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages on their way through a file.
class ExportImportTest {
    @TempDir Path home;
    @TempDir Path files;

    private Exported export(Office office, Scope scope, Path file) throws Exception {
        return office.jobs()
                .export(new ExportRequest(office.dlq(), scope, false, file, false, "a copy"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_file_brings_messages_back_byte_for_byte(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            var random = new Random(7);
            for (var i = 0; i < 300; i++) {
                var payload = new byte[random.nextInt(2_000)];
                random.nextBytes(payload);
                var value = new byte[random.nextInt(20)];
                random.nextBytes(value);
                office.broker.send(
                        Office.DLQ,
                        MemoryMessage.of(i % 17 == 0 ? null : payload)
                                .withKey(i % 5 == 0 ? null : value)
                                .at(Instant.ofEpochMilli(1_700_000_000_000L + i))
                                .with(
                                        Headers.of(
                                                new Header("same", value),
                                                new Header("same", null),
                                                new Header("", new byte[0]),
                                                Header.of("\u00fc \"quoted\"\n", "x")))
                                .in(0));
            }
            var file = files.resolve("some.jsonl");
            var exported = export(office, new Scope.All(), file);
            assertThat(exported.messages()).isEqualTo(300);
            assertThat(Files.readAllLines(file)).hasSize(300);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");

            var elsewhere = office.broker.ref(Office.PROFILE, "elsewhere");
            assertThat(office.jobs().checkFile(elsewhere, file)).isEqualTo(300);
            assertThat(office.broker.messages("elsewhere")).isEmpty();
            var job = office.jobs().await(office.jobs().importFile(elsewhere, file, "back", null));
            assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.DONE);
            assertThat(job.kind()).isEqualTo(JobKind.IMPORT);
            var before = office.broker.messages(Office.DLQ);
            var after =
                    office.broker.messages("elsewhere").stream()
                            .sorted(java.util.Comparator.comparing(m -> m.timestamp()))
                            .toList();
            for (var i = 0; i < before.size(); i++) {
                assertThat(after.get(i).key()).isEqualTo(before.get(i).key());
                assertThat(after.get(i).payload()).isEqualTo(before.get(i).payload());
                assertThat(after.get(i).headers()).isEqualTo(before.get(i).headers());
                assertThat(after.get(i).timestamp()).isEqualTo(before.get(i).timestamp());
            }
        }
    }

    @Test
    void only_what_is_meant_is_written_and_no_file_is_lost() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 20);
            var file = files.resolve("five.jsonl");
            assertThat(export(office, new Scope.Matching("payload.n < 5.0"), file).messages())
                    .isEqualTo(5);
            assertThatThrownBy(() -> export(office, new Scope.All(), file))
                    .hasMessageContaining("is there already");
            assertThat(Files.readAllLines(file)).hasSize(5);
            office.run(office.all());
            var none = files.resolve("none.jsonl");
            assertThat(export(office, new Scope.All(), none).messages())
                    .as("what is resolved is not written unless asked for")
                    .isZero();
            assertThatThrownBy(
                            () ->
                                    export(
                                            office,
                                            new Scope.All(),
                                            files.resolve("no/such/folder.jsonl")))
                    .hasMessageContaining("could not be written");
            assertThat(files.toFile().list()).containsExactlyInAnyOrder("five.jsonl", "none.jsonl");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[]",
                "{\"keyBase64\": null}",
                "{\"payloadBase64\": \"%%%\"}",
                "{\"payloadBase64\": null, \"headers\": [{\"valueBase64\": null}]}",
                "{\"payloadBase64\": null, \"timestamp\": \"soon\"}",
            })
    void a_line_that_is_no_message_is_named_and_nothing_is_sent(String line) throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 3);
            var file = files.resolve("f.jsonl");
            export(office, new Scope.All(), file);
            Files.writeString(file, Files.readString(file) + "\n" + line + "\n");
            var elsewhere = office.broker.ref(Office.PROFILE, "elsewhere");
            assertThatThrownBy(() -> office.jobs().importFile(elsewhere, file, "", null))
                    .hasMessageContaining("Line 5")
                    .hasMessageContaining("is no message");
            assertThat(office.broker.messages("elsewhere")).isEmpty();
            assertThat(office.jobs().list()).isEmpty();
        }
    }

    @Test
    void a_file_that_was_changed_meanwhile_is_not_gone_on_with() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 3);
            var file = files.resolve("f.jsonl");
            export(office, new Scope.All(), file);
            var elsewhere = office.broker.ref(Office.PROFILE, "elsewhere");
            var request = Importing.check(elsewhere, file, "").request();
            Files.writeString(file, Files.readString(file) + Files.readString(file));
            var job = office.jobs().await(office.jobs().start(request, null));
            assertThat(job.state()).isEqualTo(JobState.INTERRUPTED);
            assertThat(job.sentence()).contains("was changed");
            assertThat(office.broker.messages("elsewhere")).isEmpty();
        }
    }

    @Test
    void a_file_may_hold_one_message_twice() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 3);
            var file = files.resolve("f.jsonl");
            export(office, new Scope.All(), file);
            Files.writeString(file, Files.readString(file) + Files.readString(file));
            var elsewhere = office.broker.ref(Office.PROFILE, "elsewhere");
            var job = office.jobs().await(office.jobs().importFile(elsewhere, file, "", null));
            assertThat(job.sent()).isEqualTo(6);
            assertThat(office.payloads("elsewhere"))
                    .containsExactlyInAnyOrderElementsOf(
                            List.of(
                                    "{\"n\": 0}",
                                    "{\"n\": 0}",
                                    "{\"n\": 1}",
                                    "{\"n\": 1}",
                                    "{\"n\": 2}",
                                    "{\"n\": 2}"));
        }
    }
}
