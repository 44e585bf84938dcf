package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class BytePatternTest {
    /// Few letters, so that what is nearly the pattern comes often.
    @Property
    void finds_what_a_string_finds(
            @ForAll @Chars({'a', 'A', 'b', '@', '"'}) @StringLength(max = 60) String text,
            @ForAll @Chars({'a', 'A', 'b', '@', '"'}) @StringLength(min = 1, max = 4) String part,
            @ForAll @IntRange(max = 70) int most) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        var head = text.substring(0, Math.min(most, text.length()));
        assertThat(BytePattern.of(part).isIn(bytes, most)).isEqualTo(head.contains(part));
        assertThat(BytePattern.ofAnyCase(part).isIn(bytes, most))
                .isEqualTo(head.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)));
    }

    @Property
    void bytes_that_are_no_ascii_are_no_letters(
            @ForAll @Size(max = 40) byte[] bytes,
            @ForAll @AlphaChars @StringLength(min = 1, max = 2) String part) {
        var letters = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(BytePattern.of(part).isIn(bytes)).isEqualTo(letters.contains(part));
    }

    @Test
    void a_letter_without_cases_is_met_as_it_is() {
        // Differs from `@` and `{` by the bit that tells the cases of letters apart.
        assertThat(BytePattern.ofAnyCase("`").isIn("@@@@@@@@@@".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(BytePattern.ofAnyCase("[").isIn("{{{{{{{{{{".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }
}
