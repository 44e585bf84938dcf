package org.deadletteroffice.core.browse;

import static org.assertj.core.api.Assertions.assertThat;

import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.connector.ObserverEffect.Order;
import org.junit.jupiter.api.Test;

final class LookCostTest {
    private static String words(ObserverEffect effect) {
        return LookCost.words(effect);
    }

    @Test
    void says_what_becomes_of_the_order_where_that_is_known() {
        assertThat(words(new ObserverEffect.MarksRedelivered(Order.KEPT)))
                .isEqualTo(
                        "Messages looked at are marked as redelivered and held back meanwhile; their order stays");
        assertThat(words(new ObserverEffect.CountsDelivery(7, new Order(5_000))))
                .isEqualTo(
                        "Each look counts as one of 7 deliveries; up to 5,000 more are taken unseen to keep the order, and counted as well; in a longer queue what you looked at moves to the end");
        assertThat(words(new ObserverEffect.CountsDelivery(null, null)))
                .isEqualTo("Each look counts as a delivery");
    }
}
