package org.deadletteroffice.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.Test;

final class IdentitiesTest {
    private final Set<MessageId> known = new HashSet<>();
    private final Identities names = new Identities(known::contains);

    private MessageId next(String payload) {
        var id = names.next(payload.getBytes(UTF_8), Headers.NONE, null);
        known.add(id);
        return id;
    }

    private void forget(MessageId id) {
        known.remove(id);
        names.forget(id);
    }

    @Test
    void one_like_a_message_that_is_known_has_another_name() {
        var first = next("same");
        assertThat(next("same").text()).isEqualTo(first.text() + "-2");
        assertThat(next("same").text()).isEqualTo(first.text() + "-3");
    }

    @Test
    void a_name_is_free_again_when_none_of_its_messages_is_known() {
        var first = next("same");
        var second = next("same");
        forget(first);
        assertThat(next("same").text()).as("the second is known").isEqualTo(first.text() + "-3");

        forget(second);
        forget(new MessageId(first.text() + "-3"));
        assertThat(next("same")).isEqualTo(first);
        assertThat(names.size()).isZero();
    }

    @Test
    void twins_are_known_as_long_as_one_of_them_is() {
        var alone = next("alone");
        var first = next("same");
        assertThat(names.hasTwins(first)).isFalse();
        var second = next("same");
        assertThat(List.of(first, second)).allMatch(names::hasTwins);
        assertThat(names.hasTwins(alone)).isFalse();

        forget(first);
        assertThat(names.hasTwins(second)).isTrue();
        forget(second);
        assertThat(names.hasTwins(second)).isFalse();
    }
}
