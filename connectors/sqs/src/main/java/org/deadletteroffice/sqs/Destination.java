package org.deadletteroffice.sqs;

import org.deadletteroffice.spi.error.BrokerException;

/// Where messages are sent.
sealed interface Destination {
    String name();

    /// @param maxBytes the largest message it takes
    record Queue(QueueAddress address, int maxBytes) implements Destination {
        @Override
        public String name() {
            return address.name();
        }
    }

    /// Reaches every subscriber.
    record Topic(String arn) implements Destination {
        @Override
        public String name() {
            return QueueAddress.nameOf(arn);
        }
    }

    default boolean isFifo() {
        return name().endsWith(".fifo");
    }

    /// @param text a queue's name, URL or ARN, or a topic's ARN
    static Destination find(Account account, Calls calls, String text) throws BrokerException {
        if (text.startsWith("arn:") && text.contains(":sns:")) {
            return new Topic(text);
        }
        var address = account.address(calls, text);
        return new Queue(address, account.attributes(calls, address).maxBytes());
    }
}
