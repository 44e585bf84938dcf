package org.deadletteroffice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.Test;

/// What a transfer promises, and what the broker can prove of it after a crash.
abstract class ProofContract extends TransferContract {
    @Test
    final void guarantee_is_the_one_claimed_and_weaker_between_brokers() throws Exception {
        var source = filled(1, 1);
        try (var within = transfer(newJob(), source);
                var between =
                        connection.transfer(
                                new TransferPlan(
                                        newJob(),
                                        new QueueRef("elsewhere", source.name(), source.kind()),
                                        PROFILE))) {
            assertThat(within.guarantee()).isEqualTo(connection.capabilities(source).guarantee());
            assertThat(between.guarantee()).isLessThan(Guarantee.EXACTLY_ONCE);
            assertThat(between.provenPosition()).isEmpty();
        }
    }

    @Test
    final void proof_stands_under_the_job_until_it_is_forgotten_or_is_not_claimed()
            throws Exception {
        var source = filled(10, 1);
        var destination = newQueue();
        var batch = outgoing(all(source), destination);
        var job = newJob();
        try (var transfer = transfer(job, source)) {
            assertThat(transfer.provenPosition().orElse(0)).isZero();
            transfer.send(batch.subList(0, 4));
            transfer.send(batch.subList(4, 10));
            assertThat(transfer.provenPosition())
                    .isEqualTo(
                            has(Behavior.EXACTLY_ONCE)
                                    ? OptionalLong.of(10)
                                    : OptionalLong.empty());
        }
        try (var again = transfer(job, source);
                var other = transfer(newJob(), source)) {
            assertThat(again.provenPosition())
                    .isEqualTo(
                            has(Behavior.EXACTLY_ONCE)
                                    ? OptionalLong.of(10)
                                    : OptionalLong.empty());
            assertThat(other.provenPosition().orElse(0)).isZero();
            again.forget();
        }
        try (var anew = transfer(job, source)) {
            assertThat(anew.provenPosition().orElse(0)).isZero();
        }
    }

    @Test
    final void a_second_process_takes_the_job_over_and_each_message_goes_once() throws Exception {
        var source = filled(40, 1);
        var destination = newQueue();
        var batch = outgoing(all(source), destination);
        var job = newJob();
        try (var first = transfer(job, source)) {
            first.send(batch.subList(0, 20));
            try (var second = transfer(job, source)) {
                if (has(Behavior.EXACTLY_ONCE)) {
                    assertThat(second.provenPosition()).hasValue(20);
                    assertThatThrownBy(() -> first.send(batch.subList(20, 40)))
                            .as("the first process, taken for dead, wakes up")
                            .isInstanceOf(BrokerException.class);
                }
                second.send(batch.subList(20, 40));
            }
        }
        assertHolds(peekTexts(destination), texts(0, 40));
        assertHolds(texts(scan(destination, Cursor.oldest(), Cursor.newest())), texts(0, 40));
    }
}
