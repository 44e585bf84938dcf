package org.deadletteroffice.core.profile;

import java.util.Locale;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRole;

/// Which queues hold dead letters: the operator's mark, then the operator's patterns, then the
/// broker's word, then the names that frameworks give them.
final class DeadLetterNames {
    /// `-dlt` and `.DLT` (Spring Kafka), `dlq-…` (Kafka Connect), `dead-letter-topic-…` (SmallRye),
    /// `error.…` (Spring Cloud Stream), and what people use beside them.
    private static final Pattern BUILT_IN =
            Pattern.compile(
                    "(^|[._-])(dlq|dlt|dead[-_.]?letters?|error|poison|parking[-_.]?lot)([._-]|$)",
                    Pattern.CASE_INSENSITIVE);

    static QueueRole role(Profile profile, QueueInfo queue) {
        var name = queue.ref().name();
        var mark = profile.marks().get(name);
        if (mark != null) {
            if (mark) {
                return QueueRole.DEAD_LETTER;
            }
            return queue.role() == QueueRole.DEAD_LETTER ? QueueRole.SOURCE : queue.role();
        }
        if (profile.deadLetterPatterns().stream()
                .anyMatch(pattern -> glob(pattern).matcher(name).matches())) {
            return QueueRole.DEAD_LETTER;
        }
        if (queue.role() != QueueRole.UNKNOWN) {
            return queue.role();
        }
        return profile.deadLetterPatterns().isEmpty() && BUILT_IN.matcher(name).find()
                ? QueueRole.DEAD_LETTER
                : QueueRole.UNKNOWN;
    }

    /// `*` stands for any text, `?` for one character; case does not matter.
    private static Pattern glob(String pattern) {
        var regex = new StringBuilder();
        for (var c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
            regex.append(
                    switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    private DeadLetterNames() {}
}
