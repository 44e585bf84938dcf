package org.deadletteroffice.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.desktop.ModelTest;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.Test;

class PaletteModelTest extends ModelTest {
    private final AtomicInteger ran = new AtomicInteger();

    private PaletteModel model() {
        return new PaletteModel(
                desk,
                List.of(
                        new PaletteModel.Hit(
                                PaletteModel.Kind.SCREEN, "Go to Jobs", "", "Ctrl+3", () -> {}),
                        new PaletteModel.Hit(
                                PaletteModel.Kind.ACT,
                                "Connect a broker",
                                "",
                                "Ctrl+N",
                                ran::incrementAndGet)));
    }

    @Test
    void offers_every_act_before_a_letter_is_typed() {
        var model = model();
        model.search();
        assertThat(model.hits())
                .extracting(PaletteModel.Hit::name)
                .containsExactly("Go to Jobs", "Connect a broker");
    }

    @Test
    void finds_an_act_by_parts_of_its_words() {
        var model = model();
        model.queryProperty().set("brok con");
        assertThat(model.hits().getFirst().name()).isEqualTo("Connect a broker");
        model.hits().getFirst().act().run();
        assertThat(ran.get()).isEqualTo(1);
    }

    @Test
    void what_nobody_knows_can_be_sought_in_the_audit_trail() {
        var model = model();
        model.queryProperty().set("OPS-4711");
        model.hits().getLast().act().run();
        assertThat(desk.navigation().place().get()).isEqualTo(new Place.Audit("OPS-4711"));
    }

    @Test
    void finds_a_message_by_its_id_in_whatever_dead_letter_queue_holds_it() throws Exception {
        saved("dev", Environment.DEVELOPMENT);
        broker.send("orders-dlt", MemoryMessage.of("{}"), MemoryMessage.of("{}"));
        var queue = broker.ref("dev", "orders-dlt");
        try (var _ = engine.metrics().states().subscribe(_ -> {})) {
            engine.metrics().watch(Duration.ofMinutes(1));
            await().until(
                            () ->
                                    engine.metrics().states().now().stream()
                                            .anyMatch(state -> !state.queues().isEmpty()));
            var model = model();
            model.queryProperty().set("0-1");
            assertThat(model.hits().getFirst().name()).isEqualTo("Message 0-1 in orders-dlt");
            model.hits().getFirst().act().run();
            assertThat(desk.navigation().place().get())
                    .isEqualTo(new Place.Triage(queue, new MessageId("0-1")));
            model.queryProperty().set("0-2");
            assertThat(model.hits()).noneMatch(hit -> hit.kind() == PaletteModel.Kind.MESSAGE);
        }
    }
}
