package org.deadletteroffice.desktop.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.MAILS;
import static org.deadletteroffice.memory.SampleDeadLetters.MAILS_DLQ;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;

import java.time.Clock;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.desktop.OnWorkbench;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.spi.message.DeadLetter;
import org.junit.jupiter.api.Test;

class MoveModelTest extends OnWorkbench {
    private MoveModel model(String profile, String queue) {
        return new MoveModel(
                bench.desk(), Clock.systemUTC(), new Sheet.Move(bench.queue(profile, queue)));
    }

    private JobInfo ended() throws Exception {
        return bench.engine().jobs().await(bench.engine().jobs().list().getFirst().id());
    }

    @Test
    void the_queue_that_all_died_in_is_proposed_and_the_whole_queue_moved_as_it_is()
            throws Exception {
        var before = bench.broker().messages(MAILS_DLQ).stream().map(DeadLetter::headers).toList();
        var model = model(Workbench.PROFILE, MAILS_DLQ);
        assertThat(model.destinationProperty().get()).isEqualTo(MAILS);
        assertThat(model.queues()).contains(MAILS).doesNotContain(MAILS_DLQ);
        assertThat(model.planned()).isEqualTo(Workbench.EACH);
        assertThat(bench.broker().messages(MAILS_DLQ)).as("rehearsed").hasSize(Workbench.EACH);

        model.goOn();

        var job = ended();
        assertThat(job.kind()).isEqualTo(JobKind.MOVE);
        assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.DONE);
        assertThat(job.sent()).isEqualTo(Workbench.EACH);
        assertThat(bench.broker().messages(MAILS_DLQ)).isEmpty();
        assertThat(bench.broker().messages(MAILS).stream().map(DeadLetter::headers).toList())
                .containsExactlyInAnyOrderElementsOf(before);
        assertThat(bench.navigation().sheet().get()).isNull();
    }

    @Test
    void another_destination_and_a_pace_make_the_rehearsal_void_and_are_kept() throws Exception {
        bench.broker().createQueue("elsewhere");
        var model = model(Workbench.PROFILE, MAILS_DLQ);
        model.destinationProperty().set(" elsewhere ");
        assertThat(model.planned()).as("not rehearsed").isZero();
        model.perSecondProperty().set("fast");
        assertThat(model.faultProperty().get()).contains("whole number");
        assertThat(model.blockedProperty().get()).isTrue();
        model.perSecondProperty().set("5000");
        assertThat(model.faultProperty().get()).isEmpty();
        model.goOn();
        assertThat(model.planned()).isEqualTo(Workbench.EACH);
        model.goOn();
        assertThat(ended().destination()).isEqualTo("elsewhere");
        assertThat(bench.broker().messages("elsewhere")).hasSize(Workbench.EACH);
    }

    @Test
    void an_empty_destination_is_each_messages_origin() throws Exception {
        var model = model(Workbench.PROFILE, MAILS_DLQ);
        model.destinationProperty().set("");
        model.goOn();
        model.goOn();
        assertThat(ended().destination()).isEqualTo("origin");
        assertThat(bench.broker().messages(MAILS)).hasSize(Workbench.EACH);
    }

    @Test
    void production_asks_for_name_reason_and_unlock() throws Exception {
        var model = model(Workbench.PRODUCTION, MAILS_DLQ);
        assertThat(model.planned()).isEqualTo(Workbench.EACH);
        assertThat(model.confirmation().lockedProperty().get()).isTrue();
        model.confirmation().reasonProperty().set("mailboxes are back");
        model.confirmation().unlock();
        model.goOn();
        assertThat(bench.engine().jobs().list()).as("no name yet").isEmpty();
        model.confirmation().typedNameProperty().set(MAILS_DLQ);
        model.goOn();
        assertThat(ended().sent()).isEqualTo(Workbench.EACH);
    }

    @Test
    void what_the_broker_refuses_is_said_on_the_sheet() {
        var log = model(Workbench.PROFILE, ORDERS_DLT);
        assertThat(log.rehearsal().problemProperty().get()).isNotNull();
        assertThat(log.canStartProperty().get()).isFalse();

        var home = model(Workbench.PROFILE, MAILS_DLQ);
        home.destinationProperty().set(MAILS_DLQ);
        home.goOn();
        assertThat(home.rehearsal().problemProperty().get().sentence())
                .contains("is the queue in which the messages lie");
    }
}
