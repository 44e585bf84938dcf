package org.deadletteroffice.desktop.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.deadletteroffice.desktop.control.Highlighter.Meaning;
import org.deadletteroffice.desktop.control.Highlighter.Part;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class HighlighterTest {
    @Test
    void a_key_is_told_from_a_value() {
        assertThat(Highlighter.JSON.cut("  \"total\": 55.90, \"paid\" : true"))
                .filteredOn(part -> !part.text().isBlank())
                .containsExactly(
                        new Part("\"total\"", Meaning.KEY),
                        new Part(":", Meaning.PUNCTUATION),
                        new Part("55.90", Meaning.NUMBER),
                        new Part(",", Meaning.PUNCTUATION),
                        new Part("\"paid\"", Meaning.KEY),
                        new Part(":", Meaning.PUNCTUATION),
                        new Part("true", Meaning.WORD));
    }

    @Test
    void an_escaped_quote_ends_no_string() {
        assertThat(Highlighter.JSON.cut("\"a\\\"b\\\\\" 1"))
                .contains(new Part("\"a\\\"b\\\\\"", Meaning.STRING));
    }

    @Test
    void frames_recede_and_causes_stand_out() {
        assertThat(Highlighter.TRACE.cut("\tat org.acme.Orders.place(Orders.java:88)"))
                .extracting(Part::meaning)
                .containsExactly(Meaning.FAINT);
        assertThat(Highlighter.TRACE.cut("Caused by: java.net.SocketTimeoutException"))
                .extracting(Part::meaning)
                .containsExactly(Meaning.ALERT);
    }

    @RepeatedTest(200)
    void whatever_the_line_its_parts_are_the_line(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var letters = "{}[]:,\"\\-0123456789.eE abcäöü\t|€\ud83d\ude00";
        var line =
                random.ints(random.nextInt(60), 0, letters.length())
                        .mapToObj(at -> String.valueOf(letters.charAt(at)))
                        .collect(Collectors.joining());
        for (var highlighter : Highlighter.values()) {
            assertThat(together(highlighter.cut(line))).isEqualTo(line);
        }
    }

    private static String together(List<Part> parts) {
        return parts.stream().map(Part::text).collect(Collectors.joining());
    }
}
