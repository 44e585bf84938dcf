package org.deadletteroffice.desktop.triage;

import org.deadletteroffice.core.browse.Completeness;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.message.Numerals;

/// How many match, and how sure that is, in a few words.
final class MatchWords {
    private MatchWords() {}

    /// `1,822 of 18,204 · 0.31 s`; `18,204 messages`; `at least 12 of 18,204`.
    static String of(Completeness known, boolean filtered, boolean going) {
        var lead = known.complete() && !going ? "" : "at least ";
        var total = Amounts.of(known.total());
        var count =
                filtered || !known.complete()
                        ? lead + Amounts.of(known.matched()) + " of " + total
                        : lead + Amounts.of(known.matched(), "message", "messages");
        return known.millis() < 10
                ? count
                : count + " · " + Numerals.decimal(known.millis() / 1000.0, 2) + " s";
    }
}
