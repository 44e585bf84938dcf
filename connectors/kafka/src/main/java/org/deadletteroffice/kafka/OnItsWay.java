package org.deadletteroffice.kafka;

import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.deadletteroffice.spi.transfer.Outgoing;

/// A message that the producer has taken. The partition that it chose is told by its callback, also
/// of a record that was lost.
final class OnItsWay {
    private final Outgoing message;
    private final Future<RecordMetadata> answer;
    private volatile TopicPartition place;

    /// @throws RuntimeException when the producer itself refuses it
    OnItsWay(
            Outgoing message,
            ProducerRecord<byte[], byte[]> record,
            KafkaProducer<byte[], byte[]> producer) {
        this.message = message;
        this.place =
                new TopicPartition(
                        record.topic(), Objects.requireNonNullElse(record.partition(), Gaps.ANY));
        this.answer =
                producer.send(
                        record,
                        (where, _) -> {
                            if (where.partition() >= 0) {
                                place = new TopicPartition(where.topic(), where.partition());
                            }
                        });
    }

    Outgoing message() {
        return message;
    }

    Future<RecordMetadata> answer() {
        return answer;
    }

    /// As far as it is known.
    TopicPartition place() {
        return place;
    }
}
