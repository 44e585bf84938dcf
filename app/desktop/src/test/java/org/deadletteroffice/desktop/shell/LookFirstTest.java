package org.deadletteroffice.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.deadletteroffice.desktop.OnWorkbench;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.memory.Flavour;
import org.deadletteroffice.memory.MemoryMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// By the example of a purge that is proposed where no message lies open.
class LookFirstTest extends OnWorkbench {
    private static final String COUNTING = "counting.dlq";
    private static final String FREE = "free.dlq";

    private BrokerTreeModel tree;

    @BeforeEach
    void open() throws Exception {
        bench.broker()
                .create(COUNTING, Flavour.COUNTING_QUEUE, 1, Integer.MAX_VALUE)
                .createQueue(FREE)
                .send(COUNTING, MemoryMessage.of("one"));
        tree = new BrokerTreeModel(bench.desk());
    }

    private void purge(String queue) {
        bench.navigation().closeSheet();
        tree.purge(bench.queue(Workbench.PROFILE, queue));
    }

    private boolean isProposed() {
        return bench.navigation().sheet().get() instanceof Sheet.Purge;
    }

    @Test
    void nobody_is_asked_where_looking_costs_nothing() {
        purge(FREE);
        assertThat(isProposed()).isTrue();
        assertThat(bench.dialogs().asked).isEmpty();
    }

    @Test
    void nothing_is_looked_at_before_the_operator_knows_the_cost_and_agrees() {
        bench.dialogs().agrees = false;
        purge(COUNTING);

        assertThat(isProposed()).isFalse();
        assertThat(bench.dialogs().asked)
                .singleElement()
                .satisfies(
                        asked ->
                                assertThat(asked.text())
                                        .startsWith("Each look counts as a delivery."));

        bench.dialogs().agrees = true;
        purge(COUNTING);
        assertThat(isProposed()).isTrue();
    }

    @Test
    void who_agreed_is_not_asked_again_nor_on_another_screen() {
        purge(COUNTING);
        purge(COUNTING);

        assertThat(bench.dialogs().asked).hasSize(1);
        bench.desk()
                .consent()
                .ask(bench.queue(Workbench.PROFILE, COUNTING), given -> assertThat(given).isTrue());
    }

    @Test
    void one_may_agree_for_the_profile() throws Exception {
        bench.dialogs().takesAlternative = true;
        purge(COUNTING);

        assertThat(isProposed()).isTrue();
        assertThat(bench.engine().profiles().alwaysLooks(Workbench.PROFILE)).isTrue();
    }

    @Test
    void a_cost_that_nobody_can_say_is_said_so_and_agreed_to_once_alone() {
        bench.broker().faults().unreachable();
        purge(COUNTING);
        assertThat(isProposed()).isTrue();
        assertThat(bench.dialogs().asked.getLast().text()).contains("could not be found out");

        bench.broker().faults().heal();
        purge(COUNTING);

        assertThat(bench.dialogs().asked).hasSize(2);
        assertThat(bench.dialogs().asked.getLast().text()).contains("counts as a delivery");
    }
}
