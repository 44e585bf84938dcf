package org.deadletteroffice.rabbitmq;

import org.deadletteroffice.contract.Behavior;

/// What classic and quorum queues do alike.
final class RabbitBehaviors {
    private RabbitBehaviors() {}

    static boolean has(Behavior behavior) {
        return switch (behavior) {
            case PAGE_BACKWARDS,
                    SEEK_BY_TIME,
                    SEEK_BY_ID,
                    KEEPS_MESSAGES,
                    EXACTLY_ONCE,
                    KEYS,
                    NULL_PAYLOADS,
                    REPEATED_HEADERS,
                    // Kept; but the client that seeds the queues shuffles them. See
                    // PropertiesTest.
                    HEADER_ORDER,
                    TIMESTAMPS,
                    PARTITIONS,
                    SIZE_LIMIT,
                    CONSUMERS,
                    IDENTITY ->
                    false;
            case REMOVE_ONE,
                    PURGE,
                    MOVE_ON_SERVER,
                    ORDERED,
                    ORDERED_WHEN_LOST,
                    OPTIONAL_KEYS,
                    WHOLE_KEYS,
                    BINARY_PAYLOADS,
                    EMPTY_PAYLOADS,
                    FREE_HEADERS,
                    NULL_HEADERS,
                    RATES,
                    REASONS,
                    SIGN_IN,
                    RIGHTS ->
                    true;
        };
    }
}
