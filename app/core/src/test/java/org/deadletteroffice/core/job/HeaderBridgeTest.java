package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderBridgeTest {
    @ParameterizedTest(name = "{0} on the way to {1}")
    @CsvSource({
        "ce_, rabbitmq, cloudEvents_",
        "cloudEvents:, kafka, ce_",
        "cloudEvents_, kafka, ce_",
        "ce-, sqs, ce_",
        "cloudEvents:, sqs, ce_",
        "ce_, kafka, ce_",
    })
    void attributes_of_an_event_get_the_prefix_of_the_destination(
            String from, String to, String expected) {
        var bytes = new byte[] {(byte) 0xff, 0};
        var headers =
                Headers.of(
                        Header.of(from + "specversion", "1.0"),
                        new Header(from + "id", bytes),
                        new Header(from + "subject", null),
                        Header.of("content-type", "application/json"),
                        Header.of("tenant", "a"));
        assertThat(new HeaderBridge(to).across(headers).all())
                .containsExactly(
                        Header.of(expected + "specversion", "1.0"),
                        new Header(expected + "id", bytes),
                        new Header(expected + "subject", null),
                        Header.of("content-type", "application/json"),
                        Header.of("tenant", "a"));
    }

    @Test
    void headers_that_only_look_alike_stay() {
        var headers = Headers.of(Header.of("ce_id", "1"), Header.of("ce_Type", "x"));
        assertThat(new HeaderBridge("rabbitmq").across(headers)).isEqualTo(headers);
    }
}
