package org.deadletteroffice.rabbitmq;

import java.util.regex.Pattern;
import org.deadletteroffice.spi.message.QueueRole;

/// What a queue's name says, by the conventions of those who make error queues themselves: Spring
/// (`error.…`, `….dlq`), MassTransit (`…_error`, `…_skipped`), NServiceBus (`error`), EasyNetQ
/// (`EasyNetQ_Default_Error_Queue`).
final class QueueNames {
    private static final Pattern DEAD_LETTER =
            Pattern.compile(
                    "(?i)(^|[._-])(dlq|dlx|dead[-_.]?letters?|errors?|poison|parking[-_.]?lot|skipped)([._-]|$)");
    private static final Pattern RETRY =
            Pattern.compile("(?i)(^|[._-])(retry|retries|delay|delayed|wait)([._-]|$)");

    private QueueNames() {}

    static QueueRole role(String name) {
        if (RETRY.matcher(name).find()) {
            return QueueRole.RETRY;
        }
        return DEAD_LETTER.matcher(name).find() ? QueueRole.DEAD_LETTER : QueueRole.UNKNOWN;
    }
}
