package org.deadletteroffice.core.cause;

import java.util.Optional;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;

/// Kafka Connect's sink connectors with `errors.deadletterqueue.context.headers.enable=true`
/// (`DeadLetterQueueReporter`, connect-runtime 4.3): all values are text. The record keeps its
/// timestamp, so nothing tells when it died.
public final class KafkaConnectReader implements QuotesHeaders {
    private static final String PREFIX = "__connect.errors.";

    @Override
    public String name() {
        return "Kafka Connect";
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public boolean speaks(Headers headers) {
        return Evidence.has(headers, PREFIX + "topic")
                || Evidence.has(headers, PREFIX + "exception.class.name");
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        var evidence = new Evidence(message.headers());
        var origin = evidence.textOrigin(PREFIX);
        var connector = evidence.lastText(PREFIX + "connector.name");
        var type = evidence.lastText(PREFIX + "exception.class.name");
        var said = evidence.lastText(PREFIX + "exception.message");
        var trace = evidence.lastText(PREFIX + "exception.stacktrace");
        // Part of the evidence, shown beside the failure: where in the pipeline it happened.
        for (var place : new String[] {"stage", "class.name", "task.id"}) {
            evidence.last(PREFIX + place);
        }
        return Optional.of(
                RootCause.of(type, null, said, trace)
                        .into(Failure.builder())
                        .stackTrace(trace)
                        .origin(origin)
                        .consumer(connector)
                        .reader(name())
                        .evidence(evidence.names())
                        .build());
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        return header.name().startsWith(PREFIX);
    }
}
