package org.deadletteroffice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferEvent.Refused;
import org.deadletteroffice.spi.transfer.TransferEvent.Sent;
import org.deadletteroffice.spi.transfer.TransferEvent.Unknown;
import org.junit.jupiter.api.Test;

class GapsTest {
    private final BrokerException lost = new BrokerException.Cancelled("Lost.", null);
    private final Gaps gaps = new Gaps();

    private TransferEvent behind(String topic, int partition, TransferEvent event) {
        return gaps.behind(new TopicPartition(topic, partition), event);
    }

    @Test
    void what_is_confirmed_behind_a_lost_one_of_its_partition_is_to_be_sent_again() {
        assertThat(behind("orders", 0, new Sent(1, "a"))).isEqualTo(new Sent(1, "a"));
        assertThat(behind("orders", 0, new Unknown(2, lost))).isEqualTo(new Unknown(2, lost));
        assertThat(behind("orders", 0, new Sent(3, "b"))).isEqualTo(new Unknown(3, lost));
        assertThat(behind("orders", 1, new Sent(4, "c"))).isEqualTo(new Sent(4, "c"));
        assertThat(behind("bills", 0, new Sent(5, "d"))).isEqualTo(new Sent(5, "d"));
    }

    @Test
    void what_is_refused_is_refused_wherever_it_lay() {
        behind("orders", 0, new Unknown(1, lost));

        assertThat(behind("orders", 0, new Refused(2, lost))).isEqualTo(new Refused(2, lost));
        assertThat(behind("orders", 1, new Sent(3, null))).isInstanceOf(Sent.class);
    }

    @Test
    void a_lost_one_that_nobody_knows_the_partition_of_may_have_been_in_any() {
        behind("orders", Gaps.ANY, new Unknown(1, lost));

        assertThat(behind("orders", 7, new Sent(2, "a"))).isEqualTo(new Unknown(2, lost));
        assertThat(behind("bills", 7, new Sent(3, "b"))).isEqualTo(new Sent(3, "b"));
    }
}
