package org.deadletteroffice.demo.style;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Spring Kafka's `DefaultErrorHandler` with a `DeadLetterPublishingRecoverer`: to the same
/// partition of `<topic><suffix>`, with `kafka_dlt-` headers.
///
/// @param group the listener's consumer group
/// @param listener the annotated method as `Method.toGenericString()` names it
/// @param suffix `-dlt`; before Spring Kafka 3.3 `.DLT`
public record SpringKafkaStyle(String group, String listener, String suffix)
        implements DeadLetterStyle {
    @Override
    public ProducerRecord<byte[], byte[]> deadLetter(Death death) {
        var record = death.record();
        var headers = new RecordHeaders(record.headers().toArray());
        SpringHeaders.DEAD_LETTER.thrown(
                headers, SpringFrames.listenerFailed(listener, death.thrown()), death.thrown());
        SpringHeaders.DEAD_LETTER.origin(headers, record, group);
        return new ProducerRecord<>(
                record.topic() + suffix,
                record.partition(),
                death.at().toEpochMilli(),
                record.key(),
                record.value(),
                headers);
    }
}
