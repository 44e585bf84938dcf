package org.deadletteroffice.desktop.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.core.job.HeaderEdit;
import org.deadletteroffice.core.job.HeaderPolicy;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.OnWorkbench;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.desktop.plan.Step;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.memory.Flavour;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedriveModelTest extends OnWorkbench {
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
        assertThat(model.rehearsal().previewProperty().get().planned()).isEqualTo(2);
        assertThat(bench.broker().messages(ORDERS)).isEmpty();

        model.goOn();
        var job = bench.engine().jobs().list().getFirst();
        assertThat(bench.engine().jobs().await(job.id()).state()).isEqualTo(JobState.DONE);
        assertThat(bench.broker().messages(ORDERS)).hasSize(2);
        assertThat(bench.dialogs().said).anyMatch(sentence -> sentence.contains("started"));
    }

    @Test
    void a_plan_of_a_broker_that_its_profile_left_goes_no_further() throws Exception {
        var model = model(Workbench.PROFILE);
        model.rehearse();
        assertThat(model.canStartProperty().get()).isTrue();
        try (var elsewhere = MemoryBroker.named(bench.broker().name() + " elsewhere")) {
            elsewhere
                    .create(ORDERS_DLT, Flavour.COUNTING_QUEUE, 1, Integer.MAX_VALUE)
                    .send(ORDERS_DLT, MemoryMessage.of("other"));

            point(Workbench.PROFILE, elsewhere);

            assertThat(model.rehearsal().previewProperty().get()).isNull();
            assertThat(model.rehearsal().problemProperty().get().sentence())
                    .contains("reaches another broker by now");
            assertThat(model.blockedProperty().get()).isTrue();
            model.rehearse();
            model.goOn();
            model.form().keepTimestampProperty().set(true);
            model.rehearse();
            assertThat(model.rehearsal().previewProperty().get()).isNull();
            assertThat(model.rehearsal().problemProperty().get()).isNotNull();
            assertThat(elsewhere.messages(ORDERS_DLT))
                    .as("nobody looked there")
                    .allMatch(letter -> Integer.valueOf(0).equals(letter.deliveries()));
        }
    }

    @Test
    void a_destination_on_another_broker_than_rehearsed_is_rehearsed_anew() throws Exception {
        var model = model(Workbench.PROFILE);
        model.form().whereProperty().set(PlanForm.Where.QUEUE);
        model.form().profileProperty().set(Workbench.PRODUCTION);
        model.form().queueProperty().set(ORDERS);
        model.rehearse();
        assertThat(model.rehearsal().previewProperty().get()).isNotNull();
        try (var elsewhere = MemoryBroker.named(bench.broker().name() + " elsewhere")) {
            elsewhere.createQueue(ORDERS);

            point(Workbench.PRODUCTION, elsewhere);

            assertThat(model.rehearsal().previewProperty().get()).isNull();
            assertThat(model.rehearsal().problemProperty().get()).isNull();
            model.rehearse();
            assertThat(model.rehearsal().previewProperty().get()).isNotNull();
        }
    }

    private void point(String profile, MemoryBroker broker) throws Exception {
        var before = bench.engine().profiles().get(profile);
        var values = broker.settings().values();
        bench.engine()
                .profiles()
                .save(
                        Profile.of(before.name(), before.kind(), before.environment(), values),
                        Map.of());
    }

    @Test
    void the_rehearsal_is_written_to_a_file(@TempDir Path folder) throws Exception {
        var model = model(Workbench.PROFILE);
        var file = folder.resolve("rehearsal.json");
        model.exportTo(file);
        assertThat(file).doesNotExist();
        model.rehearse();
        model.exportTo(file);
        assertThat(Files.readString(file)).contains("\"planned\" : 2", ORDERS_DLT);
        assertThat(bench.dialogs().said).anyMatch(sentence -> sentence.contains("Wrote"));
    }

    @Test
    void any_change_of_the_plan_makes_the_rehearsal_void() {
        var model = model(Workbench.PROFILE);
        model.rehearse();
        assertThat(model.canStartProperty().get()).isTrue();
        model.form().keepTimestampProperty().set(true);
        assertThat(model.rehearsal().previewProperty().get()).isNull();
        assertThat(model.canStartProperty().get()).isFalse();
        assertThat(model.stepProperty().get()).isEqualTo(Step.WHERE);
    }

    @Test
    void production_asks_for_name_reason_and_unlock() {
        var model = model(Workbench.PRODUCTION);
        model.rehearse();
        assertThat(model.canStartProperty().get()).isFalse();
        assertThat(model.confirmation().lockedProperty().get()).isTrue();
        model.confirmation().reasonProperty().set("rolled back");
        model.confirmation().unlock();
        assertThat(model.confirmation().lockedProperty().get()).isFalse();
        assertThat(model.canStartProperty().get()).isFalse();
        model.confirmation().typedNameProperty().set(ORDERS);
        assertThat(model.canStartProperty().get()).isFalse();
        model.confirmation().typedNameProperty().set(ORDERS_DLT);
        assertThat(model.canStartProperty().get()).isTrue();
    }

    @Test
    void a_program_that_does_not_parse_is_said_at_its_field() {
        var model = model(Workbench.PROFILE);
        var repair = model.form().repair();
        repair.wayProperty().set(RepairForm.Way.JQ);
        repair.programProperty().set(".coupon = |");
        assertThat(model.programFaultProperty().get()).isNotEmpty();
        model.rehearse();
        assertThat(model.rehearsal().previewProperty().get()).isNull();
        repair.programProperty().set(".repaired = true");
        assertThat(model.programFaultProperty().get()).isEmpty();
        model.rehearse();
        assertThat(model.rehearsal().previewProperty().get().samples()).isNotEmpty();
    }

    @Test
    void a_destination_equal_to_the_source_is_refused_with_a_sentence() {
        var model = model(Workbench.PROFILE);
        model.form().whereProperty().set(PlanForm.Where.QUEUE);
        model.form().queueProperty().set(ORDERS_DLT);
        model.rehearse();
        assertThat(model.rehearsal().problemProperty().get()).isNotNull();
        assertThat(model.canStartProperty().get()).isFalse();
    }

    @Test
    void find_and_replace_shows_before_and_after_and_changes_nothing_else() throws Exception {
        var model = model(Workbench.PROFILE);
        var repair = model.form().repair();
        repair.wayProperty().set(RepairForm.Way.REPLACE);
        assertThat(model.faultProperty().get()).contains("text to find");
        repair.pathProperty().set(".sku");
        repair.findProperty().set("S-");
        repair.byProperty().set("SKU-");
        model.rehearse();
        var preview = model.rehearsal().previewProperty().get();
        assertThat(preview.samples())
                .allSatisfy(
                        sample ->
                                assertThat(sample.payload())
                                        .anyMatch(line -> line.text().contains("SKU-")));
        model.goOn();
        bench.engine().jobs().await(bench.engine().jobs().list().getFirst().id());
        assertThat(bench.broker().messages(ORDERS))
                .extracting(letter -> new String(letter.payload(), UTF_8))
                .contains("{\"orderId\":0,\"sku\":\"SKU-0\",\"quantity\":1}");
    }

    @Test
    void what_a_program_fails_on_is_said_with_its_ids() {
        var model = model(Workbench.PROFILE);
        var repair = model.form().repair();
        repair.wayProperty().set(RepairForm.Way.JQ);
        repair.programProperty().set("if .orderId == 0 then error(\"no\") else . end");
        model.rehearse();
        assertThat(model.rehearsal().previewProperty().get().excluded())
                .singleElement()
                .satisfies(
                        left -> {
                            assertThat(left.reason()).contains("the change failed on it");
                            assertThat(left.examples()).containsExactly(new MessageId("0-0"));
                        });
    }

    @Test
    void headers_are_shown_as_a_difference_and_kept_for_the_queue() {
        var model = model(Workbench.PROFILE);
        var headers = model.headers();
        assertThat(fate(headers, "traceparent").effect()).isEqualTo(HeaderFate.Effect.STAYS);
        assertThat(fate(headers, "kafka_dlt-exception-fqcn").effect())
                .isEqualTo(HeaderFate.Effect.GOES);
        assertThat(fate(headers, "x-redrive-id").effect()).isEqualTo(HeaderFate.Effect.ADDED);
        assertThat(headers.unkeptProperty().get()).isFalse();

        headers.drop("traceparent");
        headers.set("tenant", "eu");
        assertThat(fate(headers, "traceparent").effect()).isEqualTo(HeaderFate.Effect.GOES);
        headers.keep();
        assertThat(headers.unkeptProperty().get()).isFalse();

        var next = model(Workbench.PROFILE);
        assertThat(next.form().policy().edits())
                .containsExactly(
                        new HeaderEdit.Drop("traceparent"), new HeaderEdit.Set("tenant", "eu"));
        next.headers().takeBack("traceparent");
        assertThat(fate(next.headers(), "traceparent").effect()).isEqualTo(HeaderFate.Effect.STAYS);
        next.headers().forget();
        assertThat(next.form().policy()).isEqualTo(HeaderPolicy.PRESET);
        assertThat(model(Workbench.PROFILE).form().policy()).isEqualTo(HeaderPolicy.PRESET);
    }

    @Test
    void knows_the_reader_that_failed_among_those_who_get_the_messages() {
        assertThat(model(Workbench.PROFILE).failedReaders()).containsExactly("orders-service");
    }

    private static HeaderFate fate(HeaderPlan plan, String name) {
        return plan.fates().stream()
                .filter(fate -> fate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
