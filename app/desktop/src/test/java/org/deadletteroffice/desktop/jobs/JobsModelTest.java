package org.deadletteroffice.desktop.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.stream.IntStream;
import org.deadletteroffice.core.job.JobItem;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.MoveRequest;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.desktop.ModelTest;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Navigation;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.memory.Flavour;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.memory.Right;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobsModelTest extends ModelTest {
    private QueueRef queue;

    @BeforeEach
    void fill() throws Exception {
        saved("dev", Environment.DEVELOPMENT);
        queue = broker.ref("dev", "orders-dlt");
        broker.send(
                "orders-dlt",
                IntStream.range(0, 5)
                        .mapToObj(i -> MemoryMessage.of("{\"n\":" + i + "}"))
                        .toList());
    }

    private String started(Pace pace) throws Exception {
        var plain = RedriveRequest.toOrigin(queue, new Scope.All());
        return engine.jobs()
                .start(plain.copy().to("orders").pace(pace).reason("a test").build(), null);
    }

    /// A job of which the second message failed.
    private void failedOne() throws Exception {
        var plan = RedriveRequest.toOrigin(broker.ref("dev", "counting.dlq"), new Scope.All());
        var id =
                engine.jobs()
                        .start(plan.copy().to("orders").pace(new Pace(0.5, null)).build(), null);
        await().until(() -> !broker.messages("orders").isEmpty());
        broker.faults().forbid(Right.WRITE, "orders");
        assertThat(engine.jobs().await(id).failed()).isPositive();
        broker.faults().heal();
    }

    private JobsModel model() {
        var model = new JobsModel(desk, Clock.systemUTC());
        model.show(engine.jobs().list());
        return model;
    }

    @Test
    void shows_what_ran_and_each_of_its_messages() throws Exception {
        var id = started(Pace.FULL);
        engine.jobs().await(id);
        var model = model();
        assertThat(model.selectedProperty().get().id()).isEqualTo(id);
        assertThat(model.selectedProperty().get().state()).isEqualTo(JobState.DONE);
        assertThat(model.items()).hasSize(5).allMatch(item -> item.state() == JobItem.State.DONE);
        model.filterProperty().set(JobsModel.Filter.FAILED);
        assertThat(model.items()).isEmpty();
    }

    @Test
    void a_finished_job_offers_nothing_that_makes_no_sense() throws Exception {
        engine.jobs().await(started(Pace.FULL));
        var acts = model().actsProperty().get();
        assertThat(acts.pause() || acts.resume() || acts.stop() || acts.abandon()).isFalse();
        assertThat(acts.retry()).isFalse();
        assertThat(acts.fates()).isTrue();
        assertThat(acts.undo()).as("its messages were sent on").isFalse();
    }

    @Test
    void a_running_job_is_paused_resumed_and_stopped() throws Exception {
        var id = started(new Pace(0.5, null));
        var model = model();
        assertThat(model.actsProperty().get().pause()).isTrue();
        model.pauseOrResume();
        assertThat(engine.jobs().await(id).state()).isEqualTo(JobState.PAUSED);
        model.show(engine.jobs().list());
        assertThat(model.actsProperty().get().resume()).isTrue();
        model.stop();
        assertThat(dialogs.asked).hasSize(1);
        assertThat(engine.jobs().await(id).state()).isEqualTo(JobState.STOPPED);
        assertThat(dialogs.told).isEmpty();
    }

    @Test
    void a_move_by_the_broker_is_called_off_and_cannot_be_held() throws Exception {
        broker.createQueue("mail.dlq").createQueue("mail");
        broker.send(
                "mail.dlq",
                IntStream.range(0, 500).mapToObj(i -> MemoryMessage.of("m" + i)).toList());
        var move = new MoveRequest(broker.ref("dev", "mail.dlq"), "mail", 5, "a test");
        var id = engine.jobs().start(move, null);
        await().until(() -> engine.jobs().list().getFirst().state() == JobState.RUNNING);
        var model = model();
        assertThat(model.actsProperty().get().pause()).isFalse();
        model.stop();
        assertThat(dialogs.asked.getLast().act()).isEqualTo("Call it off");
        assertThat(dialogs.asked.getLast().text()).contains("may lie in both queues");
        assertThat(engine.jobs().await(id).state()).isEqualTo(JobState.STOPPED);
        model.show(engine.jobs().list());
        assertThat(model.actsProperty().get().rest()).as("a move has no plan").isFalse();
        assertThat(dialogs.told).isEmpty();
    }

    @Test
    void a_move_that_nobody_follows_is_resumed_or_called_off() throws Exception {
        broker.createQueue("mail.dlq").createQueue("mail");
        broker.send(
                "mail.dlq",
                IntStream.range(0, 500).mapToObj(i -> MemoryMessage.of("m" + i)).toList());
        var move = new MoveRequest(broker.ref("dev", "mail.dlq"), "mail", 5, "a test");
        var id = engine.jobs().start(move, null);
        await().until(() -> engine.jobs().find(id).orElseThrow().sent() > 0);
        reopenEngine();
        var model = model();
        assertThat(model.selectedProperty().get().state()).isEqualTo(JobState.INTERRUPTED);
        assertThat(JobAdvice.of(model.selectedProperty().get()).orElseThrow().remedy())
                .contains("follows the same move");
        var acts = model.actsProperty().get();
        assertThat(acts.resume() && acts.stop() && acts.abandon()).isTrue();
        model.stop();
        assertThat(engine.jobs().await(id).state()).isEqualTo(JobState.STOPPED);
        assertThat(dialogs.told).isEmpty();
    }

    @Test
    void the_rest_of_a_job_is_proposed_once_the_operator_knows_what_looking_at_it_costs()
            throws Exception {
        broker.create("counting.dlq", Flavour.COUNTING_QUEUE, 1, Integer.MAX_VALUE)
                .send("counting.dlq", MemoryMessage.of("one"), MemoryMessage.of("two"));
        var plan = RedriveRequest.toOrigin(broker.ref("dev", "counting.dlq"), new Scope.All());
        var slow = plan.copy().to("orders").pace(new Pace(0.5, null)).build();
        var id = engine.jobs().start(slow, null);
        await().until(() -> engine.jobs().list().getFirst().state() == JobState.RUNNING);
        engine.jobs().stop(id);
        engine.jobs().await(id);
        var model = model();
        assertThat(model.actsProperty().get().rest()).isTrue();

        dialogs.agrees = false;
        model.redriveRest();
        assertThat(dialogs.asked.getLast().text()).startsWith("Each look counts as a delivery.");
        assertThat(desk.navigation().sheet().get()).isNull();

        dialogs.agrees = true;
        model.redriveRest();
        assertThat(desk.navigation().sheet().get()).isInstanceOf(Sheet.Redrive.class);
    }

    @Test
    void a_job_goes_on_once_the_operator_knows_what_its_looking_costs() throws Exception {
        broker.create("counting.dlq", Flavour.COUNTING_QUEUE, 1, Integer.MAX_VALUE)
                .send("counting.dlq", MemoryMessage.of("one"), MemoryMessage.of("two"));
        var plan = RedriveRequest.toOrigin(broker.ref("dev", "counting.dlq"), new Scope.All());
        var slow = plan.copy().to("orders").pace(new Pace(0.5, null)).build();
        var id = engine.jobs().start(slow, null);
        await().until(() -> engine.jobs().list().getFirst().state() == JobState.RUNNING);
        engine.jobs().pause(id);
        engine.jobs().await(id);
        var model = model();

        dialogs.agrees = false;
        model.pauseOrResume();
        assertThat(dialogs.asked)
                .singleElement()
                .satisfies(
                        asked ->
                                assertThat(asked.text())
                                        .startsWith("Each look counts as a delivery.")
                                        .endsWith("The job looks at all that it has yet to do."));
        assertThat(engine.jobs().list().getFirst().state()).isEqualTo(JobState.PAUSED);

        dialogs.agrees = true;
        model.pauseOrResume();
        assertThat(engine.jobs().await(id).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void what_failed_is_tried_again_once_the_operator_knows_what_looking_costs() throws Exception {
        broker.create("counting.dlq", Flavour.COUNTING_QUEUE, 1, Integer.MAX_VALUE)
                .send("counting.dlq", MemoryMessage.of("one"), MemoryMessage.of("two"));
        failedOne();
        var model = model();

        dialogs.agrees = false;
        model.retryFailed();
        assertThat(dialogs.asked.getLast().text()).startsWith("Each look counts as a delivery.");
        assertThat(engine.jobs().list()).hasSize(1);

        dialogs.agrees = true;
        model.retryFailed();
        assertThat(engine.jobs().list()).hasSize(2);
        assertThat(engine.jobs().await(engine.jobs().list().getFirst().id()).state())
                .isEqualTo(JobState.DONE);
    }

    @Test
    void two_clicks_begin_one_job_over_what_failed() throws Exception {
        broker.create("counting.dlq", Flavour.COUNTING_QUEUE, 1, Integer.MAX_VALUE)
                .send("counting.dlq", MemoryMessage.of("one"), MemoryMessage.of("two"));
        failedOne();
        var asked = new ArrayDeque<Runnable>();
        var slow = new Desk(engine, Background.heldBy(asked::add), new Navigation(), dialogs);
        var model = new JobsModel(slow, Clock.systemUTC());
        model.show(engine.jobs().list());
        while (!asked.isEmpty()) {
            asked.remove().run();
        }

        model.retryFailed();
        model.retryFailed();
        while (!asked.isEmpty()) {
            asked.remove().run();
        }
        assertThat(dialogs.asked).hasSize(1);
        assertThat(engine.jobs().list()).hasSize(2);
    }

    @Test
    void opens_the_job_that_was_asked_for_once_it_is_known() throws Exception {
        var first = started(Pace.FULL);
        engine.jobs().await(first);
        var model = new JobsModel(desk, Clock.systemUTC());
        model.open(first);
        assertThat(model.selectedProperty().get()).isNull();
        var second = started(Pace.FULL);
        engine.jobs().await(second);
        model.show(engine.jobs().list());
        assertThat(model.selectedProperty().get().id()).isEqualTo(first);
    }

    @Test
    void leads_to_the_queue_and_to_the_audit_trail() throws Exception {
        var id = started(Pace.FULL);
        engine.jobs().await(id);
        var model = model();
        model.openQueue();
        assertThat(desk.navigation().place().get()).isEqualTo(new Place.Triage(queue, null));
        model.openAudit();
        assertThat(desk.navigation().place().get()).isEqualTo(new Place.Audit(id));
    }
}
