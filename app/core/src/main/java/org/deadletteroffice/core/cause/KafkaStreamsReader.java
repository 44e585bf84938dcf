package org.deadletteroffice.core.cause;

import java.util.Optional;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;

/// Kafka Streams' own dead-letter queue (KIP-1034, Kafka 4.2 and later): text throughout; the topic
/// is missing for a failed punctuation.
public final class KafkaStreamsReader implements QuotesHeaders {
    private static final String PREFIX = "__streams.errors.";

    @Override
    public String name() {
        return "Kafka Streams";
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public boolean speaks(Headers headers) {
        return Evidence.hasPrefix(headers, PREFIX);
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        var evidence = new Evidence(message.headers());
        var origin = evidence.textOrigin(PREFIX);
        var type = evidence.lastText(PREFIX + "exception");
        var said = evidence.lastText(PREFIX + "message");
        var trace = evidence.lastText(PREFIX + "stacktrace");
        return Optional.of(
                RootCause.of(type, null, said, trace)
                        .into(Failure.builder())
                        .stackTrace(trace)
                        .origin(origin)
                        .reader(name())
                        .evidence(evidence.names())
                        .build());
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        return header.name().startsWith(PREFIX);
    }
}
