package org.deadletteroffice.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.core.metrics.BrokerState;
import org.deadletteroffice.core.metrics.BrokerState.Status;
import org.deadletteroffice.core.metrics.Sample;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.ModelTest;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.message.QueueRole;
import org.junit.jupiter.api.Test;

class BrokerTreeModelTest extends ModelTest {
    private static Profile profile(String name, Environment environment) {
        return Profile.of(name, "memory", environment, Map.of());
    }

    private static QueueInfo queue(String profile, String name, QueueRole role, long depth) {
        return QueueInfo.of(
                new QueueRef(profile, name, QueueKind.TOPIC), name, role, Count.exact(depth));
    }

    private static BrokerState connected(Profile profile, QueueInfo... queues) {
        return new BrokerState(
                profile, Status.CONNECTED, List.of(queues), List.of(), null, null, Instant.EPOCH);
    }

    private static List<String> lines(BrokerTreeModel model) {
        return model.rows().stream()
                .map(
                        row ->
                                switch (row) {
                                    case TreeRow.Heading heading -> heading.environment().name();
                                    case TreeRow.Broker broker -> broker.profile().name();
                                    case TreeRow.Queue queue ->
                                            queue.ref().name() + " " + queue.depth();
                                    case TreeRow.Trouble trouble -> "! " + trouble.sentence();
                                    case TreeRow.Note note -> "- " + note.text();
                                })
                .toList();
    }

    private BrokerTreeModel filled() {
        var model = new BrokerTreeModel(desk);
        var stg = profile("stg", Environment.STAGING);
        var prod = profile("prod", Environment.PRODUCTION);
        model.show(
                List.of(
                        connected(stg),
                        connected(
                                prod,
                                queue("prod", "orders", QueueRole.SOURCE, 9_000),
                                queue("prod", "mail.dlq", QueueRole.DEAD_LETTER, 6),
                                queue("prod", "orders-dlt", QueueRole.DEAD_LETTER, 18_204))));
        return model;
    }

    @Test
    void production_stands_first_and_the_deepest_queue_above_the_others() {
        assertThat(lines(filled()))
                .containsExactly(
                        "PRODUCTION",
                        "prod",
                        "orders-dlt 18,204",
                        "mail.dlq 6",
                        "STAGING",
                        "stg",
                        "- No dead-letter queues found");
    }

    @Test
    void the_foot_counts_dead_letters_alone() {
        assertThat(filled().summaryProperty().get())
                .isEqualTo("2 dead-letter queues · 18,210 messages");
    }

    @Test
    void all_queues_are_listed_on_request() {
        var model = filled();
        model.allQueuesProperty().set(true);
        assertThat(lines(model)).contains("orders 9,000").contains("- No queues");
    }

    @Test
    void the_filter_leaves_what_has_all_its_words() {
        var model = filled();
        model.filterProperty().set("ord dlt");
        assertThat(lines(model)).containsExactly("PRODUCTION", "prod", "orders-dlt 18,204");
        model.filterProperty().set("stg");
        assertThat(lines(model)).first().isEqualTo("STAGING");
    }

    @Test
    void a_closed_broker_stays_closed_until_it_is_opened() {
        var model = filled();
        var prod = profile("prod", Environment.PRODUCTION);
        model.toggle(prod);
        assertThat(lines(model)).doesNotContain("orders-dlt 18,204");
        model.toggle(prod);
        assertThat(lines(model)).contains("orders-dlt 18,204");
    }

    @Test
    void trouble_stands_under_its_broker_with_the_way_to_mend_it() {
        var model = new BrokerTreeModel(desk);
        var prod = profile("prod", Environment.PRODUCTION);
        model.show(
                List.of(
                        new BrokerState(
                                prod,
                                Status.FAILED,
                                List.of(),
                                List.of(),
                                "b1:9092 does not answer.",
                                "Start it.",
                                null)));
        assertThat(lines(model))
                .containsExactly("PRODUCTION", "prod", "! b1:9092 does not answer.");
        model.open(model.rows().getLast());
        assertThat(desk.navigation().sheet().get()).isEqualTo(new Sheet.Connect(prod));
    }

    @Test
    void opening_a_queue_goes_to_triage_and_its_row_follows() {
        var model = filled();
        var row = model.rows().get(2);
        model.open(row);
        var place = desk.navigation().place().get();
        assertThat(place)
                .isEqualTo(
                        new Place.Triage(
                                new QueueRef("prod", "orders-dlt", QueueKind.TOPIC), null));
        assertThat(model.rowOf(place)).isEqualTo(row);
    }

    @Test
    void marking_a_queue_is_remembered_in_the_profile() throws Exception {
        saved("prod", Environment.DEVELOPMENT);
        var model = new BrokerTreeModel(desk);
        model.mark(new QueueRef("prod", "orders.retry", QueueKind.TOPIC), true);
        assertThat(dialogs.told).isEmpty();
        assertThat(engine.profiles().get("prod").marks()).containsEntry("orders.retry", true);
    }

    @Test
    void a_profile_is_removed_after_asking() throws Exception {
        var profile = saved("prod", Environment.DEVELOPMENT);
        new BrokerTreeModel(desk).remove(profile);
        assertThat(dialogs.asked).singleElement().matches(Dialogs.Question::dangerous);
        assertThat(engine.profiles().all()).isEmpty();
    }

    @Test
    void unlocking_asks_for_the_reason_and_lasts_a_while() throws Exception {
        var profile = saved("prod", Environment.PRODUCTION);
        var model = new BrokerTreeModel(desk);
        model.unlock(profile);
        assertThat(dialogs.asked).singleElement().matches(Dialogs.Question::asksReason);
        assertThat(engine.brokers().unlockedUntil("prod")).isPresent();
        model.lock(profile);
        assertThat(engine.brokers().unlockedUntil("prod")).isEmpty();
    }

    @Test
    void growing_is_urgent_and_many_is_worth_a_look() {
        assertThat(BrokerTreeModel.tone(0, List.of(1d, 0d))).isEqualTo(Tone.NEUTRAL);
        assertThat(BrokerTreeModel.tone(5, List.of(1d, 5d))).isEqualTo(Tone.DANGER);
        assertThat(BrokerTreeModel.tone(500, List.of(500d, 500d))).isEqualTo(Tone.WARNING);
        assertThat(BrokerTreeModel.tone(5, List.of())).isEqualTo(Tone.NEUTRAL);
    }

    @Test
    void a_trend_keeps_its_ends_however_many_samples_there_are() {
        var samples =
                java.util.stream.LongStream.range(0, 500)
                        .mapToObj(i -> new Sample(Instant.ofEpochSecond(i), i))
                        .toList();
        var thin = BrokerTreeModel.thinned(samples);
        assertThat(thin).hasSize(24).isSorted().startsWith(0d).endsWith(499d);
        assertThat(BrokerTreeModel.thinned(samples.subList(0, 1))).containsExactly(0d);
    }
}
