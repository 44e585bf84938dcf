package org.deadletteroffice.sqs;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.deadletteroffice.spi.error.BrokerException;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.ListDeadLetterSourceQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// The queues of one account and region: where they are and what they say of themselves.
/// Thread-safe.
final class Account implements AutoCloseable {
    /// Answers name the second only; a smaller difference is no skew.
    private static final Duration SKEW = Duration.ofSeconds(3);

    private static final int PAGE = 1_000;

    private final SqsProfile profile;
    private final Clients clients;
    private final SqsErrors errors;
    private final Calls calls;
    private final Subscriptions subscriptions = new Subscriptions(this);
    private final Map<String, QueueAddress> addresses = new ConcurrentHashMap<>();

    Account(SqsProfile profile) {
        this.profile = profile;
        this.clients = new Clients(profile);
        this.errors = new SqsErrors(profile);
        this.calls = new Calls(errors, profile.timeout());
    }

    SqsProfile profile() {
        return profile;
    }

    Clients clients() {
        return clients;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    SqsErrors errors() {
        return errors;
    }

    Calls calls() {
        return calls;
    }

    /// Calls that go on when the connection is closed: giving messages back is the last it does.
    Calls releasing() {
        return new Calls(errors, profile.timeout());
    }

    /// @param name a queue's name, URL or ARN
    QueueAddress address(Calls within, String name) throws BrokerException {
        if (name.startsWith("https://") || name.startsWith("http://")) {
            return new QueueAddress(QueueAddress.nameOf(name), name);
        }
        var known = addresses.get(name);
        if (known != null) {
            return known;
        }
        var plain = QueueAddress.nameOf(name);
        var owner = name.startsWith("arn:") ? name.split(":", -1)[4] : null;
        var found =
                within.call(
                        Act.finding(plain),
                        () ->
                                clients.sqs()
                                        .getQueueUrl(
                                                request ->
                                                        request.queueName(plain)
                                                                .queueOwnerAWSAccountId(owner)));
        var address = new QueueAddress(plain, found.queueUrl());
        addresses.put(name, address);
        return address;
    }

    /// @throws BrokerException.NotFound when it was deleted
    QueueFacts attributes(Calls within, QueueAddress address) throws BrokerException {
        var answer = ask(within, address, QueueAttributeName.ALL);
        return QueueFacts.of(address, answer.attributes(), serverTime(answer));
    }

    /// The largest message that the queue takes now, in bytes. Asks for nothing else: a service
    /// counts a queue's messages each time when asked for all.
    ///
    /// @throws BrokerException.NotFound when it was deleted
    int maxBytes(Calls within, QueueAddress address) throws BrokerException {
        return QueueFacts.maxBytes(
                ask(within, address, QueueAttributeName.MAXIMUM_MESSAGE_SIZE).attributes());
    }

    private GetQueueAttributesResponse ask(
            Calls within, QueueAddress address, QueueAttributeName what) throws BrokerException {
        var request =
                GetQueueAttributesRequest.builder()
                        .queueUrl(address.url())
                        .attributeNames(what)
                        .build();
        try {
            return within.call(
                    Act.describing(address.name()),
                    () -> clients.sqs().getQueueAttributes(request));
        } catch (BrokerException.NotFound deleted) {
            // Made anew it may have another URL.
            addresses.values().remove(address);
            throw deleted;
        }
    }

    /// A queue's times are by the service's clock: a clock of ours that goes wrong must not draw
    /// the line between what was there and what came later.
    private static long serverTime(SdkResponse answer) {
        var now = System.currentTimeMillis();
        var date = answer.sdkHttpResponse().firstMatchingHeader("Date").orElse("");
        try {
            var theirs = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
            var skew = Math.abs(theirs.toEpochMilli() - now);
            return skew > SKEW.toMillis() ? theirs.plusSeconds(1).toEpochMilli() : now;
        } catch (DateTimeParseException none) {
            return now;
        }
    }

    /// All queues that the profile may see, in no order.
    List<QueueAddress> list() throws BrokerException {
        var found = new ArrayList<QueueAddress>();
        String token = null;
        do {
            var request = ListQueuesRequest.builder().maxResults(PAGE).nextToken(token);
            if (!profile.queuePrefix().isEmpty()) {
                request.queueNamePrefix(profile.queuePrefix());
            }
            var page = calls.call(Act.listing(), () -> clients.sqs().listQueues(request.build()));
            for (var url : page.queueUrls()) {
                var address = new QueueAddress(QueueAddress.nameOf(url), url);
                addresses.put(address.name(), address);
                found.add(address);
            }
            token = page.nextToken();
        } while (token != null);
        return found;
    }

    /// The names of the queues whose redrive policy names this one, all pages.
    List<String> sources(Calls within, QueueAddress address) throws BrokerException {
        var found = new ArrayList<String>();
        String token = null;
        do {
            var request =
                    ListDeadLetterSourceQueuesRequest.builder()
                            .queueUrl(address.url())
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
            var page =
                    within.call(
                            Act.feeding(address.name()),
                            () -> clients.sqs().listDeadLetterSourceQueues(request));
            page.queueUrls().forEach(url -> found.add(QueueAddress.nameOf(url)));
            token = page.nextToken();
        } while (token != null);
        found.sort(null);
        return found;
    }

    @Override
    public void close() {
        calls.close();
        clients.close();
    }
}
