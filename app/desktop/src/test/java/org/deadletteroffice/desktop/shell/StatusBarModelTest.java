package org.deadletteroffice.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.stream.IntStream;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.MoveRequest;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.desktop.ModelTest;
import org.deadletteroffice.memory.Flavour;
import org.deadletteroffice.memory.MemoryMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is done with the job in the line below everything.
class StatusBarModelTest extends ModelTest {
    private StatusBarModel bar;

    @BeforeEach
    void open() throws Exception {
        saved("dev", Environment.DEVELOPMENT);
        broker.create("counting.dlq", Flavour.COUNTING_QUEUE, 1, Integer.MAX_VALUE);
        bar = new StatusBarModel(desk);
    }

    /// A job of which something is left to do.
    private String paused(String queue) throws Exception {
        broker.send(queue, MemoryMessage.of("one"), MemoryMessage.of("two"));
        var plan = RedriveRequest.toOrigin(broker.ref("dev", queue), new Scope.All());
        var id =
                engine.jobs()
                        .start(plan.copy().to("orders").pace(new Pace(0.5, null)).build(), null);
        await().until(() -> engine.jobs().list().getFirst().state() == JobState.RUNNING);
        engine.jobs().pause(id);
        assertThat(engine.jobs().await(id).state()).isEqualTo(JobState.PAUSED);
        bar.jobs(engine.jobs().list());
        return id;
    }

    @Test
    void a_job_goes_on_once_the_operator_knows_what_its_looking_costs() throws Exception {
        var id = paused("counting.dlq");

        dialogs.agrees = false;
        bar.pauseOrResume();
        assertThat(dialogs.asked)
                .singleElement()
                .satisfies(
                        asked ->
                                assertThat(asked.text())
                                        .startsWith("Each look counts as a delivery.")
                                        .endsWith("The job looks at all that it has yet to do."));
        assertThat(engine.jobs().find(id).orElseThrow().state()).isEqualTo(JobState.PAUSED);

        dialogs.agrees = true;
        bar.pauseOrResume();
        assertThat(engine.jobs().await(id).state()).isEqualTo(JobState.DONE);
        assertThat(broker.messages("orders")).hasSize(2);
        assertThat(dialogs.told).isEmpty();
    }

    @Test
    void nothing_is_asked_where_looking_costs_nothing() throws Exception {
        var id = paused("orders-dlt");

        dialogs.agrees = false;
        bar.pauseOrResume();
        assertThat(engine.jobs().await(id).state()).isEqualTo(JobState.DONE);
        assertThat(dialogs.asked).isEmpty();
    }

    @Test
    void to_stop_a_move_by_the_broker_is_to_call_it_off() throws Exception {
        broker.createQueue("mail.dlq").createQueue("mail");
        broker.send(
                "mail.dlq",
                IntStream.range(0, 500).mapToObj(i -> MemoryMessage.of("m" + i)).toList());
        var move = new MoveRequest(broker.ref("dev", "mail.dlq"), "mail", 5, "a test");
        var id = engine.jobs().start(move, null);
        await().until(() -> engine.jobs().list().getFirst().state() == JobState.RUNNING);
        bar.jobs(engine.jobs().list());

        bar.stop();
        assertThat(dialogs.asked)
                .singleElement()
                .satisfies(
                        asked -> {
                            assertThat(asked.text()).contains("may lie in both queues");
                            assertThat(asked.act()).isEqualTo("Call it off");
                        });
        assertThat(engine.jobs().await(id).state()).isEqualTo(JobState.STOPPED);
    }
}
