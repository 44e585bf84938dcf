package org.deadletteroffice.spi.message;

/// What a broker calls the place that holds messages.
public enum QueueKind {
    TOPIC,
    QUEUE,
    STREAM,
    FAILED_SET
}
