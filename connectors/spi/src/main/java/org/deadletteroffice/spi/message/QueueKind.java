package org.deadletteroffice.spi.message;

/// What a broker calls the place that holds messages.
public enum QueueKind {
    TOPIC,
    QUEUE,
    STREAM,
    FAILED_SET;

    /// Whether it is a log, which is read without leaving a trace in it.
    public boolean isLog() {
        return this == TOPIC || this == STREAM;
    }
}
