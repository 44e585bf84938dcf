package org.deadletteroffice.sqs;

import java.net.URI;
import java.util.List;
import java.util.function.Predicate;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.sqs.Subscriptions.Subscription;

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

    /// A Lambda function, invoked with what SNS would give it, or with the message as it is.
    ///
    /// @param subscriptions those that deliver to it; often none
    record Function(String arn, List<Subscription> subscriptions) implements Destination {
        /// The function's name in an ARN, which may go on with a version.
        static String nameOf(String arn) {
            var parts = arn.split(":", -1);
            return parts.length > 6 ? parts[6] : arn;
        }

        @Override
        public boolean unwraps(SnsEnvelope envelope) {
            return false;
        }

        @Override
        public boolean takesAttributes() {
            return false;
        }

        @Override
        public String shaped(String body) throws BrokerException {
            var envelope = SnsEnvelope.read(body);
            if (envelope.isEmpty()) {
                return LambdaRecord.event(body, arn).orElse(body);
            }
            return subscriptions.stream()
                    .filter(one -> one.topic().equals(envelope.get().topic()))
                    .findFirst()
                    .map(one -> SnsEvent.of(one.arn(), body))
                    .orElseThrow(
                            () ->
                                    new BrokerException.Unsupported(
                                            "It is a notification of "
                                                    + envelope.get().topic()
                                                    + ", by which "
                                                    + name()
                                                    + " is not known to be called.",
                                            new Remedy.Advice(
                                                    "Allow sns:ListSubscriptions and"
                                                            + " sns:GetSubscriptionAttributes, or"
                                                            + " publish it to the topic again."),
                                            null));
        }

        /// Of an asynchronous invocation.
        @Override
        public int maxBytes() {
            return MessageLimits.MOST_BYTES;
        }

        @Override
        public String name() {
            return nameOf(arn);
        }

        @Override
        public BrokerException tooLarge(int size) {
            return MessageLimits.tooLarge(name());
        }
    }

    /// What SNS delivers to by HTTP.
    ///
    /// @param subscriptions those that deliver to it; at least one
    record Address(URI uri, List<Subscription> subscriptions) implements Destination {
        /// Whose message it is: by its envelope, or because there is one only.
        ///
        /// @throws BrokerException.Unsupported when nobody can tell
        Subscription subscriber(String body) throws BrokerException {
            var topic = SnsEnvelope.read(body).map(SnsEnvelope::topic);
            var those =
                    subscriptions.stream()
                            .filter(one -> topic.isEmpty() || one.topic().equals(topic.get()))
                            .toList();
            if (those.size() != 1) {
                throw new BrokerException.Unsupported(
                        those.isEmpty()
                                ? name() + " does not subscribe to the topic of the message."
                                : "It cannot be told for which subscription of "
                                        + name()
                                        + " the message was.",
                        new Remedy.Advice("Send it to the topic, or to a queue."),
                        null);
            }
            return those.getFirst();
        }

        @Override
        public String shaped(String body) throws BrokerException {
            if (!subscriber(body).raw() && SnsEnvelope.read(body).isEmpty()) {
                throw new BrokerException.Unsupported(
                        "The message is no notification of SNS, which " + name() + " is given.",
                        new Remedy.Advice("Send it to the topic, or to a queue."),
                        null);
            }
            return body;
        }

        @Override
        public boolean unwraps(SnsEnvelope envelope) {
            return subscriptions.stream()
                    .anyMatch(one -> one.raw() && one.topic().equals(envelope.topic()));
        }

        @Override
        public boolean takesAttributes() {
            return false;
        }

        /// What the subscriber takes nobody knows.
        @Override
        public int maxBytes() {
            return Integer.MAX_VALUE;
        }

        @Override
        public String name() {
            return uri.toString();
        }
    }

    /// Whether attributes go along.
    default boolean takesAttributes() {
        return true;
    }

    /// @param body as it lay in the queue, where no envelope is taken off
    /// @return as it is taken there
    default String shaped(String body) throws BrokerException {
        return body;
    }

    default BrokerException tooLarge(int size) {
        return MessageLimits.tooLarge(name(), size, maxBytes());
    }

    default boolean isFifo() {
        return name().endsWith(".fifo");
    }

    /// @param text a queue's name, URL or ARN, a topic's or a function's ARN, or the address of an
    ///     HTTP subscriber
    static Destination find(Account account, Calls calls, String text) throws BrokerException {
        if (text.startsWith("arn:") && text.contains(":sns:")) {
            return new Topic(text);
        }
        if (text.startsWith("arn:") && text.contains(":lambda:")) {
            return new Function(text, account.subscriptions().deliveringTo(text));
        }
        if (text.startsWith("https://") || text.startsWith("http://")) {
            var subscriptions = account.subscriptions().deliveringTo(text);
            if (!subscriptions.isEmpty()) {
                return new Address(URI.create(text), subscriptions);
            }
        }
        var address = account.address(calls, text);
        return new Queue(
                address,
                account.maxBytes(calls, address),
                topic -> account.subscriptions().isRaw(topic, address));
    }
}
