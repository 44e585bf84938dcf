package org.deadletteroffice.spi.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private static final QueueRef QUEUE = new QueueRef("shop", "orders-dlt", QueueKind.TOPIC);

    private static DeadLetter letter(byte @Nullable [] key, byte @Nullable [] payload) {
        return new DeadLetter(
                QUEUE,
                new MessageId("0-7"),
                key,
                payload,
                Headers.of(Header.of("secret-header", "hunter2"), new Header("none", null)),
                Instant.EPOCH,
                null,
                Failure.NONE,
                null);
    }

    @Test
    void size_counts_key_payload_names_and_values() {
        assertThat(letter(null, null).size()).isEqualTo("secret-header".length() + 7 + 4);
        assertThat(letter(new byte[3], new byte[5]).size())
                .isEqualTo(letter(null, null).size() + 8);
    }

    @Test
    void tombstone_differs_from_an_empty_message() {
        assertThat(letter(null, null)).isNotEqualTo(letter(null, new byte[0]));
        assertThat(letter(null, null)).isNotEqualTo(letter(new byte[0], null));
    }

    @Test
    void messages_are_equal_when_their_bytes_are() {
        assertThat(letter(new byte[] {1}, new byte[] {2}))
                .isEqualTo(letter(new byte[] {1}, new byte[] {2}))
                .hasSameHashCodeAs(letter(new byte[] {1}, new byte[] {2}));
    }

    @Test
    void text_for_logs_shows_no_content() {
        var letter = letter(utf8("key-of-jane"), utf8("card 4111"));
        var outgoing =
                new Outgoing(
                        0,
                        letter,
                        "orders",
                        null,
                        letter.key(),
                        letter.payload(),
                        letter.headers(),
                        null);

        assertThat(letter.toString()).contains("shop/orders-dlt#0-7");
        assertThat(outgoing.toString()).contains("shop/orders-dlt#0-7", "orders");
        for (var text : new String[] {letter.toString(), outgoing.toString()}) {
            assertThat(text).doesNotContain("jane", "4111", "hunter2", "secret-header");
        }
    }

    @Test
    void nameless_things_are_refused() {
        assertThatThrownBy(() -> new MessageId("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QueueRef("shop", "", QueueKind.QUEUE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
