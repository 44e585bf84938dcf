package org.deadletteroffice.desktop.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.deadletteroffice.core.job.Change;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;

class PlanFormTest {
    private static final QueueRef QUEUE = new QueueRef("payments", "orders-dlt", QueueKind.TOPIC);
    private final RedriveRequest draft = RedriveRequest.toOrigin(QUEUE, new Scope.All());
    private final PlanForm form = new PlanForm(draft);

    @Test
    void an_untouched_form_asks_for_what_was_proposed() {
        assertThat(form.fault()).isNull();
        assertThat(form.request(null, "")).isEqualTo(draft);
    }

    @Test
    void says_all_that_was_filled_in() {
        form.whereProperty().set(PlanForm.Where.QUEUE);
        form.queueProperty().set("orders.repaired");
        form.profileProperty().set("staging");
        form.repair().wayProperty().set(RepairForm.Way.JQ);
        form.repair().programProperty().set("del(.coupon)");
        form.perSecondProperty().set("500");
        form.canaryProperty().set("50");
        form.keepTimestampProperty().set(true);
        var until = new Cursor.Token("end");
        var request = form.request(until, "coupon rolled back");
        assertThat(request.destination()).isEqualTo("orders.repaired");
        assertThat(request.destinationProfile()).isEqualTo("staging");
        assertThat(request.change()).isEqualTo(new Change.Jq("del(.coupon)"));
        assertThat(request.pace())
                .isEqualTo(new Pace(500.0, new Pace.Canary(50, Duration.ofSeconds(60), 0.05)));
        assertThat(request.headers().keepTimestamp()).isTrue();
        assertThat(request.until()).isEqualTo(until);
        assertThat(request.reason()).isEqualTo("coupon rolled back");
    }

    @Test
    void an_error_budget_is_read_and_checked() {
        assertThat(form.request(null, "").pace().budget()).isNull();
        form.refusalsProperty().set("20");
        assertThat(form.request(null, "").pace().budget())
                .isEqualTo(new Pace.ErrorBudget(20, null));
        form.refusalsOfProperty().set("1000");
        assertThat(form.fault()).isNull();
        assertThat(form.request(null, "").pace().budget())
                .isEqualTo(new Pace.ErrorBudget(20, 1000));
        form.refusalsOfProperty().set("20");
        assertThat(form.fault()).contains("more than may be refused");
        form.refusalsProperty().set("some");
        assertThat(form.fault()).contains("may be refused is a number");
    }

    @Test
    void overtaken_messages_are_asked_for() {
        assertThat(form.request(null, "").includeOvertaken()).isFalse();
        form.includeOvertakenProperty().set(true);
        assertThat(form.request(null, "").includeOvertaken()).isTrue();
    }

    @Test
    void names_the_field_that_is_wrong() {
        form.whereProperty().set(PlanForm.Where.QUEUE);
        assertThat(form.fault()).contains("Name the queue");
        form.queueProperty().set("orders");
        form.perSecondProperty().set("fast");
        assertThat(form.fault()).contains("pace");
        form.perSecondProperty().set("");
        form.canaryProperty().set("10");
        form.shareProperty().set("120");
        assertThat(form.fault()).contains("percent");
    }

    @Test
    void an_edited_payload_stays_edited() {
        var edited =
                new PlanForm(
                        RedriveRequest.of(QUEUE, new Scope.Ids(List.of()))
                                .change(new Change.Payload(new byte[] {1}))
                                .maxReturns(3)
                                .build());
        assertThat(edited.repair().isEdited()).isTrue();
        assertThat(edited.request(null, "").change()).isInstanceOf(Change.Payload.class);
    }
}
