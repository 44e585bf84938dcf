package org.deadletteroffice.demo.style;

import org.apache.kafka.clients.producer.ProducerRecord;

/// What a framework, or a house's own code, writes to the dead-letter topic.
@FunctionalInterface
public interface DeadLetterStyle {
    ProducerRecord<byte[], byte[]> deadLetter(Death death);
}
