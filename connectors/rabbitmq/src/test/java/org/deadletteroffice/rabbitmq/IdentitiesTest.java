package org.deadletteroffice.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.Test;

final class IdentitiesTest {
    private final Identities names = new Identities();
    private int others;

    private MessageId next(String payload) {
        return names.next(payload.getBytes(UTF_8), Headers.NONE, null);
    }

    private void removeOthers(int count) {
        IntStream.range(0, count).forEach(_ -> names.forget(next("other-" + others++)));
    }

    @Test
    void one_like_a_message_that_was_just_removed_has_another_name() {
        var first = next("same");
        names.forget(first);
        assertThat(next("same").text()).isEqualTo(first.text() + "-2");
    }

    @Test
    void a_name_is_free_again_long_after_the_last_of_its_messages() {
        var first = next("same");
        var second = next("same");
        names.forget(first);
        removeOthers(Identities.MOST_REMEMBERED);
        assertThat(next("same").text()).as("the second is held").isEqualTo(first.text() + "-3");

        names.forget(second);
        names.forget(new MessageId(first.text() + "-3"));
        removeOthers(Identities.MOST_REMEMBERED);
        assertThat(next("same")).isEqualTo(first);
        assertThat(names.size()).isEqualTo(Identities.MOST_REMEMBERED + 1);
    }

    @Test
    void twins_are_known_until_long_after_they_were_removed() {
        var alone = next("alone");
        var first = next("same");
        assertThat(names.hasTwins(first)).isFalse();
        var second = next("same");
        assertThat(List.of(first, second)).allMatch(names::hasTwins);
        assertThat(names.hasTwins(alone)).isFalse();

        names.forget(first);
        assertThat(names.hasTwins(second)).isTrue();
        names.forget(second);
        removeOthers(Identities.MOST_REMEMBERED);
        assertThat(names.hasTwins(second)).isFalse();
    }
}
