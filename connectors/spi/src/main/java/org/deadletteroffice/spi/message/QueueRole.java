package org.deadletteroffice.spi.message;

/// What a queue is for, as the broker or its names tell.
public enum QueueRole {
    SOURCE,
    /// Messages are tried again from here by the application itself.
    RETRY,
    DEAD_LETTER,
    UNKNOWN
}
