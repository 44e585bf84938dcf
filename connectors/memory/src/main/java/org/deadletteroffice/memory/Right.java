package org.deadletteroffice.memory;

/// What can be forbidden on a queue.
public enum Right {
    READ,
    WRITE,
    REMOVE
}
