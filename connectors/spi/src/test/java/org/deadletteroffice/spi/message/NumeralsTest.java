package org.deadletteroffice.spi.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class NumeralsTest {
    /// From this module's folder.
    private static final Path PROJECT = Path.of("..", "..");

    @Test
    void numbers_read_alike_whatever_the_language_of_the_machine() {
        var before = Locale.getDefault();
        try {
            for (var language :
                    new String[] {"en-US", "de-DE", "fr-FR", "hi-IN", "ar-EG-u-nu-arab"}) {
                Locale.setDefault(Locale.forLanguageTag(language));
                assertThat(Numerals.of(-1_234_567)).as(language).isEqualTo("-1,234,567");
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void one_is_no_plural() {
        assertThat(Numerals.of(0, "message", "messages")).isEqualTo("0 messages");
        assertThat(Numerals.of(1, "message", "messages")).isEqualTo("1 message");
        assertThat(Numerals.of(2_000, "message", "messages")).isEqualTo("2,000 messages");
    }

    /// Written with the machine's language they would differ from all others beside them.
    @Test
    void nobody_else_groups_digits() throws Exception {
        try (var files = Files.walk(PROJECT)) {
            assertThat(files.filter(NumeralsTest::isOfTheProgram).filter(NumeralsTest::groups))
                    .allMatch(file -> file.endsWith("Numerals.java"))
                    .hasSize(1);
        }
    }

    /// RabbitMQ's connector and the benchmarks, which print for developers, do so still.
    private static boolean isOfTheProgram(Path file) {
        var path = file.toString().replace('\\', '/');
        return path.endsWith(".java")
                && path.contains("/src/main/")
                && !path.contains("/target/")
                && !path.contains("/rabbitmq/")
                && !path.contains("/benchmarks/");
    }

    private static boolean groups(Path file) {
        try {
            return Files.readString(file).contains("%,d");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
