package org.deadletteroffice.desktop.inspect;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import org.deadletteroffice.core.Durations;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.cause.DeathWords;
import org.deadletteroffice.desktop.text.Ages;
import org.deadletteroffice.desktop.text.Amounts;

/// Why a message died, for the card at the top of the reading pane.
///
/// @param type of the root cause, without its package
/// @param fullType with it; empty where no type is known
/// @param message the error's own
/// @param sentence who gave up, after how many tries, over what time
public record CauseWords(String type, String fullType, String message, String sentence) {
    static CauseWords of(MessageView view, Clock clock) {
        var failure = view.failure();
        var type = failure.type();
        var words = new ArrayList<String>();
        if (failure.consumer() != null) {
            words.add("consumer " + failure.consumer());
        }
        if (failure.tries() != null && failure.tries() > 0) {
            var tries = "after " + Amounts.of(failure.tries(), "try", "tries");
            var first = failure.firstDeath();
            var last = failure.lastDeath();
            words.add(
                    first == null || last == null || !last.isAfter(first)
                            ? tries
                            : tries + " over " + Durations.words(Duration.between(first, last)));
        }
        var when = failure.firstDeath() == null ? view.letter().timestamp() : failure.firstDeath();
        if (when != null) {
            words.add(
                    (failure.firstDeath() == null ? "arrived " : "first ")
                            + Ages.at(when, clock.instant(), clock.getZone()));
        }
        if (type == null && failure.message() == null) {
            return new CauseWords(
                    "No cause found",
                    "",
                    "No header of this message tells why it died.",
                    String.join(" · ", words));
        }
        return new CauseWords(
                type == null ? "Failed" : DeathWords.simple(type),
                type == null ? "" : type,
                failure.message() == null ? "No error message" : failure.message().strip(),
                String.join(" · ", words));
    }
}
