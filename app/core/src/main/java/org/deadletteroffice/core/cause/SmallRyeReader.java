package org.deadletteroffice.core.cause;

import java.util.Optional;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Origin;

/// SmallRye Reactive Messaging (Quarkus): `dead-letter-…` of its dead-letter queue and
/// `delayed-retry-…` of its delayed retry; text throughout. The message's original headers follow
/// after them, so at a second pass the older values stand last: the first of each name counts.
public final class SmallRyeReader implements QuotesHeaders {
    private static final String DEAD_LETTER = "dead-letter-";
    private static final String DELAYED_RETRY = "delayed-retry-";

    @Override
    public String name() {
        return "SmallRye";
    }

    @Override
    public int order() {
        return 60;
    }

    @Override
    public boolean speaks(Headers headers) {
        return isDead(headers) || Evidence.has(headers, DELAYED_RETRY + "count");
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        return Optional.of(read(message, isDead(message.headers()) ? DEAD_LETTER : DELAYED_RETRY));
    }

    private static boolean isDead(Headers headers) {
        return Evidence.has(headers, DEAD_LETTER + "reason")
                || Evidence.has(headers, DEAD_LETTER + "exception-class-name");
    }

    private Failure read(DeadLetter message, String prefix) {
        var evidence = new Evidence(message.headers());
        var topic = evidence.firstText(prefix + "topic");
        var partition = Evidence.toInt(Evidence.decimal(evidence.first(prefix + "partition")));
        var offset = Evidence.decimal(evidence.first(prefix + "offset"));
        var type = evidence.firstText(prefix + "exception-class-name");
        var causeType = evidence.firstText(prefix + "cause-class-name");
        var reason = evidence.firstText(prefix + "reason");
        var cause = evidence.firstText(prefix + "cause");
        var tries = Evidence.toInt(Evidence.decimal(evidence.first(DELAYED_RETRY + "count")));
        var firstSeen =
                Evidence.instant(evidence.first(DELAYED_RETRY + "first-processing-timestamp"));
        // Reason and cause are told apart here, so the cause's own words go with its type.
        return RootCause.of(
                        type, causeType, causeType != null && cause != null ? cause : reason, null)
                .into(Failure.builder())
                .origin(new Origin(topic, partition, offset))
                .tries(tries)
                .firstDeath(firstSeen)
                .lastDeath(message.timestamp())
                .reader(name())
                .evidence(evidence.names())
                .build();
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        return header.name().startsWith(DEAD_LETTER) || header.name().startsWith(DELAYED_RETRY);
    }
}
