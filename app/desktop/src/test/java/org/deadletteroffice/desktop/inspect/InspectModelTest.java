package org.deadletteroffice.desktop.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.INVOICES_DLQ;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.deadletteroffice.core.browse.BrowseRequest;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.desktop.OnWorkbench;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.desktop.payload.HeaderText;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.text.Vanishing;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InspectModelTest extends OnWorkbench {
    private InspectModel model;

    @BeforeEach
    void open() throws Exception {
        model = new InspectModel(bench.desk(), Clock.systemUTC());
    }

    private MessageView newest() throws Exception {
        return newest(ORDERS_DLT);
    }

    private MessageView newest(String queue) throws Exception {
        return bench.engine()
                .messages()
                .browse(BrowseRequest.newest(bench.queue(Workbench.PROFILE, queue), 1))
                .messages()
                .getFirst();
    }

    @Test
    void says_the_cause_before_anything_else() throws Exception {
        model.show(newest());
        assertThat(model.causeProperty().get().type()).isNotBlank();
        assertThat(model.causeProperty().get().fullType()).contains(".");
        assertThat(model.causeProperty().get().sentence()).contains("consumer orders-service");
        assertThat(model.history()).isNotEmpty();
        assertThat(model.destination()).isEqualTo("orders");
    }

    @Test
    void says_how_long_the_broker_still_keeps_a_message() throws Exception {
        var message = newest();
        model.show(message);
        assertThat(model.left()).as("as long as nothing is known of the queue").isNull();
        var age = Duration.between(message.letter().timestamp(), Instant.now());

        model.queueProperty()
                .set(
                        new QueueInfo(
                                message.letter().queue(),
                                "",
                                QueueRole.DEAD_LETTER,
                                Count.exact(1),
                                null,
                                null,
                                null,
                                null,
                                List.of(),
                                List.of(),
                                1,
                                age.plusHours(2),
                                null));

        var left = Objects.requireNonNull(model.left());
        assertThat(left).isBetween(Duration.ofMinutes(115), Duration.ofMinutes(120));
        assertThat(Vanishing.words(left)).startsWith("vanishes in 1 h");
        assertThat(Vanishing.isSoon(left)).isTrue();
    }

    @Test
    void marks_the_headers_that_a_redrive_leaves_behind() throws Exception {
        model.show(newest());
        assertThat(model.headers())
                .filteredOn(HeaderRow::ofFailure)
                .extracting(row -> row.text().name())
                .isNotEmpty()
                .allMatch(name -> name.startsWith("kafka_dlt-"));
    }

    @Test
    void shows_the_same_payload_in_every_mode() throws Exception {
        model.show(newest());
        for (var mode : PayloadMode.values()) {
            model.modeProperty().set(mode);
            assertThat(model.shownProperty().get().text()).as(mode.words()).isNotBlank();
        }
        assertThat(model.shownProperty().get().syntax()).isEqualTo(Shown.Syntax.HEX);
    }

    @Test
    void a_tombstone_and_an_empty_payload_are_said_in_words() throws Exception {
        bench.broker().send(ORDERS_DLT, MemoryMessage.of((byte[]) null).withKey(new byte[] {1}));
        model.show(newest());
        assertThat(model.emptyReasonProperty().get()).contains("tombstone");
        bench.broker().send(ORDERS_DLT, MemoryMessage.of(new byte[0]));
        model.show(newest());
        assertThat(model.emptyReasonProperty().get()).contains("empty");
    }

    @Test
    void tells_null_from_empty_headers() throws Exception {
        bench.broker()
                .send(
                        ORDERS_DLT,
                        MemoryMessage.of("{}")
                                .with(
                                        Headers.of(
                                                new Header("a", null),
                                                new Header("b", new byte[0]))));
        model.show(newest());
        assertThat(model.headers())
                .extracting(row -> row.text().kind())
                .containsExactly(HeaderText.Kind.NULL, HeaderText.Kind.EMPTY);
        assertThat(model.causeProperty().get().type()).isEqualTo("No cause found");
    }

    @Test
    void another_decoder_can_be_asked_for() throws Exception {
        model.show(newest());
        assertThat(model.decoders()).contains(InspectModel.AUTO, "text");
        model.decoderProperty().set("text");
        assertThat(model.messageProperty().get().decoder()).isEqualTo("text");
        model.decoderProperty().set(InspectModel.AUTO);
        assertThat(model.messageProperty().get().decoder()).isNotEqualTo("text");
    }

    @Test
    void a_replay_is_proposed_and_not_done() throws Exception {
        var message = newest();
        model.show(message);
        model.acts().replay();
        assertThat(bench.navigation().sheet().get())
                .isInstanceOfSatisfying(
                        Sheet.Redrive.class, sheet -> assertThat(sheet.count()).isEqualTo(1));
        assertThat(bench.broker().messages("orders")).isEmpty();
    }

    @Test
    void a_decoder_chosen_by_hand_is_for_this_queue_and_can_be_kept_for_it() throws Exception {
        model.show(newest());
        assertThat(model.format()).isEqualTo("json");
        model.decoderProperty().set("text");
        assertThat(model.format()).isEqualTo("text");
        assertThat(model.keptDecoderProperty().get()).isEqualTo(InspectModel.AUTO);
        model.keepDecoder();
        assertThat(bench.dialogs().said.getLast()).contains(ORDERS_DLT, "read as text");
        assertThat(newest().decoder()).as("every list reads it so").isEqualTo("text");

        model.show(newest(INVOICES_DLQ));
        assertThat(model.decoderProperty().get()).isEqualTo(InspectModel.AUTO);
        model.show(newest());
        assertThat(model.decoderProperty().get()).isEqualTo("text");
        model.decoderProperty().set(InspectModel.AUTO);
        model.keepDecoder();
        assertThat(newest().decoder()).isEqualTo("json");
    }
}
