package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.error.BrokerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cannot be kept on this computer is not told as the broker's silence.
final class FullDiskTest extends OneNode {
    @Test
    void copies_that_cannot_be_kept_are_told_as_that(@TempDir Path folder) throws Exception {
        var queue = queue("large", Map.of());
        rabbit.seed(queue.name(), List.of(ForeignMessage.of("").with(new byte[6 << 20])));
        var temporary = Objects.requireNonNull(System.getProperty("java.io.tmpdir"));
        System.setProperty("java.io.tmpdir", folder.resolve("missing").toString());
        try {
            assertThatThrownBy(() -> all(queue))
                    .isInstanceOfSatisfying(
                            BrokerException.class,
                            told -> {
                                assertThat(told.isTransient()).isFalse();
                                assertThat(told.remedy().sentence()).contains("missing");
                            })
                    .hasMessageContainingAll(queue.name(), "on this computer");
        } finally {
            System.setProperty("java.io.tmpdir", temporary);
        }
        assertThat(all(queue)).as("nothing was lost").hasSize(1);
    }
}
