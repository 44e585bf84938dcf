package org.deadletteroffice.demo.style;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/// A Kafka Connect sink with `errors.deadletterqueue.context.headers.enable=true`
/// (`DeadLetterQueueReporter` of Kafka 4.3): key, value, headers and timestamp as they were, and
/// ten headers of text, added to whatever stands there.
///
/// @param steps where in the sink's chain a failure happened
public record ConnectStyle(
        String connector, int task, String deadLetterTopic, Function<Thrown, Step> steps)
        implements DeadLetterStyle {
    /// @param className what was being executed
    public record Step(ConnectStage stage, String className) {}

    @Override
    public ProducerRecord<byte[], byte[]> deadLetter(Death death) {
        var record = death.record();
        var headers = new RecordHeaders(record.headers().toArray());
        var step = steps.apply(death.thrown());
        add(headers, "topic", record.topic());
        add(headers, "partition", String.valueOf(record.partition()));
        add(headers, "offset", String.valueOf(record.offset()));
        add(headers, "connector.name", connector);
        add(headers, "task.id", String.valueOf(task));
        add(headers, "stage", step.stage().name());
        add(headers, "class.name", step.className());
        add(headers, "exception.class.name", death.thrown().type());
        add(headers, "exception.message", death.thrown().message());
        add(
                headers,
                "exception.stacktrace",
                death.thrown().below(step.stage().callers()).stackTrace());
        return new ProducerRecord<>(
                deadLetterTopic, null, record.timestamp(), record.key(), record.value(), headers);
    }

    private static void add(RecordHeaders headers, String name, @Nullable String value) {
        headers.add("__connect.errors." + name, value == null ? null : value.getBytes(UTF_8));
    }
}
