package org.deadletteroffice.demo.shop;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.deadletteroffice.demo.style.Thrown;

/// A consumer's business: decides by the record alone, so that a bad message fails each time it is
/// replayed and a repaired one does not.
@FunctionalInterface
public interface Service {
    /// @return what it throws, with the frames of the service alone; empty when all is well
    Optional<Thrown> process(ConsumerRecord<byte[], byte[]> record);
}
