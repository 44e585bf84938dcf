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
        // Also where it tells of retries as well: `orders.retry.dlq` holds what these gave up.
        if (DEAD_LETTER.matcher(name).find()) {
            return QueueRole.DEAD_LETTER;
        }
        return RETRY.matcher(name).find() ? QueueRole.RETRY : QueueRole.UNKNOWN;
    }
}
