package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.deadletteroffice.fixtures.FreePorts;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.Test;

/// A host that is there, with nobody who listens.
final class RefusedConnectionTest {
    private static BrokerException.Unreachable refusal(String hosts) throws Exception {
        var settings = Settings.of(Map.of("hosts", hosts, "timeout", "60s"));
        try (var connection = new RabbitConnector().open("dev", settings)) {
            return catchThrowableOfType(BrokerException.Unreachable.class, connection::queues);
        }
    }

    @Test
    void is_told_at_once_with_host_and_port_and_what_to_do() throws Exception {
        var host = "127.0.0.1:" + FreePorts.find(1).getFirst();
        var began = Instant.now();

        var refused = refusal(host);

        assertThat(refused.sentence())
                .startsWith(host + " refused the connection while ")
                .doesNotContain("No answer");
        assertThat(refused.remedy().sentence())
                .isEqualTo("Start the broker, or check the host and the port.");
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void of_several_hosts_names_all() throws Exception {
        var ports = FreePorts.find(2);
        var hosts = "127.0.0.1:" + ports.getFirst() + ", 127.0.0.1:" + ports.getLast();

        assertThat(refusal(hosts).sentence())
                .startsWith("None of " + hosts + " took the connection; the last refused it while");
    }
}
