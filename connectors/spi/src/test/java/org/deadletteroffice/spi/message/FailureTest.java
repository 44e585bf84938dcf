package org.deadletteroffice.spi.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureTest {
    private static Failure full() {
        return Failure.builder()
                .type("java.io.IOException")
                .message("connection reset")
                .stackTrace("at …")
                .chain(List.of("ListenerExecutionFailedException", "java.io.IOException"))
                .origin(new Origin("orders", 3, 918_204L))
                .consumer("orders-service")
                .tries(4)
                .firstDeath(Instant.EPOCH)
                .lastDeath(Instant.EPOCH.plusSeconds(60))
                .reader("Spring Kafka")
                .evidence(List.of("kafka_dlt-exception-fqcn"))
                .history(List.of(Failure.NONE))
                .build();
    }

    @Test
    void nothing_known_is_a_value() {
        assertThat(Failure.NONE.isKnown()).isFalse();
        assertThat(Failure.NONE).isEqualTo(Failure.builder().build());
        assertThat(Failure.NONE.origin()).isEqualTo(Origin.UNKNOWN);
    }

    @Test
    void builder_forgets_no_field() throws ReflectiveOperationException {
        for (var component : Failure.class.getRecordComponents()) {
            var accessor = component.getAccessor();
            assertThat(accessor.invoke(full()))
                    .as("this test sets %s", component.getName())
                    .isNotNull()
                    .isNotEqualTo(accessor.invoke(Failure.NONE));
        }
        assertThat(full().toBuilder().build()).isEqualTo(full());
        assertThat(full().isKnown()).isTrue();
    }

    @Test
    void lists_it_was_made_from_may_change_without_it() {
        var evidence = new ArrayList<>(List.of("a"));
        var failure = Failure.builder().evidence(evidence).build();
        evidence.add("b");

        assertThat(failure.evidence()).containsExactly("a");
    }
}
