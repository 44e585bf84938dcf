package org.deadletteroffice.desktop.edit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;

import java.util.Map;
import org.deadletteroffice.core.browse.BrowseRequest;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.edit.DiffLine;
import org.deadletteroffice.core.job.Change;
import org.deadletteroffice.core.job.HeaderEdit;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.OnWorkbench;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.memory.MemoryBroker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EditModelTest extends OnWorkbench {
    private MessageView message;
    private EditModel model;

    @BeforeEach
    void open() throws Exception {
        message =
                bench.engine()
                        .messages()
                        .browse(BrowseRequest.newest(bench.queue(Workbench.PROFILE, ORDERS_DLT), 1))
                        .messages()
                        .getFirst();
        model = new EditModel(bench.desk(), message);
    }

    private RedriveRequest proposed() {
        model.replay();
        return ((Sheet.Redrive) bench.navigation().sheet().get()).request();
    }

    @Test
    void an_untouched_message_goes_as_it_is() {
        assertThat(model.readyProperty().get()).isTrue();
        assertThat(model.changedProperty().get()).isFalse();
        assertThat(proposed().change()).isInstanceOf(Change.None.class);
        assertThat(proposed().headers().edits()).isEmpty();
        assertThat(proposed().replaceKey()).isNull();
    }

    @Test
    void is_not_sent_in_place_of_the_message_of_its_name_on_another_broker() throws Exception {
        var before = bench.engine().profiles().get(Workbench.PROFILE);
        try (var elsewhere = MemoryBroker.named(bench.broker().name() + " elsewhere")) {
            bench.engine()
                    .profiles()
                    .save(
                            Profile.of(
                                    before.name(),
                                    before.kind(),
                                    before.environment(),
                                    elsewhere.settings().values()),
                            Map.of());

            model.replay();

            assertThat(model.isElsewhere()).isTrue();
            assertThat(bench.navigation().sheet().get()).isNull();
            assertThat(bench.dialogs().told)
                    .singleElement()
                    .satisfies(
                            told ->
                                    assertThat(told.sentence())
                                            .contains("reaches another broker by now"));
        }
        bench.engine().profiles().save(before, Map.of());
        assertThat(proposed().change()).isInstanceOf(Change.None.class);
    }

    @Test
    void an_edit_is_compared_and_encoded_in_the_style_it_came() {
        model.textProperty().set(model.textProperty().get().replace("\"quantity\"", "\"count\""));
        assertThat(model.readyProperty().get()).isFalse();
        model.check();
        assertThat(model.readyProperty().get()).isTrue();
        assertThat(model.diff())
                .extracting(DiffLine::kind)
                .contains(DiffLine.Kind.ADDED, DiffLine.Kind.REMOVED);
        assertThat(proposed().change())
                .isInstanceOfSatisfying(
                        Change.Payload.class,
                        change ->
                                assertThat(new String(change.bytes(), UTF_8))
                                        .isEqualTo(
                                                new String(message.letter().payload(), UTF_8)
                                                        .replace("quantity", "count")));
    }

    @Test
    void what_cannot_be_encoded_is_said_with_its_place_and_not_sent() {
        model.textProperty().set("{\n  \"orderId\": \n}");
        model.check();
        assertThat(model.readyProperty().get()).isFalse();
        assertThat(model.faultProperty().get()).isNotNull();
        assertThat(model.faultProperty().get().line()).isPositive();
        model.replay();
        assertThat(bench.navigation().sheet().get()).isNull();
        model.revert();
        assertThat(model.readyProperty().get()).isTrue();
        assertThat(model.faultProperty().get()).isNull();
    }

    @Test
    void headers_and_key_are_changed_by_name() {
        assertThat(model.headers())
                .extracting(field -> field.nameProperty().get())
                .contains("traceparent")
                .noneMatch(name -> name.startsWith("kafka_dlt-"));
        model.headers().getFirst().valueProperty().set("changed");
        model.addHeader();
        model.headers().getLast().nameProperty().set("repaired-by");
        model.headers().getLast().valueProperty().set("hand");
        model.keyProperty().set("another-key");
        model.check();
        assertThat(model.changesProperty().get()).isEqualTo(3);
        var request = proposed();
        assertThat(request.headers().edits())
                .contains(
                        new HeaderEdit.Set(
                                model.headers().getFirst().nameProperty().get(), "changed"),
                        new HeaderEdit.Set("repaired-by", "hand"));
        assertThat(request.replaceKey()).isEqualTo("another-key".getBytes(UTF_8));
    }

    @Test
    void a_dropped_header_can_be_taken_back() {
        var field = model.headers().getFirst();
        model.removeHeader(field);
        model.check();
        assertThat(proposed().headers().edits())
                .containsExactly(new HeaderEdit.Drop(field.nameProperty().get()));
        model.removeHeader(field);
        model.check();
        assertThat(proposed().headers().edits()).isEmpty();
    }
}
