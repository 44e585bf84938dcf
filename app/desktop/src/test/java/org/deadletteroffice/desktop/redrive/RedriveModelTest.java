package org.deadletteroffice.desktop.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;

import java.time.Clock;
import java.util.List;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.desktop.redrive.RedriveModel.Step;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedriveModelTest {
    private Workbench bench;

    @BeforeEach
    void open() throws Exception {
        bench = Workbench.open();
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    private RedriveModel model(String profile) {
        var request =
                RedriveRequest.toOrigin(
                        bench.queue(profile, ORDERS_DLT),
                        new Scope.Ids(List.of(new MessageId("0-0"), new MessageId("1-1"))));
        return new RedriveModel(
                bench.desk(),
                Clock.systemUTC(),
                new Sheet.Redrive(request, 2, true, "2 selected messages"));
    }

    @Test
    void rehearses_then_starts_and_the_origin_gets_the_messages() throws Exception {
        var model = model(Workbench.PROFILE);
        assertThat(model.stepProperty().get()).isEqualTo(Step.WHERE);
        assertThat(model.canStartProperty().get()).isFalse();
        model.goOn();
        assertThat(model.stepProperty().get()).isEqualTo(Step.CONFIRM);
        assertThat(model.previewProperty().get().planned()).isEqualTo(2);
        assertThat(bench.broker().messages(ORDERS)).isEmpty();

        model.goOn();
        var job = bench.engine().jobs().list().getFirst();
        assertThat(bench.engine().jobs().await(job.id()).state()).isEqualTo(JobState.DONE);
        assertThat(bench.broker().messages(ORDERS)).hasSize(2);
        assertThat(bench.dialogs().said).anyMatch(sentence -> sentence.contains("started"));
    }

    @Test
    void any_change_of_the_plan_makes_the_rehearsal_void() {
        var model = model(Workbench.PROFILE);
        model.rehearse();
        assertThat(model.canStartProperty().get()).isTrue();
        model.form().keepTimestampProperty().set(true);
        assertThat(model.previewProperty().get()).isNull();
        assertThat(model.canStartProperty().get()).isFalse();
        assertThat(model.stepProperty().get()).isEqualTo(Step.WHERE);
    }

    @Test
    void production_asks_for_name_reason_and_unlock() {
        var model = model(Workbench.PRODUCTION);
        model.rehearse();
        assertThat(model.canStartProperty().get()).isFalse();
        assertThat(model.lockedProperty().get()).isTrue();
        model.reasonProperty().set("rolled back");
        model.unlock();
        assertThat(model.lockedProperty().get()).isFalse();
        assertThat(model.canStartProperty().get()).isFalse();
        model.typedNameProperty().set(ORDERS);
        assertThat(model.canStartProperty().get()).isFalse();
        model.typedNameProperty().set(ORDERS_DLT);
        assertThat(model.canStartProperty().get()).isTrue();
    }

    @Test
    void a_program_that_does_not_parse_is_said_at_its_field() {
        var model = model(Workbench.PROFILE);
        model.form().programProperty().set(".coupon = |");
        assertThat(model.programFaultProperty().get()).isNotEmpty();
        model.rehearse();
        assertThat(model.previewProperty().get()).isNull();
        model.form().programProperty().set(".repaired = true");
        assertThat(model.programFaultProperty().get()).isEmpty();
        model.rehearse();
        assertThat(model.previewProperty().get().samples()).isNotEmpty();
    }

    @Test
    void a_destination_equal_to_the_source_is_refused_with_a_sentence() {
        var model = model(Workbench.PROFILE);
        model.form().whereProperty().set(PlanForm.Where.QUEUE);
        model.form().queueProperty().set(ORDERS_DLT);
        model.rehearse();
        assertThat(model.problemProperty().get()).isNotNull();
        assertThat(model.canStartProperty().get()).isFalse();
    }
}
