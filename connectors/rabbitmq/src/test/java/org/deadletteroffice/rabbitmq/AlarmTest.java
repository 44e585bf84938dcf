package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus.State;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A broker that is short of disk or memory takes no messages: who would send is told so, and who
/// looks goes on.
final class AlarmTest extends OneNode {
    @Test
    void short_disk_is_told_to_who_would_send_and_looking_goes_on() throws Exception {
        during("disk_free_alarm", "set_disk_free_limit", "900000GB", "50MB");
    }

    /// With the slow tests: the broker takes its time to see that its memory is short.
    @Test
    @Tag("soak")
    void short_memory_is_told_to_who_would_send_and_looking_goes_on() throws Exception {
        during("mem_alarm", "set_vm_memory_high_watermark", "0.000001", "0.6");
    }

    private void during(String alarm, String limit, String tooMuch, String usual) throws Exception {
        var dead = filled("alarm-dlq", 3, Map.of());
        var home =
                queue(
                        "alarm",
                        Map.of(
                                "x-dead-letter-exchange",
                                "",
                                "x-dead-letter-routing-key",
                                dead.name()));
        try (var over = open(rabbit.settings().with("timeout", "2s"));
                var transfer = over.transfer(new TransferPlan("job", dead, PROFILE))) {
            var batch = outgoing(all(over, dead), home.name());
            rabbit.broker().control(limit, tooMuch);
            awaitAlarm(alarm, true);

            var told = new ArrayList<Check>();
            over.checks(told::add);
            assertThat(last(told, RabbitChecks.READ).state()).isEqualTo(Check.State.PASSED);
            var write = last(told, RabbitChecks.WRITE);
            assertThat(write.state()).isEqualTo(Check.State.FAILED);
            assertThat(write.detail()).contains("takes no messages now");
            assertThatThrownBy(() -> transfer.rehearse(batch))
                    .isInstanceOf(BrokerException.Throttled.class)
                    .hasMessageContaining("takes no messages now");
            assertThat(all(over, dead)).hasSize(3);

            var mover = over.serverSideMover().orElseThrow();
            var handle = mover.start(dead, home, null);
            // 3.10 does not stop a shovel within the node.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .until(
                            () -> mover.status(handle),
                            now ->
                                    now.state() == State.DONE
                                            || now.sentence().contains("takes no messages now"));
        } finally {
            rabbit.broker().control(limit, usual);
            awaitAlarm(alarm, false);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(peeked(home)).isEqualTo(texts(3)));
    }

    private static Check last(List<Check> told, String name) {
        return told.stream().filter(check -> check.name().equals(name)).toList().getLast();
    }

    private void awaitAlarm(String name, boolean on) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(
                        () ->
                                rabbit.manage("GET", "/nodes?columns=" + name, "")
                                        .contains("\"" + name + "\":" + on));
    }
}
