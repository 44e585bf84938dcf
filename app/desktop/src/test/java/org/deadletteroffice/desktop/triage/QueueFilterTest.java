package org.deadletteroffice.desktop.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.deadletteroffice.desktop.fx.Background;
import org.junit.jupiter.api.Test;

class QueueFilterTest {
    private final AtomicInteger told = new AtomicInteger();
    private final QueueFilter filter =
            new QueueFilter(Background.onCallingThread(), told::incrementAndGet);

    @Test
    void what_is_typed_counts_once_applied() {
        filter.textProperty().set("order");
        assertThat(filter.isSet()).isFalse();
        filter.apply();
        filter.apply();
        assertThat(filter.isSet()).isTrue();
        assertThat(filter.now().text()).isEqualTo("order");
        assertThat(told).hasValue(1);
    }

    @Test
    void what_is_not_understood_is_said_and_the_filter_stays() {
        filter.textProperty().set("order");
        filter.apply();
        filter.textProperty().set("cause.type == ");
        filter.apply();
        assertThat(filter.problemProperty().get()).isNotNull();
        assertThat(filter.now().text()).isEqualTo("order");
        filter.clear();
        assertThat(filter.problemProperty().get()).isNull();
        assertThat(filter.isSet()).isFalse();
        assertThat(told).hasValue(2);
    }

    @Test
    void begins_afresh_without_telling() {
        filter.textProperty().set("order");
        filter.apply();
        filter.reset();
        assertThat(filter.textProperty().get()).isEmpty();
        assertThat(filter.isSet()).isFalse();
        assertThat(told).hasValue(1);
    }

    @Test
    void completes_the_fields_of_the_messages_it_learned_from() {
        filter.textProperty().set("payload.or");
        assertThat(filter.complete(10)).isEmpty();
        filter.learn(List.of(Letters.message(1)));
        assertThat(filter.complete(10))
                .extracting(FieldNames.Completion::insert)
                .contains("payload.orderId");
    }
}
