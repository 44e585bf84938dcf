package org.deadletteroffice.core.cause;

import java.util.Optional;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;

/// Share groups (KIP-1191, Kafka 4.4): text throughout. Unless the group copies records, such a
/// record is a pointer to the original, without key, value and headers; its timestamp is the time
/// of the death.
public final class ShareGroupReader implements QuotesHeaders {
    private static final String PREFIX = "__dlq.errors.";

    @Override
    public String name() {
        return "Kafka share group";
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public boolean speaks(Headers headers) {
        return Evidence.has(headers, PREFIX + "topic");
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        var evidence = new Evidence(message.headers());
        var origin = evidence.textOrigin(PREFIX);
        var group = evidence.lastText(PREFIX + "group");
        var deliveries = Evidence.toInt(Evidence.decimal(evidence.last(PREFIX + "delivery.count")));
        var said = evidence.lastText(PREFIX + "message");
        return Optional.of(
                RootCause.of(null, null, said, null)
                        .into(Failure.builder())
                        .origin(origin)
                        .consumer(group)
                        .tries(deliveries)
                        .firstDeath(message.timestamp())
                        .lastDeath(message.timestamp())
                        .reader(name())
                        .evidence(evidence.names())
                        .build());
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        return header.name().startsWith(PREFIX);
    }
}
