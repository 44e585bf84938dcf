package org.deadletteroffice.desktop.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.MAILS_DLQ;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.deadletteroffice.desktop.OnWorkbench;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.memory.Flavour;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A slow broker answers when something else lies open by then.
class LateAnswersTest extends OnWorkbench {
    private static final String COUNTING = "counting.dlq";

    private final Deque<Runnable> asked = new ArrayDeque<>();
    private TriageModel model;

    @BeforeEach
    void open() {
        var desk =
                new Desk(
                        bench.engine(),
                        Background.heldBy(asked::add),
                        bench.navigation(),
                        bench.dialogs());
        model = new TriageModel(desk, Clock.systemUTC());
    }

    private void go(String queue) {
        bench.navigation().open(new Place.Triage(bench.queue(Workbench.PROFILE, queue), null));
    }

    private void answerAll() {
        while (!asked.isEmpty()) {
            asked.remove().run();
        }
    }

    private static void run(Collection<Runnable> answers) {
        answers.forEach(Runnable::run);
    }

    private static boolean isOf(String queue, MessageRow row) {
        return row.queue().name().equals(queue);
    }

    @Test
    void a_place_that_was_sought_in_one_queue_does_not_move_the_list_of_the_next() {
        go(ORDERS_DLT);
        answerAll();
        model.select(new MessageId("1-4"));
        var seeking = asked.remove();
        assertThat(asked).isEmpty();
        go(MAILS_DLQ);
        answerAll();
        var first = model.rows().peek(0);

        seeking.run();

        assertThat(asked).as("nothing is read anew").isEmpty();
        assertThat(model.rows().peek(0)).isEqualTo(first).matches(row -> isOf(MAILS_DLQ, row));
    }

    @Test
    void nor_does_it_where_one_jumped_elsewhere_meanwhile() {
        go(ORDERS_DLT);
        answerAll();
        model.select(new MessageId("1-4"));
        var seeking = asked.remove();
        model.jumpOldest();
        answerAll();

        seeking.run();

        assertThat(asked).isEmpty();
    }

    @Test
    void what_was_collected_of_a_queue_opens_no_sheet_over_the_next() {
        go(ORDERS_DLT);
        answerAll();
        model.filter().textProperty().set("order");
        model.filter().apply();
        answerAll();
        model.groups().choose(model.groups().rows().getFirst());
        answerAll();
        model.redrive();
        assertThat(asked).as("the messages are collected one by one").hasSize(1);
        var collecting = asked.remove();
        go(MAILS_DLQ);
        answerAll();

        collecting.run();

        assertThat(bench.navigation().sheet().get()).isNull();
    }

    @Test
    void what_a_queue_was_when_it_was_opened_before_does_not_replace_what_it_is() {
        go(MAILS_DLQ);
        var before = List.copyOf(asked);
        asked.clear();
        go(ORDERS_DLT);
        go(MAILS_DLQ);
        answerAll();
        assertThat(model.facts().infoProperty().get()).isNotNull();

        bench.broker().faults().unreachable();
        run(before);

        assertThat(model.facts().problemProperty().get()).isNull();
        assertThat(model.facts().costProblemProperty().get()).isNull();
    }

    @Test
    void the_groups_of_a_queue_that_was_left_do_not_show_on_the_next() {
        bench.broker().create(COUNTING, Flavour.COUNTING_QUEUE, 1, Integer.MAX_VALUE);
        go(ORDERS_DLT);
        var before = List.copyOf(asked);
        asked.clear();
        go(COUNTING);
        answerAll();
        assertThat(model.gate().lookingProperty().get()).isEqualTo(Looking.ASKED);

        run(before);

        assertThat(model.groups().rows()).isEmpty();
        assertThat(model.groups().readingProperty().get()).isFalse();
        assertThat(model.targetProperty().get().isEmpty()).isTrue();
    }
}
