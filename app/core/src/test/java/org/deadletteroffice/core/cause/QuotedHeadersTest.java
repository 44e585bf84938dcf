package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deadletteroffice.core.cause.LabelledFailures.Labelled;
import org.deadletteroffice.spi.message.DeadLetter;
import org.junit.jupiter.api.Test;

/// What [Causes#quoteHeaders] promises to a search.
class QuotedHeadersTest {
    private static final Pattern WORD = Pattern.compile("[a-z0-9_.-]+");

    private static final Causes CAUSES = Causes.standard();

    @Test
    void every_word_of_a_failure_that_quotes_stands_in_a_header() throws Exception {
        int quoting = 0;
        for (Labelled labelled : LabelledFailures.all()) {
            var letter = labelled.letter();
            if (CAUSES.quoteHeaders(letter)) {
                quoting++;
                var headers = headers(letter);
                assertThat(words(letter))
                        .as(labelled.told())
                        .allSatisfy(word -> assertThat(headers).contains(word));
            }
        }
        assertThat(quoting).as("those that quote").isGreaterThan(300);
    }

    private static String headers(DeadLetter letter) {
        var all = new StringBuilder();
        letter.headers().forEach(header -> all.append(header.text()).append('\n'));
        return all.toString().toLowerCase(Locale.ROOT);
    }

    private static List<String> words(DeadLetter letter) {
        var failure = CAUSES.read(letter);
        var words = new ArrayList<String>();
        Stream.concat(
                        failure.chain().stream(),
                        Stream.of(
                                        failure.type(),
                                        failure.message(),
                                        failure.origin().queue(),
                                        failure.consumer())
                                .filter(Objects::nonNull))
                .forEach(
                        text ->
                                WORD.matcher(text.toLowerCase(Locale.ROOT))
                                        .results()
                                        .forEach(found -> words.add(found.group())));
        return words;
    }

    @Test
    void what_is_put_together_does_not_quote() {
        assertThat(
                        CAUSES.quoteHeaders(
                                Letters.letter(
                                        "{}",
                                        Letters.text("x-original-exchange", "orders"),
                                        Letters.text("x-original-routingKey", "created"),
                                        Letters.text("x-exception-message", "no stock"))))
                .isFalse();
    }
}
