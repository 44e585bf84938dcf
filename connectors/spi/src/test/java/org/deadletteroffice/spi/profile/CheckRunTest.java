package org.deadletteroffice.spi.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckRunTest {
    private static final Remedy START = new Remedy.Advice("Start the broker.");

    private final List<Check> told = new ArrayList<>();
    private final CheckRun run =
            new CheckRun(
                    List.of("Port", "List"),
                    told::add,
                    failed -> new BrokerException.Unreachable("Nothing answers.", START, failed));

    @AfterEach
    void is_not_interrupted() {
        Thread.interrupted();
    }

    @Test
    void tells_each_step_as_waiting_running_and_ended() throws Exception {
        assertThat(run.step("Port", true, name -> Check.passed(name, "9092"))).isTrue();

        assertThat(told)
                .containsExactly(
                        Check.waiting("Port"),
                        Check.waiting("List"),
                        Check.running("Port"),
                        Check.passed("Port", "9092"));
    }

    @Test
    void a_warning_lets_the_next_step_run() throws Exception {
        assertThat(run.step("Port", true, name -> Check.warning(name, "slow", START))).isTrue();
    }

    @Test
    void what_a_step_throws_is_its_result() throws Exception {
        assertThat(
                        run.step(
                                "Port",
                                true,
                                _ -> {
                                    throw new IOException("refused");
                                }))
                .isFalse();

        assertThat(told.getLast()).isEqualTo(Check.failed("Port", "Nothing answers.", START));
    }

    @Test
    void a_step_that_is_not_reached_does_not_run() throws Exception {
        assertThat(
                        run.step(
                                "List",
                                false,
                                _ -> {
                                    throw new AssertionError("ran");
                                }))
                .isFalse();

        assertThat(told.getLast().state()).isEqualTo(Check.State.SKIPPED);
    }

    @Test
    void an_interruption_ends_the_run_and_says_so() {
        assertThatThrownBy(
                        () ->
                                run.step(
                                        "Port",
                                        true,
                                        name -> {
                                            Thread.currentThread().interrupt();
                                            return Check.passed(name, "too late");
                                        }))
                .isInstanceOf(BrokerException.Cancelled.class);

        assertThat(told.getLast()).isEqualTo(Check.skipped("Port", "Stopped."));
    }
}
