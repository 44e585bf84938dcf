package org.deadletteroffice.sqs;

import java.util.function.Predicate;
import org.deadletteroffice.spi.error.BrokerException;

/// Where messages are sent.
sealed interface Destination {
    String name();

    /// What SNS delivered in an envelope arrives there without it.
    boolean unwraps(SnsEnvelope envelope);

    /// The largest message it takes.
    int maxBytes();

    /// @param rawTopics the topics that deliver into it without an envelope
    record Queue(QueueAddress address, int maxBytes, Predicate<String> rawTopics)
            implements Destination {
        @Override
        public boolean unwraps(SnsEnvelope envelope) {
            return rawTopics.test(envelope.topic());
        }

        @Override
        public String name() {
            return address.name();
        }
    }

    /// Reaches every subscriber.
    record Topic(String arn) implements Destination {
        /// SNS did not follow SQS to 1 MiB.
        static final int MOST_BYTES = 256 << 10;

        /// It puts one around by itself.
        @Override
        public boolean unwraps(SnsEnvelope envelope) {
            return true;
        }

        @Override
        public int maxBytes() {
            return MOST_BYTES;
        }

        @Override
        public String name() {
            return QueueAddress.nameOf(arn);
        }
    }

    default BrokerException tooLarge(int size) {
        return MessageLimits.tooLarge(name(), size, maxBytes());
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
        return new Queue(
                address,
                account.attributes(calls, address).maxBytes(),
                topic -> account.subscriptions().isRaw(topic, address));
    }
}
