package org.deadletteroffice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.deadletteroffice.spi.message.QueueRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopicNamesTest {
    @ParameterizedTest
    @CsvSource({
        "orders, UNKNOWN",
        "orders-dlt, DEAD_LETTER",
        "orders.DLT, DEAD_LETTER",
        "dlq.orders, DEAD_LETTER",
        "dlq-jdbc-sink, DEAD_LETTER",
        "error.orders.billing, DEAD_LETTER",
        "dead-letter-topic-orders, DEAD_LETTER",
        "orders_dead_letters, DEAD_LETTER",
        "parking-lot, DEAD_LETTER",
        "orders-retry, RETRY",
        "orders-retry-0, RETRY",
        "orders-retry-10000, RETRY",
        "terrors, UNKNOWN",
        "retryable, UNKNOWN",
        "saddlebags, UNKNOWN"
    })
    void a_name_tells_the_role_by_convention(String name, QueueRole role) {
        assertThat(TopicNames.role(name)).isEqualTo(role);
    }

    @Test
    void a_suffix_tells_the_source() {
        assertThat(TopicNames.source("orders-dlt")).contains("orders");
        assertThat(TopicNames.source("a.b.DLT")).contains("a.b");
        assertThat(TopicNames.source("orders-retry-1000")).contains("orders");
        assertThat(TopicNames.source("dlq.orders")).isEmpty();
        assertThat(TopicNames.source("-dlt")).isEmpty();
    }
}
