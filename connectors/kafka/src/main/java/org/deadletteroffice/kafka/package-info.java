/// Apache Kafka, by its own client library.
///
/// [org.deadletteroffice.kafka.KafkaConnector] is the way in. [org.deadletteroffice.kafka.Clients]
/// owns the clients of one profile, [org.deadletteroffice.kafka.LogReader] reads partitions without
/// leaving a trace, [org.deadletteroffice.kafka.Forward] and [org.deadletteroffice.kafka.Backward]
/// merge them by time, [org.deadletteroffice.kafka.KafkaTransfer] sends, and
/// [org.deadletteroffice.kafka.KafkaErrors] alone turns the client's exceptions into ours.
@NullMarked
package org.deadletteroffice.kafka;

import org.jspecify.annotations.NullMarked;
