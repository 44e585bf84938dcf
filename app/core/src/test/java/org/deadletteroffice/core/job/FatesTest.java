package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.deadletteroffice.memory.DeathHeaders;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the messages of a job are after it sent them.
class FatesTest {
    @TempDir Path home;

    @Test
    void each_is_waiting_consumed_or_back() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 10);
            // The group that failed has read all there was; another one reads much further.
            office.broker.consume(Office.ORIGIN, "orders-service", 0);
            var job = office.run(office.all());
            var at = office.jobs().fates(job.id());
            assertThat(at.waiting()).isEqualTo(10);
            assertThat(at.readers()).containsExactly("orders-service reads orders");

            office.broker.consume(Office.ORIGIN, "audit", 10);
            assertThat(office.jobs().fates(job.id()).waiting())
                    .as("another reader is not the one that failed")
                    .isEqualTo(10);

            var taken = office.broker.consume(Office.ORIGIN, "orders-service", 4);
            var letter = taken.getFirst();
            office.broker.send(
                    Office.DLQ,
                    new MemoryMessage(
                            null,
                            letter.key(),
                            letter.payload(),
                            DeathHeaders.after(
                                    letter.headers(),
                                    DeathHeaders.of(Office.ORIGIN, "E", "again").spring()),
                            null,
                            Failure.NONE));
            var after = office.jobs().fates(job.id());
            assertThat(after.back()).isEqualTo(1);
            assertThat(after.consumed()).isEqualTo(3);
            assertThat(after.waiting()).isEqualTo(6);
            assertThat(after.unknown()).isZero();
        }
    }

    @Test
    void where_no_reader_is_known_nothing_is_said() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 5);
            var job = office.run(office.all());
            var fates = office.jobs().fates(job.id());
            assertThat(fates.unknown()).isEqualTo(5);
            assertThat(fates.readers()).isEmpty();
        }
    }

    @Test
    void a_purge_has_no_fates() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 5);
            var purge =
                    office.jobs()
                            .await(
                                    office.jobs()
                                            .start(
                                                    PurgeRequest.of(office.dlq(), new Scope.All()),
                                                    null));
            assertThatThrownBy(() -> office.jobs().fates(purge.id()))
                    .hasMessageContaining("sent nothing");
        }
    }
}
