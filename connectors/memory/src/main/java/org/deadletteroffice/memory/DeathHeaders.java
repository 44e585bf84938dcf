package org.deadletteroffice.memory;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;

/// The headers that frameworks leave on a dead letter, with their names and encodings: Spring
/// Kafka's and Kafka Connect's own, and those of a consumer that was written by hand.
///
/// @param origin where the message lay before
/// @param type the root cause's class
/// @param message its message
/// @param consumer the group or connector that gave up
public record DeathHeaders(
        String origin,
        int partition,
        long offset,
        String type,
        String message,
        String consumer,
        Instant time) {
    private static final String SPRING_WRAPPER =
            "org.springframework.kafka.listener.ListenerExecutionFailedException";

    public static DeathHeaders of(String origin, String type, String message) {
        return new DeathHeaders(
                origin, 0, 0, type, message, origin + "-service", Instant.EPOCH.plusSeconds(1));
    }

    public DeathHeaders from(int otherPartition, long otherOffset) {
        return new DeathHeaders(origin, otherPartition, otherOffset, type, message, consumer, time);
    }

    public DeathHeaders by(String otherConsumer) {
        return new DeathHeaders(origin, partition, offset, type, message, otherConsumer, time);
    }

    public DeathHeaders at(Instant otherTime) {
        return new DeathHeaders(origin, partition, offset, type, message, consumer, otherTime);
    }

    /// As Spring Kafka's `DeadLetterPublishingRecoverer` writes them.
    public Headers spring() {
        return Headers.of(
                Header.of("kafka_dlt-original-topic", origin),
                new Header("kafka_dlt-original-partition", bytes(partition)),
                new Header("kafka_dlt-original-offset", bytes(offset)),
                new Header("kafka_dlt-original-timestamp", bytes(time.toEpochMilli())),
                Header.of("kafka_dlt-original-timestamp-type", "CreateTime"),
                Header.of("kafka_dlt-original-consumer-group", consumer),
                Header.of("kafka_dlt-exception-fqcn", SPRING_WRAPPER),
                Header.of("kafka_dlt-exception-cause-fqcn", type),
                Header.of("kafka_dlt-exception-message", "Listener failed; " + message),
                Header.of(
                        "kafka_dlt-exception-stacktrace",
                        SPRING_WRAPPER
                                + ": Listener failed\n\tat "
                                + "org.springframework.kafka.listener.KafkaMessageListenerContainer"
                                + ".invoke(KafkaMessageListenerContainer.java:2873)\nCaused by: "
                                + trace()));
    }

    /// As a Kafka Connect sink writes them, where `consumer` is the connector's name.
    public Headers connect() {
        var prefix = "__connect.errors.";
        return Headers.of(
                Header.of(prefix + "topic", origin),
                Header.of(prefix + "partition", Integer.toString(partition)),
                Header.of(prefix + "offset", Long.toString(offset)),
                Header.of(prefix + "connector.name", consumer),
                Header.of(prefix + "task.id", "0"),
                Header.of(prefix + "stage", "VALUE_CONVERTER"),
                Header.of(prefix + "class.name", "org.apache.kafka.connect.json.JsonConverter"),
                Header.of(prefix + "exception.class.name", type),
                Header.of(prefix + "exception.message", message),
                Header.of(prefix + "exception.stacktrace", trace()));
    }

    /// As many a consumer without a framework does.
    public Headers plain() {
        return Headers.of(
                Header.of("x-original-queue", origin),
                Header.of("x-error-type", type),
                Header.of("x-error-message", message),
                Header.of("x-failed-by", consumer),
                Header.of("x-failed-at", time.toString()),
                Header.of("x-attempts", "3"));
    }

    /// The message's own headers, then one of the above, as frameworks do it.
    public static Headers after(Headers own, Headers death) {
        return own.plus(List.copyOf(death.all()));
    }

    private String trace() {
        return type
                + ": "
                + message
                + "\n\tat org.example."
                + origin.replaceAll("[^a-zA-Z]", "")
                + ".Handler.handle(Handler.java:42)\n\tat org.example.Main.main(Main.java:7)\n";
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
