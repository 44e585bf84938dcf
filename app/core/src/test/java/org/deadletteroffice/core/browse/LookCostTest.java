package org.deadletteroffice.core.browse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.connector.ObserverEffect.Order;
import org.junit.jupiter.api.Test;

final class LookCostTest {
    private static String words(ObserverEffect effect) {
        return LookCost.words(effect);
    }

    @Test
    void numbers_are_written_alike_on_every_machine() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(words(new ObserverEffect.MarksRedelivered(new Order(5_000))))
                    .contains("up to 5,000 messages", "which marks them as well");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void says_what_becomes_of_the_order_where_that_is_known() {
        assertThat(words(new ObserverEffect.MarksRedelivered(Order.KEPT)))
                .isEqualTo(
                        "Messages looked at are marked as redelivered and held back meanwhile; their order stays");
        assertThat(words(new ObserverEffect.CountsDelivery(7, new Order(5_000))))
                .isEqualTo(
                        "Each look counts as one of 7 deliveries. Messages looked at are marked as redelivered and held back meanwhile. To keep the order, up to 5,000 messages behind those you look at are taken and put back too, which counts for them as well; if more lie behind, those you looked at move to the end of the queue");
        assertThat(words(new ObserverEffect.CountsDelivery(null, null)))
                .isEqualTo(
                        "Each look counts as a delivery. Messages looked at are marked as redelivered and held back meanwhile; their order may change");
    }

    @Test
    void all_is_said_that_a_look_may_do_where_the_kind_of_queue_is_not_known() {
        assertThat(words(new ObserverEffect.MayCountDelivery(20)))
                .contains(
                        "marked as redelivered",
                        "held back meanwhile; their order may change.",
                        "may count as one of 20 deliveries, a limit that is assumed");
        assertThat(words(new ObserverEffect.MarksRedelivered(null)))
                .endsWith("held back meanwhile; their order may change");
    }
}
