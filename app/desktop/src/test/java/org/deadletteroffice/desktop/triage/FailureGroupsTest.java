package org.deadletteroffice.desktop.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.deadletteroffice.core.browse.FailureGroup;
import org.deadletteroffice.core.browse.Groups;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.desktop.OnWorkbench;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.desktop.fx.Background;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureGroupsTest extends OnWorkbench {
    private final List<Groups> counted = new ArrayList<>();
    private final AtomicInteger chosenAnew = new AtomicInteger();
    private FailureGroups groups;

    @BeforeEach
    void open() throws Exception {
        groups =
                new FailureGroups(
                        bench.engine().messages(),
                        Background.onCallingThread(),
                        Clock.systemUTC(),
                        counted::add,
                        chosenAnew::incrementAndGet);
    }

    private void read(Filter filter) {
        groups.read(bench.queue(Workbench.PROFILE, ORDERS_DLT), filter, false);
    }

    @Test
    void groups_equal_failures_and_counts_them() {
        read(Filter.all());
        assertThat(groups.rows())
                .extracting(GroupRow::type)
                .containsExactly("OutOfStockException", "SocketTimeoutException");
        assertThat(groups.rows().stream().mapToLong(GroupRow::count).sum())
                .isEqualTo(Workbench.EACH);
        assertThat(groups.matchedProperty().get()).isEqualTo(Workbench.EACH);
        assertThat(groups.matchingProperty().get()).startsWith("250 messages");
        assertThat(groups.areExact()).isTrue();
        assertThat(counted.getLast().groups()).hasSize(2);
    }

    @Test
    void a_row_tells_which_share_came_back() {
        read(Filter.all());
        var group = groups.rows().getFirst().group();

        assertThat(cameBack(group, null)).isNull();
        assertThat(cameBack(group, 0.0)).isNull();
        assertThat(cameBack(group, 0.5)).isEqualTo("50 % came back");
    }

    private static @Nullable String cameBack(FailureGroup group, @Nullable Double share) {
        return GroupRow.of(
                        new FailureGroup(
                                group.fingerprint(),
                                group.type(),
                                group.message(),
                                group.count(),
                                group.first(),
                                group.last(),
                                group.origins(),
                                share,
                                group.poison(),
                                group.trend(),
                                group.sample()),
                        Clock.systemUTC())
                .cameBack();
    }

    @Test
    void a_group_is_chosen_once_and_stays_chosen_when_read_again() {
        read(Filter.all());
        var group = groups.rows().getLast();
        groups.choose(group);
        groups.choose(group);
        read(Filter.all());
        assertThat(groups.chosenFingerprint()).isEqualTo(group.fingerprint());
        assertThat(chosenAnew).hasValue(1);
    }

    @Test
    void a_group_that_nothing_matches_any_more_is_left() throws Exception {
        read(Filter.all());
        groups.choose(groups.rows().getLast());
        read(Filter.parse("cause.type.contains(\"OutOfStock\")"));
        assertThat(groups.chosenProperty().get()).isNull();
        assertThat(chosenAnew).hasValue(2);
    }

    @Test
    void a_broker_that_is_away_is_a_problem_and_no_number() {
        bench.broker().faults().unreachable();
        read(Filter.all());
        assertThat(groups.problemProperty().get()).isNotNull();
        assertThat(groups.readingProperty().get()).isFalse();
        assertThat(groups.matchingProperty().get()).isEmpty();
    }
}
