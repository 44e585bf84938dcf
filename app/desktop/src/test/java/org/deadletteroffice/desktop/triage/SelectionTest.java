package org.deadletteroffice.desktop.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final MessageId A = new MessageId("a");
    private static final MessageId B = new MessageId("b");
    private final Selection selection = new Selection();

    @Test
    void ticks_and_clears_one() {
        selection.toggle(A, List.of(A, B));
        assertThat(selection.has(A)).isTrue();
        assertThat(selection.has(B)).isFalse();
        selection.toggle(A, List.of(A, B));
        assertThat(selection.ids()).isEmpty();
    }

    @Test
    void all_means_also_what_was_not_read_yet() {
        selection.chooseAll();
        assertThat(selection.has(new MessageId("never seen"))).isTrue();
        assertThat(selection.countProperty().get()).isZero();
    }

    @Test
    void clearing_one_of_all_leaves_the_shown_ones() {
        selection.chooseAll();
        selection.toggle(A, List.of(A, B));
        assertThat(selection.allProperty().get()).isFalse();
        assertThat(selection.ids()).containsExactly(B);
    }
}
