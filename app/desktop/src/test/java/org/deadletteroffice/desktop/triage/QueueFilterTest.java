package org.deadletteroffice.desktop.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.desktop.fx.Background;
import org.junit.jupiter.api.Test;

class QueueFilterTest {
    private final AtomicInteger told = new AtomicInteger();
    private final QueueFilter filter =
            new QueueFilter(
                    Background.onCallingThread(), QueueFilterTest::parse, told::incrementAndGet);

    /// As the engine does with one saved filter, `@late`.
    private static Filter parse(String typed) throws OperatorException {
        if (typed.startsWith("@") && !typed.equals("@late")) {
            throw new OperatorException(
                    OperatorException.Kind.NOT_FOUND,
                    "There is no saved filter '" + typed.substring(1) + "'.",
                    "Did you mean: @late");
        }
        return Filter.parse(typed.equals("@late") ? "message.deliveries > 3" : typed);
    }

    @Test
    void the_name_of_a_saved_filter_stands_for_it() {
        filter.textProperty().set("@late");
        filter.apply();
        assertThat(filter.now().text()).isEqualTo("message.deliveries > 3");
        assertThat(filter.textProperty().get()).isEqualTo("@late");
        filter.textProperty().set("@lat");
        filter.apply();
        assertThat(filter.problemProperty().get())
                .extracting(OperatorException::remedy)
                .isEqualTo("Did you mean: @late");
        assertThat(filter.now().text()).isEqualTo("message.deliveries > 3");
    }

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
