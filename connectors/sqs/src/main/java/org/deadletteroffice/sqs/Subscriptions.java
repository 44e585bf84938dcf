package org.deadletteroffice.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsRequest;

/// The SNS subscriptions whose undeliverable messages die into a queue of this account. SQS knows
/// nothing of them, so that SNS is asked; a call for each subscription, and so not often.
/// Thread-safe.
final class Subscriptions {
    /// Also how long SNS is left alone after it refused or did not answer.
    private static final Duration FRESH = Duration.ofMinutes(5);

    /// When SNS did not answer.
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /// Of an account with more the first are known.
    private static final int MOST = 2_000;

    private static final int WIDTH = 8;

    /// What stands in place of an ARN until the subscriber confirmed.
    private static final String PENDING = "PendingConfirmation";

    private final Account account;
    private List<Subscription> known = List.of();
    private @Nullable Instant nextLook;

    /// Why the latest look failed; null when it did not.
    private volatile @Nullable BrokerException failure;

    Subscriptions(Account account) {
        this.account = account;
    }

    /// @param topic the topic's ARN
    /// @param endpoint what SNS delivers to: a queue's ARN, an address
    /// @param raw whether without an envelope
    /// @param deadLetters the ARN of the queue where its undeliverable messages die; null: nowhere
    record Subscription(
            String arn,
            String topic,
            String protocol,
            String endpoint,
            boolean raw,
            @Nullable String deadLetters) {
        boolean isToQueue() {
            return protocol.equals("sqs");
        }

        /// Whether it can be delivered to without SNS. SNS hides the password of an address.
        boolean isDirect() {
            return switch (protocol) {
                case "sqs", "lambda" -> true;
                case "http", "https" -> !endpoint.contains("****");
                default -> false;
            };
        }
    }

    /// Those whose messages die into a queue. Never fails and never waits long: where SNS says
    /// nothing, nothing is known.
    List<Subscription> dyingInto(QueueAddress queue) {
        return all().stream().filter(one -> queue.isAt(one.deadLetters())).toList();
    }

    /// Those that deliver to a function or an address.
    ///
    /// @throws BrokerException when SNS did not answer just now, since what is sent depends on it;
    ///     a profile that may not ask is told of none
    List<Subscription> deliveringTo(String endpoint) throws BrokerException {
        var those = all().stream().filter(one -> one.endpoint().equals(endpoint)).toList();
        var silent = failure;
        if (those.isEmpty() && silent != null && silent.isTransient()) {
            throw silent;
        }
        return those;
    }

    /// One that delivers to a function and has a queue for its dead letters.
    Optional<Subscription> someFunction() {
        return all().stream()
                .filter(one -> one.protocol().equals("lambda") && one.deadLetters() != null)
                .findFirst();
    }

    /// One of whose subscriptions some have a queue for their dead letters.
    Optional<String> someTopic() {
        return all().stream()
                .filter(one -> one.deadLetters() != null)
                .map(Subscription::topic)
                .findFirst();
    }

    /// Whether a queue is given the messages of a topic without their envelope.
    boolean isRaw(String topic, QueueAddress queue) {
        return all().stream()
                .anyMatch(
                        one ->
                                one.raw()
                                        && one.topic().equals(topic)
                                        && queue.isAt(one.endpoint()));
    }

    private synchronized List<Subscription> all() {
        var now = Instant.now();
        var next = nextLook;
        if (!account.profile().asksSns() || (next != null && now.isBefore(next))) {
            return known;
        }
        try {
            known = ask();
            failure = null;
            nextLook = now.plus(FRESH);
        } catch (BrokerException.Cancelled stopped) {
            // Whoever comes next asks again.
            failure = stopped;
            return known;
        } catch (BrokerException silent) {
            LoggerFactory.getLogger(Subscriptions.class)
                    .info("No subscriptions from SNS: {}", silent.sentence());
            // What was known before still holds.
            failure = silent;
            nextLook = now.plus(silent.isTransient() ? SOON : FRESH);
        }
        return known;
    }

    /// Asks for the first page, to see whether it may.
    ///
    /// @return how many subscriptions it has
    int tryOne() throws BrokerException {
        return page(null).subscriptions().size();
    }

    private software.amazon.awssdk.services.sns.model.ListSubscriptionsResponse page(
            @Nullable String token) throws BrokerException {
        var request = ListSubscriptionsRequest.builder().nextToken(token).build();
        return account.calls()
                .call(
                        Act.listingSubscriptions(),
                        patience(),
                        () -> account.clients().sns().listSubscriptions(request));
    }

    private Duration patience() {
        var timeout = account.profile().timeout();
        return timeout.compareTo(LONGEST_WAIT) < 0 ? timeout : LONGEST_WAIT;
    }

    private List<Subscription> ask() throws BrokerException {
        var questions = new ArrayList<Callable<Optional<Subscription>>>();
        String token = null;
        do {
            var page = page(token);
            for (var one : page.subscriptions()) {
                if (!PENDING.equals(one.subscriptionArn())) {
                    questions.add(() -> details(one));
                }
            }
            token = page.nextToken();
        } while (token != null && questions.size() < MOST);
        return questions.isEmpty()
                ? List.of()
                : account
                        .calls()
                        .all(Act.listingSubscriptions(), patience(), questions, WIDTH)
                        .stream()
                        .flatMap(Optional::stream)
                        .toList();
    }

    /// Empty for one that was deleted meanwhile.
    private Optional<Subscription> details(
            software.amazon.awssdk.services.sns.model.Subscription one) throws BrokerException {
        try {
            var attributes =
                    account.clients()
                            .sns()
                            .getSubscriptionAttributes(
                                    request -> request.subscriptionArn(one.subscriptionArn()))
                            .attributes();
            return Optional.of(
                    new Subscription(
                            one.subscriptionArn(),
                            one.topicArn(),
                            one.protocol(),
                            one.endpoint(),
                            "true".equals(attributes.get("RawMessageDelivery")),
                            RedrivePolicy.read(attributes.get("RedrivePolicy"))
                                    .map(RedrivePolicy::target)
                                    .orElse(null)));
        } catch (software.amazon.awssdk.services.sns.model.NotFoundException deleted) {
            return Optional.empty();
        }
    }
}
