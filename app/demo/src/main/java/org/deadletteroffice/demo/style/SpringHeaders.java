package org.deadletteroffice.demo.style;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/// The headers of `DeadLetterPublishingRecoverer` (Spring Kafka 4.1, `DeadLetterRecordManager`):
/// what was thrown replaces what stood there, where the record came from is added to it or kept.
///
/// @param prefix of all names but the consumer group's
/// @param append whether each death adds another origin; else the first one stays
record SpringHeaders(String prefix, boolean append) {
    static final SpringHeaders DEAD_LETTER = new SpringHeaders("kafka_dlt-", true);
    static final SpringHeaders RETRY = new SpringHeaders("kafka_", false);

    private static final String GROUP = "kafka_dlt-original-consumer-group";

    void thrown(Headers headers, Thrown wrapper, Thrown application) {
        replace(headers, "exception-fqcn", wrapper.type());
        replace(headers, "exception-cause-fqcn", application.type());
        var cause = application.message() == null ? "" : application.message();
        replace(headers, "exception-message", wrapper.message() + "; " + cause);
        replace(headers, "exception-stacktrace", wrapper.stackTrace());
    }

    void origin(Headers headers, ConsumerRecord<byte[], byte[]> record, String group) {
        add(headers, prefix + "original-topic", record.topic().getBytes(UTF_8));
        add(headers, prefix + "original-partition", int4(record.partition()));
        add(headers, prefix + "original-offset", long8(record.offset()));
        add(headers, prefix + "original-timestamp", long8(record.timestamp()));
        add(
                headers,
                prefix + "original-timestamp-type",
                record.timestampType().toString().getBytes(UTF_8));
        add(headers, GROUP, group.getBytes(UTF_8));
    }

    private void replace(Headers headers, String name, String value) {
        headers.remove(prefix + name);
        headers.add(prefix + name, value.getBytes(UTF_8));
    }

    private void add(Headers headers, String name, byte[] value) {
        if (append || headers.lastHeader(name) == null) {
            headers.add(name, value);
        }
    }

    static byte[] int4(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static byte[] long8(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
