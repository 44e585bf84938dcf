package org.deadletteroffice.demo.style;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Spring Kafka's retry topics (`@RetryableTopic`, exponential backoff): each failure sends the
/// record on to the next of `<topic>-retry-<milliseconds>` and in the end to `<topic>-dlt`, with
/// `kafka_` headers and one more value of each `retry_topic-` header.
///
/// @param topic the main topic
/// @param group the main listener's consumer group; those of the retry topics add their suffix
/// @param listener the annotated method as `Method.toGenericString()` names it
/// @param delays before each retry, in order; one retry topic each
public record SpringRetryStyle(String topic, String group, String listener, List<Duration> delays)
        implements DeadLetterStyle {
    private static final String ATTEMPTS = "retry_topic-attempts";
    private static final String FIRST = "retry_topic-original-timestamp";
    private static final String DUE = "retry_topic-backoff-timestamp";

    public SpringRetryStyle {
        delays = List.copyOf(delays);
    }

    /// The main topic, the retry topics and the dead-letter topic, in the order of a record's way.
    public List<String> topics() {
        return Stream.of(
                        Stream.of(topic),
                        delays.stream().map(delay -> topic + "-retry-" + delay.toMillis()),
                        Stream.of(topic + "-dlt"))
                .flatMap(part -> part)
                .toList();
    }

    /// The consumer group of the listener on one of [#topics].
    public String groupOf(String name) {
        return group + name.substring(topic.length());
    }

    /// The record on its way to the topic after the one it failed in.
    @Override
    public ProducerRecord<byte[], byte[]> deadLetter(Death death) {
        var record = death.record();
        var step = topics().indexOf(record.topic());
        if (step < 0 || step > delays.size()) {
            throw new IllegalArgumentException(record.topic() + " is no topic of " + topics());
        }
        var headers = new RecordHeaders(record.headers().toArray());
        SpringHeaders.RETRY.thrown(
                headers,
                SpringFrames.retryListenerFailed(listener, death.thrown(), death.at()),
                death.thrown());
        SpringHeaders.RETRY.origin(headers, record, groupOf(record.topic()));
        var delay = step < delays.size() ? delays.get(step) : Duration.ZERO;
        var first = headers.lastHeader(FIRST);
        headers.add(FIRST, first == null ? millis(record.timestamp()) : first.value());
        headers.add(ATTEMPTS, SpringHeaders.int4(attempts(record) + 1));
        headers.add(DUE, millis(death.at().plus(delay).toEpochMilli()));
        return new ProducerRecord<>(
                topics().get(step + 1),
                record.partition(),
                death.at().toEpochMilli(),
                record.key(),
                record.value(),
                headers);
    }

    /// When the listener of a retry topic may try this record; the epoch on the main topic.
    public static Instant due(ConsumerRecord<byte[], byte[]> record) {
        var due = record.headers().lastHeader(DUE);
        return due == null
                ? Instant.EPOCH
                : Instant.ofEpochMilli(new BigInteger(due.value()).longValue());
    }

    private static int attempts(ConsumerRecord<byte[], byte[]> record) {
        var attempts = record.headers().lastHeader(ATTEMPTS);
        return attempts != null && attempts.value().length == Integer.BYTES
                ? ByteBuffer.wrap(attempts.value()).getInt()
                : 1;
    }

    /// The shortest two's complement form, as `BigInteger` writes it.
    private static byte[] millis(long epochMillis) {
        return BigInteger.valueOf(epochMillis).toByteArray();
    }
}
