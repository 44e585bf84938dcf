package org.deadletteroffice.demo.style;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A record that its consumer could not process.
///
/// @param thrown what the application threw, without what a framework wrapped around it
/// @param at when; becomes the dead letter's timestamp where the framework would leave that to the
///     producer
public record Death(ConsumerRecord<byte[], byte[]> record, Thrown thrown, Instant at) {}
