package org.deadletteroffice.spi.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;

class GuaranteeTest {
    @Test
    void chain_is_as_strong_as_its_weakest_part() {
        for (var one : Guarantee.values()) {
            for (var other : Guarantee.values()) {
                assertThat(one.weaker(other))
                        .isLessThanOrEqualTo(one)
                        .isLessThanOrEqualTo(other)
                        .isEqualTo(other.weaker(one));
            }
        }
        assertThat(Guarantee.EXACTLY_ONCE.weaker(Guarantee.AT_LEAST_ONCE))
                .isEqualTo(Guarantee.AT_LEAST_ONCE);
    }

    @Test
    void only_one_profile_is_one_broker() {
        var source = new QueueRef("shop", "orders-dlt", QueueKind.TOPIC);

        assertThat(new TransferPlan("job-1", source, "shop").withinOneBroker()).isTrue();
        assertThat(new TransferPlan("job-1", source, "shop-copy").withinOneBroker()).isFalse();
    }
}
