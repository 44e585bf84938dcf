package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class OtherReadersTest {
    private final OtherReaders others = new OtherReaders();

    private static QueueFacts counted(int visible, int inFlight) {
        return QueueFacts.of(
                new QueueAddress("q", "http://localhost/0/q"),
                Map.of(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        Integer.toString(visible),
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                        Integer.toString(inFlight)),
                0);
    }

    @Test
    void what_is_hidden_when_a_visit_begins_is_somebody_elses_though_as_many_came_since() {
        others.note(counted(9, 3), new Hold.Tally(0, 0));
        others.taken();

        assertThat(others.hadSome(9)).isTrue();
        assertThat(others.hidden(counted(9, 3), new Hold.Tally(9, 9)))
                .contains(new OtherReaders.Hidden(3, false));
        assertThat(others.hadSome(12)).as("new ones may be among them").isTrue();
        assertThat(others.hidden(counted(9, 3), new Hold.Tally(12, 12))).isEmpty();
    }

    @Test
    void what_was_let_go_a_moment_before_is_nobodys_once_all_came_that_were_counted() {
        others.letGo(12);
        others.note(counted(3, 9), new Hold.Tally(0, 0));

        assertThat(others.hadSome(11)).isTrue();
        assertThat(others.hadSome(12)).isFalse();
    }

    @Test
    void more_than_was_let_go_is_somebody_elses() {
        others.letGo(5);
        others.note(counted(3, 9), new Hold.Tally(0, 0));

        assertThat(others.hadSome(12)).isTrue();
    }

    @Test
    void only_the_first_counts_of_a_visit_matter() {
        others.note(counted(12, 0), new Hold.Tally(0, 0));
        others.letGo(10);
        others.note(counted(2, 10), new Hold.Tally(12, 2));

        assertThat(others.hadSome(12)).isFalse();
        others.forget();
        others.note(counted(0, 4), new Hold.Tally(0, 0));
        assertThat(others.hadSome(3)).isTrue();
    }

    @Test
    void what_is_held_here_is_hidden_by_nobody_else() {
        others.note(counted(3, 9), new Hold.Tally(20, 9));

        assertThat(others.hadSome(20)).isFalse();
    }
}
