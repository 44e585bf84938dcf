package org.deadletteroffice.desktop.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.deadletteroffice.memory.SampleDeadLetters.MAILS_DLQ;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.desktop.OnWorkbench;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.desktop.plan.Step;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.shell.Undo;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.DeadLetter;
import org.junit.jupiter.api.Test;

class PurgeModelTest extends OnWorkbench {
    private PurgeModel model(String profile) {
        return new PurgeModel(
                bench.desk(),
                Clock.systemUTC(),
                new Sheet.Purge(
                        bench.queue(profile, MAILS_DLQ),
                        new Scope.All(),
                        Workbench.EACH,
                        true,
                        "all messages of the queue"));
    }

    private JobInfo ended() throws Exception {
        return bench.engine().jobs().await(bench.engine().jobs().list().getFirst().id());
    }

    /// What has to come back: the id is a new one.
    private List<String> contents() {
        return bench.broker().messages(MAILS_DLQ).stream()
                .map(PurgeModelTest::content)
                .sorted()
                .toList();
    }

    private static String content(DeadLetter letter) {
        return List.of(
                        java.util.Arrays.toString(letter.key()),
                        java.util.Arrays.toString(letter.payload()),
                        letter.headers().toString(),
                        Objects.requireNonNull(letter.timestamp()).toEpochMilli())
                .toString();
    }

    @Test
    void takes_what_was_rehearsed_and_leaves_what_came_later() throws Exception {
        var model = model(Workbench.PROFILE);
        assertThat(model.stepProperty().get()).isEqualTo(Step.CONFIRM);
        assertThat(model.rehearsal().previewProperty().get().planned()).isEqualTo(Workbench.EACH);
        assertThat(bench.broker().messages(MAILS_DLQ)).hasSize(Workbench.EACH);
        bench.broker().send(MAILS_DLQ, MemoryMessage.of("late"));
        model.goOn();
        assertThat(ended().removed()).isEqualTo(Workbench.EACH);
        assertThat(bench.broker().messages(MAILS_DLQ)).hasSize(1);
        assertThat(bench.navigation().sheet().get()).isNull();
    }

    @Test
    void undo_puts_all_back_byte_for_byte() throws Exception {
        var before = contents();
        model(Workbench.PROFILE).goOn();
        var purge = ended();
        assertThat(Undo.isOffered(purge)).isTrue();
        Undo.ask(bench.desk(), purge, List.of());
        assertThat(ended().kind()).isEqualTo(JobKind.RESTORE);
        assertThat(contents()).isEqualTo(before);
        assertThat(bench.dialogs().told).isEmpty();
    }

    @Test
    void what_was_put_back_before_is_said_before_it_lies_there_twice() throws Exception {
        model(Workbench.PROFILE).goOn();
        var purge = ended();
        Undo.ask(bench.desk(), purge, List.of());
        var restored = ended();
        assertThat(bench.dialogs().asked.getLast().text()).doesNotContain("already");
        // As the status bar does while the window is open.
        try (var _ = bench.engine().jobs().changes().subscribe(_ -> {})) {
            await().until(() -> knows(restored));
            Undo.ask(bench.desk(), purge, List.of());
        }
        assertThat(bench.dialogs().asked.getLast().text()).contains(restored.id(), "already");
        ended();
    }

    private boolean knows(JobInfo job) {
        return bench.engine().jobs().changes().now().stream()
                .anyMatch(each -> each.id().equals(job.id()));
    }

    @Test
    void without_copies_the_name_is_asked_for_and_no_undo_is_offered() throws Exception {
        var model = model(Workbench.PROFILE);
        assertThat(model.confirmation().needsNameProperty().get()).isFalse();
        model.archivedProperty().set(false);
        assertThat(model.stepProperty().get()).as("the plan changed").isEqualTo(Step.WHAT);
        model.rehearse();
        assertThat(model.canStartProperty().get()).isFalse();
        model.confirmation().typedNameProperty().set(MAILS_DLQ);
        assertThat(model.canStartProperty().get()).isTrue();
        model.goOn();
        var purge = ended();
        assertThat(purge.removed()).isEqualTo(Workbench.EACH);
        assertThat(Undo.isOffered(purge)).isFalse();
    }

    @Test
    void production_asks_for_name_reason_and_unlock_and_the_undo_does_too() throws Exception {
        var model = model(Workbench.PRODUCTION);
        assertThat(model.confirmation().lockedProperty().get()).isTrue();
        model.confirmation().reasonProperty().set("mailboxes are gone");
        model.confirmation().unlock();
        assertThat(model.canStartProperty().get()).isFalse();
        model.confirmation().typedNameProperty().set(MAILS_DLQ);
        assertThat(model.canStartProperty().get()).isTrue();
        model.goOn();
        var purge = ended();
        assertThat(purge.removed()).isEqualTo(Workbench.EACH);

        bench.engine().brokers().lock(Workbench.PRODUCTION);
        Undo.ask(bench.desk(), purge, List.of());
        var asked = bench.dialogs().asked.getLast();
        assertThat(asked.mustType()).isEqualTo(MAILS_DLQ);
        assertThat(asked.asksReason()).isTrue();
        assertThat(asked.text()).contains("read-only");
        assertThat(ended().kind()).isEqualTo(JobKind.RESTORE);
        assertThat(bench.broker().messages(MAILS_DLQ)).hasSize(Workbench.EACH);
    }

    @Test
    void a_broker_that_is_away_is_said_on_the_sheet() {
        var model = model(Workbench.PROFILE);
        bench.broker().faults().unreachable();
        model.rehearse();
        assertThat(model.rehearsal().problemProperty().get()).isNotNull();
        assertThat(model.canStartProperty().get()).isFalse();
        bench.broker().faults().heal();
        model.goOn();
        assertThat(model.rehearsal().previewProperty().get()).isNotNull();
    }
}
