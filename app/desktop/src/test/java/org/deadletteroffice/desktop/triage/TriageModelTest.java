package org.deadletteroffice.desktop.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.MAILS_DLQ;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.query.SavedFilters.SavedFilter;
import org.deadletteroffice.desktop.OnWorkbench;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriageModelTest extends OnWorkbench {
    @TempDir Path folder;
    private TriageModel model;

    @BeforeEach
    void open() throws Exception {
        model = new TriageModel(bench.desk(), Clock.systemUTC());
        bench.navigation().open(new Place.Triage(bench.queue(Workbench.PROFILE, ORDERS_DLT), null));
    }

    @Test
    void reads_a_page_and_the_next_when_the_eye_comes_near_its_end() {
        assertThat(model.rows()).hasSize(PagedRows.PAGE);
        model.rows().get(PagedRows.PAGE - 1);
        assertThat(model.rows()).hasSize(2 * PagedRows.PAGE);
        model.rows().get(2 * PagedRows.PAGE - 1);
        assertThat(model.rows()).hasSize(Workbench.EACH);
        assertThat(model.rows().atEnd()).isTrue();
    }

    @Test
    void selects_the_newest_message_first() {
        assertThat(model.currentProperty().get()).isEqualTo(model.rows().peek(0));
        model.step(1);
        assertThat(model.currentProperty().get()).isEqualTo(model.rows().peek(1));
        model.step(-1);
        model.step(-1);
        assertThat(model.currentProperty().get()).isEqualTo(model.rows().peek(0));
    }

    @Test
    void an_act_is_about_what_is_ticked_else_the_group_else_the_filter_else_all() {
        assertThat(model.targetProperty().get().scope()).isInstanceOf(Scope.All.class);
        assertThat(model.targetProperty().get().count()).isEqualTo(Workbench.EACH);

        model.filter().textProperty().set("cause.type.contains(\"Socket\")");
        model.filter().apply();
        assertThat(model.targetProperty().get().scope()).isInstanceOf(Scope.Matching.class);

        model.filter().clear();
        var group = model.groups().rows().getLast();
        model.groups().choose(group);
        assertThat(model.targetProperty().get().scope())
                .isEqualTo(new Scope.GroupOf(group.fingerprint()));
        assertThat(model.targetProperty().get().count()).isEqualTo(group.count());

        model.tickCurrent();
        assertThat(model.targetProperty().get().scope()).isInstanceOf(Scope.Ids.class);
        assertThat(model.targetProperty().get().count()).isEqualTo(1);
    }

    @Test
    void a_move_by_the_broker_is_proposed_where_it_can_of_the_whole_queue() throws Exception {
        model.moveByBroker();
        assertThat(bench.navigation().sheet().get()).as("a log").isNull();

        var mails = bench.queue(Workbench.PROFILE, MAILS_DLQ);
        bench.navigation().open(new Place.Triage(mails, null));
        model.tickCurrent();
        model.moveByBroker();
        assertThat(bench.navigation().sheet().get()).isEqualTo(new Sheet.Move(mails));
    }

    @Test
    void words_within_a_group_become_the_messages_themselves() {
        model.filter().textProperty().set("order");
        model.filter().apply();
        var group = model.groups().rows().getLast();
        model.groups().choose(group);
        model.redrive();
        assertThat(bench.navigation().sheet().get())
                .isInstanceOfSatisfying(
                        Sheet.Redrive.class,
                        sheet -> {
                            assertThat(sheet.request().scope()).isInstanceOf(Scope.Ids.class);
                            assertThat(sheet.count()).isEqualTo(group.count());
                        });
    }

    @Test
    void a_purge_is_about_the_same_as_a_redrive() {
        var group = model.groups().rows().getLast();
        model.groups().choose(group);
        model.purge();
        assertThat(bench.navigation().sheet().get())
                .isInstanceOfSatisfying(
                        Sheet.Purge.class,
                        sheet -> {
                            assertThat(sheet.scope())
                                    .isEqualTo(new Scope.GroupOf(group.fingerprint()));
                            assertThat(sheet.count()).isEqualTo(group.count());
                        });
    }

    @Test
    void an_export_is_about_the_same_as_a_redrive() throws Exception {
        var group = model.groups().rows().getLast();
        model.groups().choose(group);
        var file = folder.resolve("group.jsonl");
        bench.dialogs().target = file;

        model.export();

        assertThat(Files.readAllLines(file)).hasSize((int) group.count());
        assertThat(bench.dialogs().said.getLast())
                .contains("Wrote " + group.count() + " message", file.toString());
    }

    @Test
    void two_ticked_messages_are_compared_the_older_on_the_left() {
        model.tickCurrent();
        model.compare();
        assertThat(bench.navigation().sheet().get()).as("one is no pair").isNull();
        model.step(1);
        model.tickCurrent();
        var older = model.currentProperty().get();
        model.compare();
        assertThat(bench.navigation().sheet().get())
                .isInstanceOfSatisfying(
                        Sheet.Compare.class,
                        sheet -> assertThat(sheet.left().letter().id()).isEqualTo(older.id()));
    }

    @Test
    void a_message_that_is_asked_for_is_shown_itself_whichever_way_the_list_runs() {
        var far = new MessageId("1-4");
        model.select(far);
        assertThat(model.currentProperty().get().id()).isEqualTo(far);
        assertThat(first().id()).isEqualTo(far);
        model.jumpOldest();
        var near = new MessageId("0-240");
        model.select(near);
        assertThat(model.currentProperty().get().id()).isEqualTo(near);
        assertThat(first().id()).isEqualTo(near);
    }

    @Test
    void shows_only_the_messages_of_the_group() {
        var group = model.groups().rows().getLast();
        model.groups().choose(group);
        assertThat(model.rows().held())
                .isNotEmpty()
                .allMatch(row -> row.message().fingerprint().equals(group.fingerprint()));
        model.groups().choose(null);
        assertThat(model.rows()).hasSize(PagedRows.PAGE);
    }

    @Test
    void filters_are_saved_by_name_for_every_queue_and_for_the_command_line() {
        model.keptFilters().save("many", "payload.quantity > 2.0");
        model.keptFilters().save("stock", "SKU");
        var again = new TriageModel(bench.desk(), Clock.systemUTC()).keptFilters();
        assertThat(again.all())
                .containsExactly(
                        new SavedFilter("many", "payload.quantity > 2.0"),
                        new SavedFilter("stock", "SKU"));
        assertThat(bench.engine().filters().all()).hasSize(2);
        again.remove("stock");
        assertThat(again.all()).extracting(SavedFilter::name).containsExactly("many");
        again.save("not a name", "SKU");
        assertThat(bench.dialogs().told.getLast().sentence()).contains("no name for a filter");
    }

    @Test
    void a_wrong_filter_changes_nothing_but_says_what_is_wrong() {
        model.filter().textProperty().set("cause.type == ");
        model.filter().apply();
        assertThat(model.filter().problemProperty().get()).isNotNull();
        assertThat(model.filter().problemProperty().get().getMessage()).doesNotContain("EOF");
        assertThat(model.rows()).hasSize(PagedRows.PAGE);
    }

    @Test
    void counts_what_arrives_and_leaves_the_list_alone() {
        bench.broker().send(ORDERS_DLT, MemoryMessage.of("k", "{}"), MemoryMessage.of("k", "{}"));
        model.list().checkNews();
        assertThat(model.list().newsProperty().get()).isEqualTo(2);
        assertThat(model.rows()).hasSize(PagedRows.PAGE);
        model.refresh();
        assertThat(model.list().newsProperty().get()).isZero();
    }

    @Test
    void jumps_to_a_moment_and_to_either_end() {
        assertThat(model.jumpTo("2026-01-31T07:00:00Z")).isTrue();
        assertThat(first().message().letter().timestamp()).isBefore("2026-01-31T07:00:00Z");
        assertThat(model.jumpTo("sometime")).isFalse();
        model.jumpOldest();
        assertThat(first().id()).isEqualTo(new MessageId("0-0"));
    }

    private MessageRow first() {
        return java.util.Objects.requireNonNull(model.rows().peek(0));
    }

    @Test
    void a_broker_that_is_away_is_a_problem_to_try_again() {
        bench.broker().faults().unreachable();
        model.refresh();
        assertThat(model.list().problemProperty().get())
                .isNotNull()
                .extracting(Problem::kind)
                .isEqualTo(Problem.Kind.AWAY);
        bench.broker().faults().heal();
        model.refresh();
        assertThat(model.list().problemProperty().get()).isNull();
        assertThat(model.rows()).isNotEmpty();
    }
}
