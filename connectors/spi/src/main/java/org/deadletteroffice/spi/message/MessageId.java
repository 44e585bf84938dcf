package org.deadletteroffice.spi.message;

/// Names a message within its queue, stable for as long as it lies there. Opaque to all but its
/// connector; short enough to show and to type (Kafka: `3-918204` is partition and offset).
public record MessageId(String text) {
    public MessageId {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a message id has text");
        }
    }

    /// Of a message of a log that can be read by the place
    /// ([org.deadletteroffice.spi.connector.KeyLog]): there the id is the place.
    public static MessageId at(int partition, long position) {
        return new MessageId(partition + "-" + position);
    }

    @Override
    public String toString() {
        return text;
    }
}
