package org.deadletteroffice.spi.message;

/// A place that holds messages: topic, queue, stream, failed set.
///
/// @param profile the name of the profile whose broker holds it
/// @param name the broker's own name of it, never decorated
public record QueueRef(String profile, String name, QueueKind kind) {
    public QueueRef {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a queue has a name");
        }
    }

    @Override
    public String toString() {
        return profile + "/" + name;
    }
}
