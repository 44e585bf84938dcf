package org.deadletteroffice.demo.style;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/// A consumer that writes its dead letters itself, with `x-` headers of text, replaced on each
/// death; only the count of attempts grows.
///
/// @param tries how often the consumer tries before it gives up
public record PlainStyle(String consumer, String deadLetterTopic, int tries)
        implements DeadLetterStyle {
    @Override
    public ProducerRecord<byte[], byte[]> deadLetter(Death death) {
        var record = death.record();
        var headers = new RecordHeaders(record.headers().toArray());
        var attempts = tries + attemptsBefore(headers);
        set(headers, "x-original-topic", record.topic());
        set(headers, "x-original-partition", String.valueOf(record.partition()));
        set(headers, "x-original-offset", String.valueOf(record.offset()));
        set(headers, "x-consumer-group", consumer);
        set(headers, "x-error-type", death.thrown().type());
        set(headers, "x-error-message", death.thrown().message());
        set(headers, "x-error-stacktrace", death.thrown().stackTrace());
        set(headers, "x-attempts", String.valueOf(attempts));
        set(headers, "x-failed-at", death.at().toString());
        return new ProducerRecord<>(
                deadLetterTopic,
                null,
                death.at().toEpochMilli(),
                record.key(),
                record.value(),
                headers);
    }

    private static void set(Headers headers, String name, @Nullable String value) {
        headers.remove(name);
        if (value != null) {
            headers.add(name, value.getBytes(UTF_8));
        }
    }

    private static int attemptsBefore(Headers headers) {
        var before = headers.lastHeader("x-attempts");
        var text = before == null ? "" : new String(before.value(), UTF_8);
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    }
}
