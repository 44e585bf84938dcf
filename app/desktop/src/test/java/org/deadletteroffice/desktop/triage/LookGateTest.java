package org.deadletteroffice.desktop.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.OnWorkbench;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.memory.Flavour;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LookGateTest extends OnWorkbench {
    private static final String COUNTING = "counting.dlq";
    private static final String FREE = "free.dlq";

    private TriageModel model;

    @BeforeEach
    void open() throws Exception {
        bench.broker()
                .create(COUNTING, Flavour.COUNTING_QUEUE, 1, Integer.MAX_VALUE)
                .createQueue(FREE);
        for (var queue : new String[] {COUNTING, FREE}) {
            bench.broker().send(queue, MemoryMessage.of("one"), MemoryMessage.of("two"));
        }
        model = new TriageModel(bench.desk(), Clock.systemUTC());
    }

    private void approach(String queue) {
        bench.navigation().open(new Place.Triage(bench.queue(Workbench.PROFILE, queue), null));
    }

    private Looking looking() {
        return model.gate().lookingProperty().get();
    }

    @Test
    void is_open_where_looking_costs_nothing() {
        approach(FREE);
        assertThat(looking()).isEqualTo(Looking.ALLOWED);
        assertThat(model.rows()).hasSize(2);
    }

    @Test
    void opens_when_the_operator_knows_the_cost_and_looks() {
        approach(COUNTING);
        assertThat(looking()).isEqualTo(Looking.ASKED);
        assertThat(model.gate().isUnpriced()).isFalse();
        model.refresh();
        assertThat(model.rows()).isEmpty();

        model.gate().agree();

        assertThat(looking()).isEqualTo(Looking.ALLOWED);
        assertThat(model.rows()).hasSize(2);
    }

    /// The broker is asked, and answers too late or says no.
    @Test
    void stays_shut_while_nobody_says_what_looking_costs() {
        bench.broker().faults().unreachable();
        approach(COUNTING);
        assertThat(looking()).isEqualTo(Looking.ASKED);
        assertThat(model.gate().isUnpriced()).isTrue();
        assertThat(model.facts().costProblemProperty().get())
                .isNotNull()
                .extracting(Problem::kind)
                .isEqualTo(Problem.Kind.AWAY);

        bench.broker().faults().heal();
        model.refresh();

        assertThat(model.gate().isUnpriced()).isFalse();
        assertThat(looking()).as("the cost is known now").isEqualTo(Looking.ASKED);
        assertThat(model.facts().costProperty().get()).isNotEmpty();
        assertThat(model.rows()).isEmpty();
    }

    @Test
    void opens_by_itself_once_the_broker_says_that_looking_costs_nothing() {
        bench.broker().faults().unreachable();
        approach(FREE);
        assertThat(looking()).isEqualTo(Looking.ASKED);

        bench.broker().faults().heal();
        model.gate().askAgain();

        assertThat(looking()).isEqualTo(Looking.ALLOWED);
        assertThat(model.rows()).hasSize(2);
    }

    @Test
    void lets_an_operator_look_who_does_not_mind_the_cost() {
        bench.broker().faults().unreachable();
        approach(COUNTING);
        bench.broker().faults().heal();

        model.gate().agree();

        assertThat(looking()).isEqualTo(Looking.ALLOWED);
        assertThat(model.rows()).hasSize(2);

        approach(FREE);
        approach(COUNTING);
        assertThat(model.gate().isUnpriced()).isFalse();
        assertThat(looking()).as("nobody agreed to this cost").isEqualTo(Looking.ASKED);
    }

    @Test
    void is_asked_anew_when_the_profile_is_pointed_at_another_broker() throws Exception {
        approach(COUNTING);
        model.gate().agree();
        assertThat(model.rows()).hasSize(2);
        try (var elsewhere = MemoryBroker.named(bench.broker().name() + " elsewhere")) {
            elsewhere
                    .create(COUNTING, Flavour.COUNTING_QUEUE, 1, Integer.MAX_VALUE)
                    .send(COUNTING, MemoryMessage.of("three"));

            save(elsewhere.settings().values());

            assertThat(looking()).isEqualTo(Looking.ASKED);
            assertThat(model.rows()).as("those of the broker before").isEmpty();
            model.refresh();
            assertThat(elsewhere.messages(COUNTING))
                    .as("nobody looked there")
                    .allMatch(letter -> Integer.valueOf(0).equals(letter.deliveries()));

            model.gate().agree();
            assertThat(model.rows()).hasSize(1);
        }
    }

    @Test
    void stays_open_while_the_profile_reaches_its_broker_as_before() throws Exception {
        approach(COUNTING);
        model.gate().agree();

        bench.engine().profiles().mark(Workbench.PROFILE, FREE, true);

        assertThat(looking()).isEqualTo(Looking.ALLOWED);
        assertThat(model.rows()).hasSize(2);
    }

    private void save(Map<String, String> values) throws Exception {
        var before = bench.engine().profiles().get(Workbench.PROFILE);
        var profile = Profile.of(before.name(), before.kind(), before.environment(), values);
        bench.engine().profiles().save(profile, Map.of());
    }

    @Test
    void takes_a_look_at_no_known_cost_for_no_consent_to_all_of_the_profile() throws Exception {
        bench.broker().faults().unreachable();
        approach(COUNTING);
        bench.broker().faults().heal();

        model.gate().agreeForProfile();

        assertThat(looking()).isEqualTo(Looking.ALLOWED);
        assertThat(bench.engine().profiles().alwaysLooks(Workbench.PROFILE)).isFalse();
    }
}
