package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.read;
import static org.deadletteroffice.core.cause.Letters.text;

import org.junit.jupiter.api.Test;

class ConfluentRuleReaderTest {
    @Test
    void reads_rule_and_topic() {
        var failure =
                read(
                        text("__rule.name", "checkSsn"),
                        text("__rule.topic", "people"),
                        text("__rule.exception", "Rule failed"));

        assertThat(failure.reader()).isEqualTo("Confluent data contract");
        assertThat(failure.message()).isEqualTo("Rule failed");
        assertThat(failure.origin().queue()).isEqualTo("people");
    }
}
