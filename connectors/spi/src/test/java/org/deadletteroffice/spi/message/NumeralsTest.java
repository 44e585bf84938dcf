package org.deadletteroffice.spi.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NumeralsTest {
    /// From this module's folder.
    private static final Path PROJECT = Path.of("..", "..");

    /// `%d`, `%.1f`, `%08d`; not `%d{…}`, as a log's pattern has it.
    private static final Pattern NUMBER =
            Pattern.compile("%(\\d+\\$)?[-+,0(]*\\d*(\\.\\d+)?[dfeg](?![a-z{])");

    private static final Pattern GROUPED = Pattern.compile("%[-+0(]*,");

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

    @Test
    void decimals_and_sizes_do_too() {
        var before = Locale.getDefault();
        try {
            for (var language : new String[] {"en-US", "de-DE", "ar-EG-u-nu-arab"}) {
                Locale.setDefault(Locale.forLanguageTag(language));
                assertThat(Numerals.decimal(1_234.56, 1)).as(language).isEqualTo("1,234.6");
                assertThat(Numerals.decimal(2.5, 0)).isEqualTo("3");
                assertThat(Numerals.bytes(1_536)).as(language).isEqualTo("1.5 KiB");
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void sizes_have_the_unit_that_reads_best() {
        assertThat(Numerals.bytes(0)).isEqualTo("0 B");
        assertThat(Numerals.bytes(1_023)).isEqualTo("1,023 B");
        assertThat(Numerals.bytes(1_024)).isEqualTo("1.0 KiB");
        assertThat(Numerals.bytes(50 * 1_024)).isEqualTo("50 KiB");
        assertThat(Numerals.bytes(1_023 * 1_024 + 511)).isEqualTo("1,023 KiB");
        assertThat(Numerals.bytes(1_023 * 1_024 + 512)).isEqualTo("1.0 MiB");
        assertThat(Numerals.bytes(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
    }

    /// Written with the machine's language they would differ from all others beside them.
    @Test
    void nobody_else_groups_digits() throws Exception {
        assertThat(places(GROUPED)).allMatch(place -> place.startsWith("Numerals.java"));
    }

    /// Even one without groups is written with the machine's digits: `٣` for 3.
    @Test
    void no_number_is_formatted_in_the_language_of_the_machine() throws Exception {
        assertThat(places(NUMBER)).isEmpty();
    }

    /// File and text of the statements with such a format that name no language.
    private static List<String> places(Pattern format) throws IOException {
        var all = new ArrayList<String>();
        try (var files = Files.walk(PROJECT)) {
            for (var file : files.filter(NumeralsTest::isOfTheProgram).toList()) {
                var source = Files.readString(file);
                var found = format.matcher(source);
                while (found.find()) {
                    var from = source.lastIndexOf(';', found.start()) + 1;
                    var to = source.indexOf(';', found.end());
                    var statement = source.substring(from, to < 0 ? source.length() : to);
                    if (!statement.contains("Locale.ROOT") || format == GROUPED) {
                        all.add(file.getFileName() + ": " + statement.strip());
                    }
                }
            }
        }
        return all;
    }

    /// Without what developers alone see; and without the tag of a RabbitMQ consumer.
    private static boolean isOfTheProgram(Path file) {
        var path = file.toString().replace('\\', '/');
        return path.endsWith(".java")
                && path.contains("/src/main/")
                && !path.contains("/target/")
                && !path.contains("/contract/")
                && !path.contains("/fixtures/")
                && !path.contains("/benchmarks/");
    }
}
