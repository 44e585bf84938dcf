package org.deadletteroffice.sqs;

import java.util.List;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Origin;
import org.deadletteroffice.sqs.Subscriptions.Subscription;
import org.jspecify.annotations.Nullable;

/// Tells of a message in a subscription's dead-letter queue whom SNS could not deliver it to: by
/// its envelope, or, where it was to be delivered raw, by there being one subscription only that
/// uses the queue. Thread-safe; may ask SNS.
final class Undelivered {
    private static final String READER = "Amazon SNS";
    private static final String EVIDENCE = "RedrivePolicy of the subscription";

    private final Account account;
    private final QueueAddress deadLetters;

    Undelivered(Account account, QueueAddress deadLetters) {
        this.account = account;
        this.deadLetters = deadLetters;
    }

    Failure of(String body) {
        var all = account.subscriptions().dyingInto(deadLetters);
        if (all.isEmpty()) {
            return Failure.NONE;
        }
        var topic = SnsEnvelope.read(body).map(SnsEnvelope::topic);
        var those =
                all.stream()
                        .filter(one -> topic.isEmpty() || topic.get().equals(one.topic()))
                        .toList();
        return those.size() == 1 ? failure(those.getFirst()) : Failure.NONE;
    }

    private Failure failure(Subscription one) {
        return failure(
                one.isToQueue() ? queue(one.endpoint()) : one.isDirect() ? one.endpoint() : null,
                one.arn());
    }

    /// Its name where the profile sees it, else its ARN.
    private String queue(String arn) {
        var parts = arn.split(":", -1);
        var here =
                parts.length == 6
                        && parts[3].equals(account.profile().region())
                        && deadLetters.isIn(parts[4]);
        return here ? parts[5] : arn;
    }

    /// @param subscriber its queue, function or address; null where only SNS delivers to it
    private static Failure failure(@Nullable String subscriber, String subscription) {
        return Failure.builder()
                .origin(subscriber == null ? Origin.UNKNOWN : new Origin(subscriber, null, null))
                .consumer(subscription)
                .reader(READER)
                .evidence(List.of(EVIDENCE))
                .build();
    }
}
